import NIOCore

/// How long the server waits for a client, and how much it takes from one. A person on a slow phone is well within
/// all of it; whoever opens a thousand connections and lets them hang is not.
public struct Patience: Sendable {
  /// What is wanted of bytes on their way, in either direction. There is no limit on the whole: a large file over a
  /// slow line is welcome as long as it comes.
  public struct Pace: Sendable {
    /// Lines need a moment to come to speed.
    public var grace: TimeAmount = .seconds(15)
    /// Bytes a second, on average after the grace; the slowest mobile nets carry ten times as much.
    public var rate = 1_000
    /// Longest wait for any byte: more than a phone loses on its way through a tunnel's end.
    public var stall: TimeAmount = .seconds(20)

    public init() {}
  }

  /// From the first byte of a request, or the opening of a connection, to the end of its headers. They fit into a
  /// few packets.
  public var head: TimeAmount = .seconds(10)
  /// Between two requests on a connection; proxies in front keep theirs for 60 seconds.
  public var rest: TimeAmount = .seconds(75)
  /// Of what a client sends, while the server wants it.
  public var sending = Pace()
  /// Of what a client takes of its answer, while there is more of it.
  public var taking = Pace()
  /// For the rest of a request that was answered already, mostly a file that was too large: a browser shows the
  /// answer only when it could send all.
  public var late: TimeAmount = .seconds(30)
  /// For the last words to a connection that is given up: closed at once, they would be lost.
  public var farewell: TimeAmount = .seconds(2)
  /// How many connections there may be. One costs about 30 kB and a file descriptor.
  public var connections = 4_000
  /// How many of them one address may have, or one network of IPv6; proxies that are trusted have no limit of their own.
  public var connectionsPerClient = 100
  /// How many bytes of answers may wait for slow readers, all together; above it, who took nothing for
  /// ``hurry`` must go.
  public var waiting = 64 << 20
  public var hurry: TimeAmount = .seconds(2)
  /// Bytes of the first line of a request; longer ones are not made by our pages.
  public var line = 8_000
  /// Bytes and number of the headers.
  public var headers = 32_768
  public var headerCount = 100

  public init() {}
}

/// Bytes on their way from or to a client, and how long it let the server wait for them.
struct Progress {
  private var bytes: Int64 = 0
  private var waited: TimeAmount = .zero
  private(set) var since: NIODeadline?

  mutating func waits(at now: NIODeadline) { since = since ?? now }

  mutating func moved(_ count: Int, at now: NIODeadline) {
    bytes += Int64(count)
    waited = waited + waiting(at: now)
    since = nil
  }

  /// How long nothing has moved.
  func waiting(at now: NIODeadline) -> TimeAmount { since.map { now - $0 } ?? .zero }

  func isSlower(than pace: Patience.Pace, at now: NIODeadline) -> Bool {
    if waiting(at: now) > pace.stall { return true }
    let counted = waited + waiting(at: now) - pace.grace
    return Double(bytes) < Double(counted.nanoseconds) / 1e9 * Double(pace.rate)
  }
}
