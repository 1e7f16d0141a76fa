import CCrypto
import Foundation

extension Digest {
  /// The SHA-256 of a file of any size, in hexadecimal digits, and its length in bytes.
  /// - Parameter goOn: asked for every megabyte; what it throws ends the work.
  /// - Throws: what Foundation says when the file cannot be read.
  public static func sha256(ofFile path: String, goOn: () throws -> Void = {}) throws -> (hex: String, bytes: Int64) {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    guard let context = EVP_MD_CTX_new() else { throw CocoaError(.fileReadUnknown) }
    defer { EVP_MD_CTX_free(context) }
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
    var count: Int64 = 0
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      try goOn()
      _ = piece.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
      count += Int64(piece.count)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return (Digest.hex(digest), count)
  }
}
