import Foundation
import Synchronization

/// Long work that nobody waits for, on a thread of its own that lets all others go first.
public enum BackgroundThread {
  /// Whether the work should stop.
  public final class Stop: Sendable {
    private let isSet = Atomic(false)

    public init() {}

    public func set() { isSet.store(true, ordering: .relaxed) }
    public var isOn: Bool { isSet.load(ordering: .relaxed) }
    /// - Throws: `CancellationError`.
    public func check() throws { if isOn { throw CancellationError() } }
  }

  /// - Parameter work: looks at its `Stop` now and then, which is set when the task is cancelled.
  public static func run<Result: Sendable>(
    stop: Stop = Stop(), _ work: @escaping @Sendable (Stop) throws -> Result
  ) async throws -> Result {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Result, any Error>) in
        let thread = Thread {
          // Of this thread alone; it cannot be taken back, and need not.
          setpriority(process, 0, 10)
          done.resume(with: Swift.Result { try work(stop) })
        }
        thread.stackSize = 4 << 20
        thread.start()
      }
    } onCancel: {
      stop.set()
    }
  }

  #if canImport(Glibc)
  private static let process = __priority_which_t(PRIO_PROCESS.rawValue)
  #else
  private static let process = PRIO_PROCESS
  #endif
}
