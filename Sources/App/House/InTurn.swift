import Synchronization
import Web

/// Lets what has the same key be done one after the other, in the order it came.
final class InTurn<Key: Hashable & Sendable>: Sendable {
  /// By key those who wait; there is an entry while somebody is at work.
  private let waiting = Mutex<[Key: [CheckedContinuation<Bool, Never>]]>([:])
  /// More of the same have lost patience, or mean harm.
  private let most: Int

  init(most: Int = 4) { self.most = most }

  /// - Throws: ``AppError/filesInHand`` where ``most`` wait already.
  func run<Result>(_ key: Key, _ work: () async throws -> Result) async throws -> Result {
    guard await begins(key) else { throw AppError.filesInHand }
    defer { next(key)?.resume(returning: true) }
    return try await work()
  }

  /// Those who are at work or wait.
  func count(_ key: Key) -> Int { waiting.withLock { $0[key].map { $0.count + 1 } ?? 0 } }

  private func begins(_ key: Key) async -> Bool {
    await withCheckedContinuation { turn in
      let answer = waiting.withLock { waiting -> Bool? in
        guard let others = waiting[key] else {
          waiting[key] = []
          return true
        }
        guard others.count < most else { return false }
        waiting[key] = others + [turn]
        return nil
      }
      if let answer { turn.resume(returning: answer) }
    }
  }

  private func next(_ key: Key) -> CheckedContinuation<Bool, Never>? {
    waiting.withLock { waiting in
      guard var others = waiting[key], !others.isEmpty else {
        waiting[key] = nil
        return nil
      }
      let next = others.removeFirst()
      waiting[key] = others
      return next
    }
  }
}

extension AppError {
  static let filesInHand = AppError(
    status: 503, Word("还在处理你前面的文件", "Your earlier files are still being read"),
    Word("请等前面的完成后再试。", "Try again when they are done."), retryAfter: 10)
}
