import Synchronization

/// What comes and goes, counted.
public final class Traffic: Sendable {
  private let openCount = Atomic(0)
  private let refusedCount = Atomic(0)
  private let refusedClientCount = Atomic(0)
  private let clients = Mutex<[IPAddress: Int]>([:])
  private let givenUpCount = Atomic(0)
  private let waitingCount = Atomic(0)
  private let answers = Mutex(Answers())

  /// Requests by the class of their status, and how long they took.
  public struct Answers: Sendable {
    /// Upper ends of the steps, in seconds; one more step is above.
    public static let steps: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// From 1xx to 5xx.
    public fileprivate(set) var byClass = [Int](repeating: 0, count: 5)
    public fileprivate(set) var byStep = [Int](repeating: 0, count: steps.count + 1)
    public fileprivate(set) var seconds = 0.0
    public var count: Int { byClass.reduce(0, +) }
  }

  public init() {}

  /// Connections there are.
  public var open: Int { openCount.load(ordering: .relaxed) }
  /// Connections turned away because there were too many.
  public var refused: Int { refusedCount.load(ordering: .relaxed) }
  /// Connections turned away because their clients had too many.
  public var refusedOfClient: Int { refusedClientCount.load(ordering: .relaxed) }
  /// Connections ended because their clients were too slow or sent what nobody can read.
  public var givenUp: Int { givenUpCount.load(ordering: .relaxed) }
  /// Bytes of answers that wait for their readers.
  public var waiting: Int { waitingCount.load(ordering: .relaxed) }

  public var answered: Answers { answers.withLock { $0 } }

  func answered(_ status: Int, in time: Duration) {
    let seconds = time / .seconds(1)
    let step = Answers.steps.firstIndex { seconds <= $0 } ?? Answers.steps.count
    answers.withLock {
      $0.byClass[min(max(status / 100 - 1, 0), 4)] += 1
      $0.byStep[step] += 1
      $0.seconds += seconds
    }
  }

  /// Returns how many connections there are with this one: all, and those of its client where that is bounded.
  func enter(_ client: IPAddress?) -> (all: Int, ofClient: Int) {
    let ofClient = client.map { client in
      clients.withLock { clients in
        clients[client, default: 0] += 1
        return clients[client, default: 0]
      }
    }
    return (openCount.add(1, ordering: .relaxed).newValue, ofClient ?? 0)
  }

  func leave(_ client: IPAddress?) {
    openCount.subtract(1, ordering: .relaxed)
    guard let client else { return }
    clients.withLock { clients in
      let left = clients[client, default: 1] - 1
      clients[client] = left > 0 ? left : nil
    }
  }

  func refuse() { refusedCount.add(1, ordering: .relaxed) }
  func refuseClient() { refusedClientCount.add(1, ordering: .relaxed) }
  func gaveUp() { givenUpCount.add(1, ordering: .relaxed) }
  func waits(_ more: Int) { waitingCount.add(more, ordering: .relaxed) }
}
