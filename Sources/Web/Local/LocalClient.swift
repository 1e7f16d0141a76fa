import Foundation

/// Talks to a ``LocalServer`` of the same user, on the thread of the caller.
public final class LocalClient {
  private let descriptor: CInt

  /// Nil where no server listens, or one that cannot be trusted.
  public init?(_ address: LocalAddress) {
    guard let descriptor = try? address.socket(connect) else { return nil }
    self.descriptor = descriptor
    guard isTrusted else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  private var isTrusted: Bool {
    #if os(Linux)
    var peer = LocalPeer(process: 0, user: .max, group: .max)
    var size = socklen_t(MemoryLayout<LocalPeer>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else { return false }
    // Who may have everything may also trust whoever has the database.
    return peer.isTrusted || geteuid() == 0
    #else
    return true
    #endif
  }

  public func send(_ frame: LocalFrame) throws {
    var rest = frame.encoded[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      guard count > 0 || errno == EINTR else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPIPE) }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// The next frame; nil when the server has gone.
  /// - Parameter pause: called again and again while nothing comes.
  public func receive(pause: () throws -> Void) throws -> LocalFrame? {
    guard let head = try read(LocalFrame.headSize, pause) else { return nil }
    let (kind, count) = try LocalFrame.head(head)
    return try read(count, pause).map { LocalFrame(kind: kind, bytes: $0) }
  }

  private func read(_ count: Int, _ pause: () throws -> Void) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < count {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 200) > 0 else {
        try pause()
        continue
      }
      let got = recv(descriptor, &piece, min(piece.count, count - bytes.count), 0)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      bytes += piece.prefix(got)
    }
    return bytes
  }
}
