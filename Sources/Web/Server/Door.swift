import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Lets clients in: each connection under a ``ClientWatch``, and no more of them than there is room for.
struct Door: ServerChildChannel {
  let http: HTTP1Channel
  let patience: Patience
  let traffic: Traffic

  struct Visit: ServerChildChannelValue {
    let channel: any Channel
    /// Nil for who is turned away.
    let served: HTTP1Channel.Value?
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Visit> {
    let count = traffic.enter()
    channel.closeFuture.whenComplete { _ in traffic.leave() }
    guard count <= patience.connections else {
      traffic.refuse()
      // So many at once cannot all be told.
      let isTold = count <= patience.connections + 250
      return channel.eventLoop.makeCompletedFuture {
        let handler = TurnedAway(for: isTold ? patience.farewell : nil)
        try channel.pipeline.syncOperations.addHandler(handler)
        return Visit(channel: channel, served: nil)
      }
    }
    return http.setup(channel: channel, logger: logger).flatMapThrowing { served in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      let watch = ClientWatch(patience, traffic)
      try pipeline.addHandler(watch, position: .after(decoder))
      try pipeline.addHandler(ClientWatch.Inlet(watch), position: .first)
      return Visit(channel: channel, served: served)
    }
  }

  func handle(value: Visit, logger: Logger) async {
    guard let served = value.served else { return (try? await value.channel.closeFuture.get()) ?? () }
    await http.handle(value: served, logger: logger)
  }
}

/// Tells a client that there is no room, before it could ask.
private final class TurnedAway: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let farewell: TimeAmount?

  /// - Parameter farewell: how long it has to hear that; nil for closing at once.
  init(for farewell: TimeAmount?) { self.farewell = farewell }

  func channelActive(context: ChannelHandlerContext) {
    guard let farewell else { return context.close(promise: nil) }
    context.writeAndFlush(NIOAny(BareAnswer.busy.bytes), promise: nil)
    context.close(mode: .output, promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: farewell) { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
  }
}
