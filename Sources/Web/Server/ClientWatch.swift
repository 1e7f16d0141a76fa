import NIOCore
import NIOHTTP1

/// Watches one connection and ends it when its client is slower than ``Patience`` allows or sends what is too large.
/// Stands between the decoder and the rest of the pipeline; ``Inlet`` tells it of bytes before they are decoded.
final class ClientWatch: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What the client is sending.
  private enum Stage {
    case nothing(since: NIODeadline)
    case head(since: NIODeadline)
    case body(Progress)
  }

  /// A request that did not come whole.
  struct CutOff: Error {}

  private let patience: Patience
  private let traffic: Traffic
  private var stage = Stage.nothing(since: .distantPast)
  private var lineIsWhole = false
  private var taking = Progress()
  private var sent: Int64 = 0
  private var taken: Int64 = 0
  private var waiting = 0
  /// Requests that wait for the end of their answers, and whether the first of these has begun.
  private var unanswered = 0
  private var isAnswering = false
  /// When a connection that is given up is closed for good.
  private var end: NIODeadline?
  /// Nothing more is said to the client, or listened to.
  private var isOver = false

  init(_ patience: Patience, _ traffic: Traffic) {
    self.patience = patience
    self.traffic = traffic
  }

  func handlerAdded(context: ChannelHandlerContext) {
    // Who connects is expected to ask.
    stage = .head(since: context.eventLoop.now)
    watch(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) { keepCount(of: 0) }

  func channelInactive(context: ChannelHandlerContext) {
    isOver = true
    keepCount(of: 0)
    context.fireChannelInactive()
  }

  // MARK: What the client sends

  func bytesCame(_ bytes: ByteBuffer, at now: NIODeadline) {
    switch stage {
    case .nothing:
      stage = .head(since: now)
      lineIsWhole = bytes.readableBytesView.contains(UInt8(ascii: "\n"))
    case .head: lineIsWhole = lineIsWhole || bytes.readableBytesView.contains(UInt8(ascii: "\n"))
    case .body: break
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      stage = .body(Progress())
      guard head.uri.utf8.count <= patience.line else { return giveUp(context, saying: .longLine) }
      unanswered += 1
    case .body(let bytes):
      moved(bytes.readableBytes, at: context.eventLoop.now)
      // The rest of what is answered nobody reads; it must not wait in memory for its end.
      if end != nil { return }
    case .end:
      stage = .nothing(since: context.eventLoop.now)
      lineIsWhole = false
      end = nil
    }
    context.fireChannelRead(data)
  }

  /// Only while the server wants more is it the client who keeps it waiting.
  func read(context: ChannelHandlerContext) {
    if case .body(var progress) = stage {
      progress.waits(at: context.eventLoop.now)
      stage = .body(progress)
    }
    context.read()
  }

  private func moved(_ count: Int, at now: NIODeadline) {
    guard case .body(var progress) = stage else { return }
    progress.moved(count, at: now)
    stage = .body(progress)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isOver else { return }
    switch error {
    case HTTPParserError.headerOverflow: giveUp(context, saying: lineIsWhole ? .largeHead : .longLine)
    case is HTTPParserError: giveUp(context, saying: .malformed)
    default: context.fireErrorCaught(error)
    }
  }

  // MARK: What the client takes

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isOver else {
      promise?.fail(CutOff())
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head): isAnswering = head.status.code >= 200
    case .body(.byteBuffer(let bytes)): sent += Int64(bytes.readableBytes)
    case .body(.fileRegion(let region)): sent += Int64(region.readableBytes)
    case .end:
      unanswered -= 1
      isAnswering = false
      if case .body = stage, unanswered == 0 { end = context.eventLoop.now + patience.late }
    }
    context.write(data, promise: promise)
  }

  private func lookAtTaking(_ context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    keepCount(of: waiting)
    guard waiting > 0 else {
      taking = Progress()
      return
    }
    let taken = sent - Int64(waiting)
    if taken > self.taken { taking.moved(Int(taken - self.taken), at: now) }
    self.taken = taken
    taking.waits(at: now)
    let isInTheWay = traffic.waiting > patience.waiting && taking.waiting(at: now) > patience.hurry
    if isInTheWay || taking.isSlower(than: patience.taking, at: now) { giveUp(context, saying: .slow) }
  }

  private func keepCount(of waiting: Int) {
    traffic.waits(waiting - self.waiting)
    self.waiting = waiting
  }

  // MARK: The end

  /// Looks every second, or four times within the shortest limit.
  private func watch(_ context: ChannelHandlerContext) {
    let limits = [patience.head, patience.rest, patience.farewell, patience.sending.stall, patience.taking.stall]
    let pause = limits.reduce(TimeAmount.seconds(1)) { min($0, .nanoseconds($1.nanoseconds / 4)) }
    context.eventLoop.assumeIsolated().scheduleTask(in: pause) {
      guard context.channel.isActive else { return }
      self.look(context)
      self.watch(context)
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    if let end, end < now { return context.close(promise: nil) }
    guard !isOver else { return }
    lookAtTaking(context)
    guard !isOver else { return }
    switch stage {
    case .nothing(let since):
      if unanswered == 0, waiting == 0, now - since > patience.rest { context.close(promise: nil) }
    case .head(let since):
      if now - since > patience.head { giveUp(context, saying: .slow) }
    case .body(let progress):
      if progress.isSlower(than: patience.sending, at: now) { giveUp(context, saying: .slow) }
    }
  }

  /// Says why, where nothing else is being said, and closes once that can have arrived.
  private func giveUp(_ context: ChannelHandlerContext, saying answer: BareAnswer) {
    isOver = true
    traffic.gaveUp()
    let canSpeak = waiting == 0 && !isAnswering && unanswered <= 1
    // Whoever waits for the rest of the request.
    context.fireErrorCaught(CutOff())
    guard canSpeak else { return context.close(promise: nil) }
    let head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: answer.headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.page)))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(mode: .output, promise: nil)
    end = context.eventLoop.now + patience.farewell
    // What still comes is thrown away.
    context.read()
  }

  /// First in the pipeline.
  final class Inlet: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    private let watch: ClientWatch

    init(_ watch: ClientWatch) { self.watch = watch }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      watch.bytesCame(unwrapInboundIn(data), at: context.eventLoop.now)
      context.fireChannelRead(data)
    }
  }
}
