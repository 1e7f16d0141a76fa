import Synchronization

/// That whoever asked for work in the background has given it up. What is nearly done is still done: a transaction that was
/// begun ends well, unless it would take long.
final class Cancellation: Sendable {
  private static let grace: Duration = .seconds(2)
  private let moment = Mutex<ContinuousClock.Instant?>(nil)

  func cancel() { moment.withLock { $0 = $0 ?? .now } }

  var isCancelled: Bool { moment.withLock { $0 != nil } }

  /// Whether the statement in progress is to be stopped.
  var isDue: Bool { moment.withLock { $0.map { $0 + Self.grace < .now } ?? false } }
}
