import Synchronization

/// Lets what has the same key be done a few at a time, in the order it came.
public final class InTurn<Key: Hashable & Sendable>: Sendable {
  private typealias Waiting = CheckedContinuation<Bool, Never>

  private struct Line {
    var working = 1
    var waiting: [Waiting] = []
  }

  /// There is a line while somebody is at work.
  private let lines = Mutex<[Key: Line]>([:])
  private let atOnce: Int
  private let most: Int

  /// - Parameters:
  ///   - atOnce: how many of a key are at work together.
  ///   - most: how many more may wait; further ones have lost patience, or mean harm.
  public init(atOnce: Int = 1, most: Int = 4) { (self.atOnce, self.most) = (atOnce, most) }

  /// - Throws: ``AppError/workInHand`` where so many wait already.
  public func run<Result>(_ key: Key, _ work: () async throws -> Result) async throws -> Result {
    guard await begins(key) else { throw AppError.workInHand }
    defer { next(key)?.resume(returning: true) }
    return try await work()
  }

  /// Those who are at work or wait.
  func count(_ key: Key) -> Int { lines.withLock { $0[key].map { $0.working + $0.waiting.count } ?? 0 } }

  private func begins(_ key: Key) async -> Bool {
    await withCheckedContinuation { turn in
      let answer = lines.withLock { lines -> Bool? in
        guard var line = lines[key] else {
          lines[key] = Line()
          return true
        }
        defer { lines[key] = line }
        if line.working < atOnce {
          line.working += 1
          return true
        }
        guard line.waiting.count < most else { return false }
        line.waiting.append(turn)
        return nil
      }
      if let answer { turn.resume(returning: answer) }
    }
  }

  private func next(_ key: Key) -> Waiting? {
    lines.withLock { lines in
      guard var line = lines[key] else { return nil }
      guard line.waiting.isEmpty else {
        let next = line.waiting.removeFirst()
        lines[key] = line
        return next
      }
      line.working -= 1
      lines[key] = line.working == 0 ? nil : line
      return nil
    }
  }
}

extension AppError {
  static let workInHand = AppError(
    status: 503, Word("前面的还在处理", "Earlier work is still in hand"),
    Word("请等前面的完成后再试。", "Try again when it is done."), retryAfter: 10)
}
