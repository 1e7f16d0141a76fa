import NIOPosix
import Synchronization

/// A pool of threads, each for one transaction at a time. Who waits too long for one is told so.
final class Turns: Sendable {
  let count: Int
  private let threads: NIOThreadPool
  private let busy = Atomic(0)
  private let waiting = Atomic(0)
  private let refused = Atomic(0)

  init(_ count: Int) {
    self.count = count
    threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
  }

  var usage: DatabaseUsage {
    DatabaseUsage(
      limit: count, busy: busy.load(ordering: .relaxed), waiting: waiting.load(ordering: .relaxed),
      refused: refused.load(ordering: .relaxed))
  }

  /// - Throws: ``StoreError/busy`` when no thread was free within `limit`.
  func run<Result: Sendable>(
    within limit: Duration, _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    waiting.add(1, ordering: .relaxed)
    let turn = Turn()
    return try await withCheckedThrowingContinuation { done in
      let timer = Task {
        try await Task.sleep(for: limit)
        guard turn.take() else { return }
        self.waiting.subtract(1, ordering: .relaxed)
        self.refused.add(1, ordering: .relaxed)
        done.resume(throwing: StoreError.busy)
      }
      threads.submit { state in
        guard turn.take() else { return }
        timer.cancel()
        self.waiting.subtract(1, ordering: .relaxed)
        guard state == .active else { return done.resume(throwing: StoreError.unavailable("closed")) }
        self.busy.add(1, ordering: .relaxed)
        let result = Swift.Result { try work() }
        self.busy.subtract(1, ordering: .relaxed)
        done.resume(with: result)
      }
    }
  }

  /// Either begins or is given up, once.
  private final class Turn: Sendable {
    private let isTaken = Atomic(false)
    func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
  }

  func close() async throws { try await threads.shutdownGracefully() }
}
