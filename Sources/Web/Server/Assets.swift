import CAssets
import NIOCore
import Synchronization

/// The stylesheet, scripts, icons and fonts the binary carries, served under a path that changes with their
/// content, so that a browser may keep them for good.
public final class Assets: Sendable {
  public static let shared = Assets()

  /// Buffers, so that any number of answers on their way share one.
  private let files: [String: ByteBuffer]
  private let packed = Mutex<[String: ByteBuffer]>([:])
  /// Stands for the content of all of them.
  public let version: String

  private init() {
    var files: [String: [UInt8]] = [:]
    for index in 0..<guanxi_asset_count() {
      guard let asset = guanxi_asset_at(index) else { continue }
      let name = String(cString: asset.pointee.name)
      guard !name.hasPrefix("data/") else { continue }
      files[name] = Array(UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.count))
    }
    files["app.css"] = files["app.css"].map { Self.joined($0, files) }
    self.files = files.mapValues { ByteBuffer(bytes: $0) }
    let digest = Digest.sha256(files.keys.sorted().flatMap { Array($0.utf8) + Digest.sha256(files[$0] ?? []) })
    version = Digest.hex(digest.prefix(6))
  }

  /// The stylesheet with its `@import "NAME";` lines replaced by the files, so that one request fetches it all.
  private static func joined(_ style: [UInt8], _ files: [String: [UInt8]]) -> [UInt8] {
    String(decoding: style, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).reduce(into: []) {
      if let name = $1.wholeMatch(of: /\s*@import\s+"([^"]+)"\s*;\s*/)?.1, let file = files[String(name)] {
        $0 += file
      } else {
        $0 += $1.utf8
      }
      $0.append(UInt8(ascii: "\n"))
    }
  }

  /// What there is, in the order of names.
  public var names: [String] { files.keys.sorted() }

  /// Where a page finds an asset.
  public func path(_ name: String) -> String { "/assets/\(version)/\(name)" }

  /// The file, compressed when the client takes that. Nil when there is none of this name.
  func reply(_ name: String, acceptsGzip: Bool) -> Reply? {
    guard let file = files[name] else { return nil }
    let type = Self.type(of: name)
    var reply = Reply(type: type, body: [])
    reply.shared = file
    reply.headers[.cacheControl] = "public, max-age=31536000, immutable"
    if acceptsGzip, Gzip.helps(type) {
      reply.shared = packed.withLock { packed in
        let small = packed[name] ?? ByteBuffer(bytes: Gzip.compressed(Array(file.readableBytesView), level: 9))
        packed[name] = small
        return small
      }
      reply.headers[.contentEncoding] = "gzip"
      reply.headers[.vary] = "Accept-Encoding"
    }
    return reply
  }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "woff2": "font/woff2"
    case "json", "webmanifest": "application/json"
    case "png": "image/png"
    default: "text/plain; charset=utf-8"
    }
  }
}
