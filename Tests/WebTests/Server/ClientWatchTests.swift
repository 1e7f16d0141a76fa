import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Web

/// By a clock that stands still until it is told: seconds pass in no time, and never too many.
@Suite struct ClientWatchTests {
  private final class Line {
    let traffic = Traffic()
    let channel = EmbeddedChannel()
    private let watch: ClientWatch

    init(_ patience: Patience = Patience()) throws {
      watch = ClientWatch(patience, traffic)
      try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
      try channel.pipeline.syncOperations.addHandler(watch)
    }

    func wait(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }
    func bytes(_ text: String) { watch.bytesCame(ByteBuffer(string: text), at: channel.embeddedEventLoop.now) }

    func ask(_ method: HTTPMethod = .GET, whole: Bool = true) throws {
      bytes("GET / HTTP/1.1\r\n")
      try channel.writeInbound(
        HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: method, uri: "/")))
      if whole { try channel.writeInbound(HTTPServerRequestPart.end(nil)) }
    }

    func send(_ count: Int) throws {
      channel.read()
      try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(repeating: 65, count: count)))
      channel.read()
    }

    func answer() throws {
      try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
      try channel.writeOutbound(HTTPServerResponsePart.end(nil))
      while try channel.readOutbound(as: HTTPServerResponsePart.self) != nil {}
    }

    /// The status of what the watch itself said last.
    var said: HTTPResponseStatus? {
      get throws {
        var status: HTTPResponseStatus?
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
          if case .head(let head) = part { status = head.status }
        }
        return status
      }
    }
  }

  @Test func headersHaveTheirTime() throws {
    let line = try Line()
    line.wait(.seconds(9))
    line.bytes("GET / HT")
    #expect(try line.said == nil)
    line.wait(.seconds(2))
    #expect(try line.said == .requestTimeout)
    #expect(line.traffic.givenUp == 1)
  }

  @Test func aConnectionRests() throws {
    let line = try Line()
    for _ in 0..<5 {
      try line.ask()
      try line.answer()
      line.wait(.seconds(70))
      #expect(line.channel.isActive)
    }
    // The first byte after a rest begins the time of the headers.
    line.bytes("G")
    line.wait(.seconds(8))
    #expect(line.channel.isActive)
    try line.ask()
    try line.answer()
    line.wait(.seconds(77))
    #expect(!line.channel.isActive)
    #expect(line.traffic.givenUp == 0)
  }

  @Test func anAnswerMayTakeItsTime() throws {
    let line = try Line()
    try line.ask()
    line.wait(.minutes(10))
    #expect(line.channel.isActive)
    try line.answer()
    #expect(line.traffic.givenUp == 0)
  }

  /// Longer than every limit, and welcome: it comes.
  @Test func aBodyThatComesSteadily() throws {
    let line = try Line()
    try line.ask(.POST, whole: false)
    for _ in 0..<400 {
      try line.send(11_000)
      line.wait(.seconds(10))
    }
    #expect(line.channel.isActive)
    // The server is busy with something else: that is not the client's fault.
    try line.channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(repeating: 65, count: 1)))
    line.wait(.minutes(5))
    #expect(line.channel.isActive)
  }

  @Test func aBodyThatTrickles() throws {
    let line = try Line()
    try line.ask(.POST, whole: false)
    var seconds = 0
    while try line.said == nil, seconds < 100 {
      try line.send(500)
      line.wait(.seconds(1))
      seconds += 1
    }
    // 500 bytes a second are half of what is wanted, so the grace of 15 seconds lasts for 30.
    #expect((29...32).contains(seconds))
  }

  @Test func aBodyThatStops() throws {
    let line = try Line()
    try line.ask(.POST, whole: false)
    try line.send(50_000_000)
    line.wait(.seconds(19))
    #expect(try line.said == nil)
    line.wait(.seconds(3))
    #expect(try line.said == .requestTimeout)
  }

  @Test func theRestOfWhatIsAnswered() throws {
    let line = try Line()
    try line.ask(.POST, whole: false)
    try line.answer()
    for _ in 0..<29 {
      try line.send(10_000)
      line.wait(.seconds(1))
    }
    #expect(line.channel.isActive)
    line.wait(.seconds(3))
    #expect(!line.channel.isActive)
  }

  /// What is answered before its end is no reason to end what comes after it.
  @Test func theNextAfterWhatWasAnswered() throws {
    let line = try Line()
    let sink = Sink()
    try line.channel.pipeline.syncOperations.addHandler(sink)
    try line.ask(.POST, whole: false)
    try line.send(100)
    try line.answer()
    try line.send(10_000)
    #expect(sink.bytes == 100)
    try line.channel.writeInbound(HTTPServerRequestPart.end(nil))
    try line.ask(.POST, whole: false)
    try line.send(1_000)
    #expect(sink.bytes == 1_100)
    try line.channel.writeInbound(HTTPServerRequestPart.end(nil))
    try line.answer()
    line.wait(.seconds(40))
    #expect(line.channel.isActive)
  }

  /// Counts what of bodies gets through.
  private final class Sink: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    var bytes = 0
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      if case .body(let body) = unwrapInboundIn(data) { bytes += body.readableBytes }
    }
  }

  @Test func pace() {
    var pace = Patience.Pace()
    (pace.grace, pace.rate, pace.stall) = (.seconds(10), 1_000, .seconds(5))
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    var progress = Progress()
    progress.waits(at: start)
    #expect(!progress.isSlower(than: pace, at: start + .seconds(5)))
    #expect(progress.isSlower(than: pace, at: start + .seconds(6)))
    progress.moved(1_000, at: start + .seconds(4))
    // Waiting for the server does not count.
    #expect(!progress.isSlower(than: pace, at: start + .hours(1)))
    progress.waits(at: start + .hours(1))
    progress.moved(0, at: start + .hours(1) + .seconds(4))
    progress.waits(at: start + .hours(2))
    #expect(!progress.isSlower(than: pace, at: start + .hours(2) + .seconds(3)))
    #expect(progress.isSlower(than: pace, at: start + .hours(2) + .seconds(4)))
  }
}
