import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Lets clients in: each connection under a ``ClientWatch``, and no more of them than there is room for.
struct Door: ServerChildChannel {
  let http: HTTP1Channel
  let patience: Patience
  let traffic: Traffic
  let address: PublicAddress

  struct Visit: ServerChildChannelValue {
    let channel: any Channel
    /// Nil for who is turned away.
    let served: HTTP1Channel.Value?
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Visit> {
    let client = channel.remoteAddress?.host.flatMap { address.isProxy($0) ? nil : $0.client }
    let (count, ofClient) = traffic.enter(client)
    channel.closeFuture.whenComplete { _ in traffic.leave(client) }
    // So many at once cannot all be told.
    guard count <= patience.connections else {
      traffic.refuse()
      return turnAway(channel, saying: count <= patience.connections + 250 ? .busy : nil)
    }
    guard ofClient <= patience.connectionsPerClient else {
      traffic.refuseClient()
      return turnAway(channel, saying: ofClient <= patience.connectionsPerClient + 10 ? .busyClient : nil)
    }
    // A thousand clients at once have some of these each, before it is known who they are.
    let allocator = AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 2_048, maximum: 8_192)
    try? channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    return http.setup(channel: channel, logger: logger).flatMapThrowing { served in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      let watch = ClientWatch(patience, traffic)
      try pipeline.addHandler(watch, position: .after(decoder))
      try pipeline.addHandler(ClientWatch.Inlet(watch), position: .first)
      return Visit(channel: channel, served: served)
    }
  }

  private func turnAway(_ channel: any Channel, saying answer: BareAnswer?) -> EventLoopFuture<Visit> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(TurnedAway(saying: answer, within: patience.farewell))
      return Visit(channel: channel, served: nil)
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
  private let answer: BareAnswer?
  private let farewell: TimeAmount

  /// - Parameters:
  ///   - answer: nil for closing without a word.
  ///   - farewell: how long it has to hear that.
  init(saying answer: BareAnswer?, within farewell: TimeAmount) { (self.answer, self.farewell) = (answer, farewell) }

  func channelActive(context: ChannelHandlerContext) {
    guard let answer else { return context.close(promise: nil) }
    context.writeAndFlush(NIOAny(answer.bytes), promise: nil)
    context.close(mode: .output, promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: farewell) { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
  }
}
