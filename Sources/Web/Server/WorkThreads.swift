import Glibc
import NIOPosix

/// Threads of their own for what takes a processor for long, so that those that answer everybody stay free: whatever is
/// `async` in ``run(_:)`` goes on there after each wait. They step back behind all other threads of the machine.
public final class WorkThreads: TaskExecutor {
  /// For what somebody waits for: files that are looked through, exports, analyses.
  public static let requests = WorkThreads(2, niceness: 5)
  /// For what nobody waits for.
  public static let jobs = WorkThreads(2, niceness: 10)

  private let threads: NIOThreadPool
  private let niceness: Int32

  /// - Parameters:
  ///   - count: how many pieces of work have a processor at a time; the others wait in the order they came.
  ///   - niceness: from 0, as every thread has, to 19.
  public init(_ count: Int, niceness: Int32) {
    threads = NIOThreadPool(numberOfThreads: count)
    self.niceness = niceness
    threads.start()
  }

  /// Does work on these threads.
  public func run<Result: Sendable>(_ work: sending () async throws -> Result) async rethrows -> Result {
    try await withTaskExecutorPreference(self) { try await work() }
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    threads.submit { [niceness] _ in
      // On Linux a thread has a niceness of its own.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
      job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}
