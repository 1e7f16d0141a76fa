import Synchronization

/// Whether PostgreSQL has stopped to answer anybody. Who waits for a statement cannot tell one that takes long from a server
/// that is stopped or cut off; a small question, asked every second, can.
final class Silence: Sendable {
  private struct Times {
    /// Since when the small question has no answer.
    var asked: ContinuousClock.Instant?
    var heard: ContinuousClock.Instant?
  }

  private let times = Mutex(Times())

  /// The small question is asked, again if it had no answer.
  func ask() { times.withLock { $0.asked = $0.asked ?? .now } }

  /// It is answered.
  func end() { times.withLock { $0.asked = nil } }

  /// Anything else is answered.
  func hear() { times.withLock { $0.heard = .now } }

  /// Whether there is no answer to the small question, and for so long was none to anything.
  func lasts(_ duration: Duration) -> Bool {
    let times = times.withLock(\.self)
    guard let asked = times.asked else { return false }
    return max(asked, times.heard ?? asked) + duration < .now
  }
}
