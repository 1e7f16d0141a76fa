import Foundation

/// Bytes on their way to a temporary file that has no name: gone when nobody reads it any more, and never more in
/// memory than a piece.
struct TextSpool: ~Copyable {
  private static let pieceSize = 1 << 18

  private let file: FileHandle
  private let source: ByteSource
  private var buffer: [UInt8] = []
  private(set) var count = 0

  init() throws(ReadingProblem) { (file, source) = try Self.opened() }

  /// Its name goes at once, so that nothing stays behind however the work ends.
  private static func opened() throws(ReadingProblem) -> (FileHandle, ByteSource) {
    let path = FileManager.default.temporaryDirectory.appending(path: "guanxi-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw .cannotOpen(path: path, reason: "no room for temporary files") }
    return (file, try ByteSource(path: path))
  }

  mutating func append(_ bytes: some Collection<UInt8>) throws(ReadingProblem) {
    buffer += bytes
    count += bytes.count
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// What was written, to be read from now on.
  mutating func finished() throws(ReadingProblem) -> ByteSource {
    try flush()
    return source
  }

  private mutating func flush() throws(ReadingProblem) {
    do { try file.write(contentsOf: buffer) } catch { throw .cannotRead(reason: "no room for temporary files") }
    buffer.removeAll(keepingCapacity: true)
  }
}
