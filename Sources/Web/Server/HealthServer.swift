import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers those who watch over the product, on a port and a thread of its own: however busy the product is, they
/// are answered at once. What it tells must be at hand: it may not wait for anything.
public struct HealthServer: Sendable {
  public struct Answer: Sendable {
    let status: Int
    let text: String

    public init(_ status: Int, _ text: String) {
      self.status = status
      self.text = text
    }
  }

  private let host: String
  private let port: Int
  private let answer: @Sendable (_ path: String) -> Answer?
  private let started: @Sendable (_ port: Int) -> Void

  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - answer: nil for a path that there is not.
  public init(
    host: String, port: Int, started: @escaping @Sendable (_ port: Int) -> Void = { _ in },
    answer: @escaping @Sendable (_ path: String) -> Answer?
  ) {
    self.host = host
    self.port = port
    self.started = started
    self.answer = answer
  }

  /// Until its task is cancelled.
  public func run() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let channel = try await bootstrap(group).bind(host: host, port: port).get()
      started(channel.localAddress?.port ?? port)
      try await withTaskCancellationHandler {
        try await channel.closeFuture.get()
      } onCancel: {
        channel.close(promise: nil)
      }
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }

  private func bootstrap(_ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
    let (answer, traffic) = (answer, Traffic())
    return ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
          let watch = ClientWatch(Patience(), traffic)
          try pipeline.addHandler(ClientWatch.Inlet(watch), position: .first)
          try pipeline.addHandlers([watch, Teller(answer)])
        }
      }
  }

  private final class Teller: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let answer: @Sendable (_ path: String) -> Answer?
    private var head: HTTPRequestHead?

    init(_ answer: @escaping @Sendable (_ path: String) -> Answer?) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head): self.head = head
      case .body: break
      case .end: tell(context)
      }
    }

    private func tell(_ context: ChannelHandlerContext) {
      guard let request = head else { return }
      let path = request.uri.split(separator: "?", maxSplits: 1).first.map(String.init) ?? "/"
      let isRead = request.method == .GET || request.method == .HEAD
      let answer = isRead ? answer(path) ?? Answer(404, "no such page\n") : Answer(405, "only GET\n")
      let head = HTTPResponseHead(
        version: .http1_1, status: .init(statusCode: answer.status),
        headers: [
          "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Content-Length": "\(answer.text.utf8.count)",
          "Cache-Control": "no-store", "Connection": request.isKeepAlive ? "keep-alive" : "close",
        ])
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      if request.method != .HEAD {
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.text)))), promise: nil)
      }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      if !request.isKeepAlive { context.close(mode: .output, promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if !(error is ClientWatch.CutOff) { context.close(promise: nil) }
    }
  }
}
