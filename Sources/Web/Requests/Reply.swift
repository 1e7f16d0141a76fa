import HTTPTypes
import NIOCore

/// What goes back to the client.
public struct Reply: Sendable {
  public var status: HTTPResponse.Status
  public var headers: HTTPFields
  public var body: [UInt8]
  /// In place of ``body``: bytes that many answers share rather than copy.
  var shared: ByteBuffer?

  public init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(status: HTTPResponse.Status = .ok, type: String, body: [UInt8]) {
    self.init(status: status, headers: [.contentType: type], body: body)
  }

  /// On to another page, by GET.
  public static func redirect(to path: String) -> Reply {
    Reply(status: .seeOther, headers: [.location: Escaping.safeAddress(path)])
  }

  /// A file to keep.
  public static func download(_ name: String, type: String, _ body: [UInt8]) -> Reply {
    var reply = Reply(type: type, body: body)
    reply.headers[.contentDisposition] =
      "attachment; filename*=UTF-8''\(Fields.escaped(name).replacing("+", with: "%20"))"
    return reply
  }
}
