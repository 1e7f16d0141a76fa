import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
@testable import Web

/// Asks a site in process: through the same gate as over the network, without one.
public struct TestSite: Sendable {
  private let gate: Gate
  /// Sent as a bearer token when it is set.
  public var token: String?
  /// The host that it is asked for, who asks, and where.
  public var host = "localhost"
  public var peer: String?
  public var local: String?

  public init(_ site: Site, token: String? = nil) {
    gate = Gate(site)
    self.token = token
  }

  public struct Answer: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let body: [UInt8]
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  public func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
    try await ask(.get, path, headers: headers)
  }

  /// Sends JSON.
  /// - Parameter version: the version that is changed, `*` for any.
  public func send(_ method: HTTPRequest.Method, _ path: String, json: String, of version: String? = nil) async throws
    -> Answer
  {
    var headers = ["Content-Type": "application/json"]
    headers["If-Match"] = version
    return try await ask(method, path, headers: headers, body: Array(json.utf8))
  }

  /// Sends a form as a browser does.
  public func post(_ path: String, form: [String: String], headers: [String: String] = [:]) async throws
    -> Answer
  {
    let body = Fields(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).encoded
    return try await ask(
      .post, path,
      headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { first, _ in first },
      body: Array(body.utf8))
  }

  public func ask(
    _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
  ) async throws -> Answer {
    var fields = HTTPFields()
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    if let token { fields[.authorization] = "Bearer \(token)" }
    let head = HTTPRequest(
      method: method, scheme: "http", authority: host, path: path, headerFields: fields)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
    var logger = Logger(label: "test")
    // As the server does for every request; its id is read from there.
    logger[metadataKey: "hb.request.id"] = "test"
    let channel = EmbeddedChannel()
    channel.remoteAddress = try peer.map { try SocketAddress(ipAddress: $0, port: 50_000) }
    channel.localAddress = try local.map { try SocketAddress(ipAddress: $0, port: 8_080) }
    let context = SiteContext(source: .init(channel: channel, logger: logger))
    let response = try await gate.respond(to: request, context: context)
    let collector = Collector()
    try await response.body.write(collector)
    return Answer(status: Int(response.status.code), headers: response.headers, body: await collector.bytes)
  }
}

/// Keeps what is written to it.
private actor Storage {
  var bytes: [UInt8] = []
  func add(_ more: [UInt8]) { bytes += more }
}

private struct Collector: ResponseBodyWriter {
  private let storage = Storage()
  var bytes: [UInt8] { get async { await storage.bytes } }
  mutating func write(_ buffer: ByteBuffer) async throws {
    await storage.add(Array(buffer.readableBytesView))
  }
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
