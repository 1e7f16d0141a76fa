import Foundation
import Logging
import NIOCore
import NIOPosix

/// Listens on a socket of this machine for programs of the same user.
public struct LocalServer: Sendable {
  /// How many are heard at a time; further ones wait.
  public static let most = 8

  private let address: LocalAddress
  private let log: Logger
  private let handle: @Sendable (LocalConnection) async throws -> Void

  /// - Parameter handle: talks to one of them; what it throws ends that connection.
  public init(
    _ address: LocalAddress, log: Logger, handle: @escaping @Sendable (LocalConnection) async throws -> Void
  ) {
    (self.address, self.log, self.handle) = (address, log, handle)
  }

  /// Until its task is cancelled. A file that a former server left is replaced.
  /// - Throws: what the system says where there can be no socket.
  public func run(started: @Sendable () -> Void = {}) async throws {
    address.clear()
    let server = try await bind()
    defer { address.clear() }
    started()
    try await server.executeThenClose { incoming in
      try await withThrowingDiscardingTaskGroup { group in
        var count = 0
        let (ends, end) = AsyncStream<Void>.makeStream()
        var ended = ends.makeAsyncIterator()
        for try await channel in incoming {
          count += 1
          if count > Self.most { _ = await ended.next() }
          group.addTask {
            await hear(channel)
            end.yield()
          }
        }
      }
    }
  }

  private func bind() async throws -> NIOAsyncChannel<any Channel, Never> {
    let socket = try address.socket(Foundation.bind)
    return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.autoRead, value: false)
      .bind(socket) { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          let most = LocalFrame.most + LocalFrame.headSize
          try pipeline.addHandler(ByteToMessageHandler(LocalFrame.Codec(), maximumBufferSize: most))
          try pipeline.addHandler(MessageToByteHandler(LocalFrame.Codec()))
          return channel
        }
      }
  }

  private func hear(_ channel: any Channel) async {
    do {
      // Only now: one that was accepted and is never heard must not be wrapped, which ends the process.
      let wrapped = try await channel.eventLoop.submit {
        try NIOAsyncChannel<LocalFrame, LocalFrame>(wrappingChannelSynchronously: channel)
      }.get()
      try await wrapped.executeThenClose { inbound, _ in
        guard try await isTrusted(channel) else { return }
        try await channel.setOption(.autoRead, value: true).get()
        try await handle(LocalConnection(frames: inbound, channel: channel))
      }
    } catch is CancellationError {
      // The server ends.
    } catch {
      log.notice("a command was not heard to its end", metadata: ["why": "\(error)"])
    }
  }

  private func isTrusted(_ channel: any Channel) async throws -> Bool {
    #if os(Linux)
    guard let options = channel as? any SocketOptionProvider else { return false }
    let peer: LocalPeer = try await options.unsafeGetSocketOption(
      level: .socket, name: .init(rawValue: SO_PEERCRED)
    ).get()
    if !peer.isTrusted { log.warning("a command of another user was refused", metadata: ["user": "\(peer.user)"]) }
    return peer.isTrusted
    #else
    return true
    #endif
  }
}

/// One who talks to a ``LocalServer``.
public struct LocalConnection: Sendable {
  /// What comes in, until the other end goes away.
  public let frames: NIOAsyncChannelInboundStream<LocalFrame>
  fileprivate let channel: any Channel

  /// Returns once it is on its way, for which the other end must have taken in most of what was sent before.
  public func send(_ frame: LocalFrame) async throws { try await channel.writeAndFlush(frame).get() }

  /// Ends it; what was sent arrives.
  public func close() { channel.close(promise: nil) }
}
