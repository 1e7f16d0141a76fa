import NIOCore
import NIOPosix

/// Tries a port without keeping it.
public enum PortProbe {
  /// Why it cannot be listened on; nil when it can.
  public static func refusal(host: String, port: Int) async -> String? {
    do {
      let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      let channel = try await bootstrap.bind(host: host, port: port).get()
      try await channel.close()
      return nil
    } catch let error as IOError {
      return error.errnoCode == 98 || error.errnoCode == 48 ? "already in use" : "\(error)"
    } catch {
      return "\(error)"
    }
  }

  /// What whoever listens there answers within ten seconds; nil when nobody does.
  public static func ask(host: String, port: Int, path: String) async -> String? {
    let group = MultiThreadedEventLoopGroup.singleton
    let heard = group.next().makePromise(of: String.self)
    let timer = group.next().scheduleTask(in: .seconds(10)) { heard.fail(ChannelError.connectTimeout(.seconds(10))) }
    let bootstrap = ClientBootstrap(group: group).connectTimeout(.seconds(10)).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Listener(heard)) }
    }
    let shown = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host
    guard let channel = try? await bootstrap.connect(host: shown, port: port).get() else {
      timer.cancel()
      heard.fail(ChannelError.connectPending)
      return nil
    }
    let question = ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: \(shown)\r\nConnection: close\r\n\r\n")
    channel.writeAndFlush(question, promise: nil)
    let answer = try? await heard.futureResult.get()
    timer.cancel()
    channel.close(promise: nil)
    return answer
  }

  private final class Listener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let heard: EventLoopPromise<String>
    private var text = ""

    init(_ heard: EventLoopPromise<String>) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      text += String(buffer: unwrapInboundIn(data)).prefix(10_000 - min(text.count, 10_000))
    }

    func channelInactive(context: ChannelHandlerContext) { heard.succeed(text) }
  }
}
