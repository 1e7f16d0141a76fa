import Store
import Synchronization
import Testing

/// A clock that stands still until it is moved.
final class Clock: Sendable {
  private let time = Mutex(Instant(milliseconds: 1_800_000_000_000))
  var now: @Sendable () -> Instant { { self.time.withLock { $0 } } }
  func move(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

final class Tally: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  func add(_ key: String, _ step: Int = 1) -> Int {
    counts.withLock {
      $0[key, default: 0] += step
      return $0[key, default: 0]
    }
  }
  subscript(_ key: String) -> Int { counts.withLock { $0[key, default: 0] } }
  var all: [String: Int] { counts.withLock { $0 } }
}

func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ isTrue: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + .seconds(180)
  while ContinuousClock.now < end {
    if try await isTrue() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record(what, sourceLocation: sourceLocation)
}
