import HTTPTypes
import Logging
import NIOCore
import Synchronization
import TestKit
import Testing

@testable import Web

/// A server with a few routes, and limits so short that a test need not wait for them.
struct Doorstep {
  let port: Int
  let site: Site
  let bodies: Bodies

  /// The sizes of the bodies that handlers were given.
  final class Bodies: Sendable {
    private let kept = Mutex<[Int]>([])
    var sizes: [Int] { kept.withLock { $0 } }
    func add(_ size: Int) { kept.withLock { $0.append(size) } }
  }

  static var shortPatience: Patience {
    var patience = Patience()
    patience.head = .milliseconds(400)
    patience.rest = .milliseconds(600)
    patience.late = .milliseconds(400)
    // A busy machine reads the last words late.
    patience.farewell = .seconds(20)
    patience.sending.grace = .milliseconds(300)
    patience.sending.stall = .milliseconds(500)
    patience.taking = patience.sending
    return patience
  }

  static func open(
    _ patience: Patience = Self.shortPatience, at address: PublicAddress = PublicAddress(names: ["here"]),
    _ body: (Doorstep) async throws -> Void
  ) async throws {
    let bodies = Bodies()
    let site = site(bodies, address)
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let server = WebServer(site, host: "127.0.0.1", port: 0, patience: patience) { port in found.yield(port) }
    let running = Task { try await server.run() }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    do {
      try await body(Doorstep(port: port, site: site, bodies: bodies))
    } catch {
      running.cancel()
      throw error
    }
    running.cancel()
    _ = await running.result
  }

  private static func site(_ bodies: Bodies, _ address: PublicAddress) -> Site {
    Site(
      name: Word(same: "Test"), menu: [],
      routes: [
        Route(.get, "/hello", Word(same: "Hello"), audience: .everybody) { _ in
          Reply(type: "text/plain", body: Array("hello".utf8))
        },
        Route(.get, "/large", Word(same: "Large"), audience: .everybody) { _ in
          Reply(type: "application/octet-stream", body: Array(repeating: 65, count: 24 << 20))
        },
        Route(.post, "/body", Word(same: "Body"), audience: .everybody) { call in
          bodies.add(call.body.count)
          return Reply(type: "text/plain", body: Array("\(call.body.count)".utf8))
        },
      ],
      signIn: "/sign-in", address: address, receive: { _ in (Reader(language: .en), nil) },
      log: quiet)
  }

  private static var quiet: Logger {
    var log = Logger(label: "test")
    log.logLevel = .critical
    return log
  }

  func client(receiveBuffer: Int? = nil, from source: String? = nil) throws -> RawClient {
    try RawClient(port: port, receiveBuffer: receiveBuffer, from: source)
  }

  func hello(_ client: RawClient) async throws -> RawClient.Heard {
    client.send("GET /hello HTTP/1.1\r\nHost: here\r\n\r\n")
    return try await client.hear(until: "hello")
  }

  static func post(_ length: Int) -> String {
    """
    POST /body HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n\
    Content-Length: \(length)\r\n\r\n
    """
  }
}
