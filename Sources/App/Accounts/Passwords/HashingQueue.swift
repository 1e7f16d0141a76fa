import Foundation
import Synchronization
import Web

/// Hashes passwords on threads of its own: a few at a time, as each takes memory and a core for some 60 ms, and with a
/// bounded number of others waiting. Who comes when it is full is told so at once.
public final class HashingQueue: Sendable {
  /// For each thread: who is last waits some two seconds.
  private static let waiting = 32

  private let threads = OperationQueue()
  private let places: Int
  private let taken = Mutex(0)

  init() {
    let count = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    threads.name = "passwords"
    threads.maxConcurrentOperationCount = count
    places = count * (1 + Self.waiting)
  }

  /// A place in the queue, kept until it is let go of. Nothing is hashed without one.
  /// - Throws: ``AppError/busy`` when there is none.
  func turn() throws -> Turn {
    let hasPlace = taken.withLock { taken in
      guard taken < places else { return false }
      taken += 1
      return true
    }
    guard hasPlace else { throw AppError.busy }
    return Turn(self)
  }

  final class Turn: Sendable {
    private let queue: HashingQueue

    fileprivate init(_ queue: HashingQueue) { self.queue = queue }

    deinit { queue.taken.withLock { $0 -= 1 } }

    func hash(_ password: String) async throws -> String { try await onThread { try Password.hash(password) } }

    /// Whether a password belongs to a hash. Without a hash the answer is no, and takes as long.
    func matches(_ password: String, _ hash: String?) async throws -> Bool {
      try await onThread { Password.matches(password, hash) }
    }

    private func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
      try await withCheckedThrowingContinuation { done in
        queue.threads.addOperation { done.resume(with: Swift.Result { try work() }) }
      }
    }
  }
}

extension AppError {
  static let busy = AppError(status: 503, AccountWords.busyTitle, AccountWords.busy, retryAfter: 2)
}
