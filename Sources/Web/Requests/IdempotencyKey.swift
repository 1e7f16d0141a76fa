import HTTPTypes
import Hummingbird

/// Told by a program along with a request, so that the request is done once however often it is sent
/// (draft-ietf-httpapi-idempotency-key-header).
public struct IdempotencyKey: Sendable, Equatable {
  public static let longest = 255
  static let header = "Idempotency-Key"

  /// As the program chose it.
  public let name: String
  /// Stands for method, address and content: under one key there is one request.
  public let request: String

  /// Nil where no key is told.
  /// - Throws: ``AppError`` for what is none.
  init?(_ request: Request, _ call: Call) throws {
    guard let told = request.headers[.idempotencyKey] else { return nil }
    let isQuoted = told.utf8.count > 2 && told.hasPrefix("\"") && told.hasSuffix("\"")
    name = isQuoted ? String(told.dropFirst().dropLast()) : told
    guard (1...Self.longest).contains(name.utf8.count), name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw AppError.badRequest(
        Word(
          "Idempotency-Key 须为 1 到 255 个可见的 ASCII 字符。", "An Idempotency-Key has 1 to 255 visible characters of ASCII."))
    }
    let head = "\(request.method.rawValue) \(request.head.path ?? "")\n\(request.headers[.contentType] ?? "")\n"
    self.request = Digest.hex(Digest.sha256(Array(head.utf8) + Digest.sha256(call.body)))
  }
}

extension HTTPField.Name {
  static let idempotencyKey = Self(IdempotencyKey.header)!
  public static let idempotencyReplayed = Self("Idempotency-Replayed")!
}
