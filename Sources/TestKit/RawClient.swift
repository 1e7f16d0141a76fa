import Foundation

/// A client that says exactly what it is told, byte by byte, as no well-behaved one would. Never blocks its thread.
public final class RawClient: Sendable {
  private let descriptor: CInt

  public struct Unreachable: Error {}

  /// - Parameters:
  ///   - receiveBuffer: bytes the system takes in before they are read; small for a slow reader.
  ///   - source: the address of this machine that it asks from.
  public init(port: Int, receiveBuffer: Int? = nil, from source: String? = nil) throws {
    #if canImport(Glibc)
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    #else
    descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    if var size = receiveBuffer.map({ CInt($0) }) {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    }
    if let source { _ = Self.with(source, port: 0) { bind(descriptor, $0, $1) } }
    let code = Self.with("127.0.0.1", port: port) { connect(descriptor, $0, $1) }
    guard code == 0 else {
      close(descriptor)
      throw Unreachable()
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  private static func with(
    _ host: String, port: Int, _ call: (UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) -> CInt {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  deinit { close(descriptor) }

  /// Returns false when the server has closed the connection.
  @discardableResult
  public func send(_ text: String) -> Bool {
    text.withCString { Foundation.send(descriptor, $0, strlen($0), CInt(MSG_NOSIGNAL)) } >= 0 || errno == EAGAIN
  }

  /// Nothing more will be sent.
  public func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

  public struct Heard: Sendable {
    public var text = ""
    /// Whether the server has closed the connection.
    public var isClosed = false
    public var status: Int? { text.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
  }

  /// Everything until the server closes, the text ends with `end`, or the time is over.
  public func hear(until end: String? = nil, atMost limit: Duration = .seconds(60)) async throws -> Heard {
    var heard = Heard()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let last = ContinuousClock.now + limit
    while .now < last {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        heard.text += String(decoding: buffer.prefix(count), as: UTF8.self)
        if let end, heard.text.hasSuffix(end) { return heard }
      } else if count == 0 || errno != EAGAIN {
        heard.isClosed = true
        return heard
      } else {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
    return heard
  }
}
