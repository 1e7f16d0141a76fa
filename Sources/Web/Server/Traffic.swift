import Synchronization

/// What comes and goes, counted.
public final class Traffic: Sendable {
  private let openCount = Atomic(0)
  private let refusedCount = Atomic(0)
  private let givenUpCount = Atomic(0)
  private let waitingCount = Atomic(0)

  public init() {}

  /// Connections there are.
  public var open: Int { openCount.load(ordering: .relaxed) }
  /// Connections turned away because there were too many.
  public var refused: Int { refusedCount.load(ordering: .relaxed) }
  /// Connections ended because their clients were too slow or sent what nobody can read.
  public var givenUp: Int { givenUpCount.load(ordering: .relaxed) }
  /// Bytes of answers that wait for their readers.
  public var waiting: Int { waitingCount.load(ordering: .relaxed) }

  /// Returns how many connections there are with this one.
  func enter() -> Int { openCount.add(1, ordering: .relaxed).newValue }
  func leave() { openCount.subtract(1, ordering: .relaxed) }
  func refuse() { refusedCount.add(1, ordering: .relaxed) }
  func gaveUp() { givenUpCount.add(1, ordering: .relaxed) }
  func waits(_ more: Int) { waitingCount.add(more, ordering: .relaxed) }
}
