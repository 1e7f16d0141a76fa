import CPoolWatch
import Foundation
import NIOPosix

/// Watches the threads that all requests share, which are as many as the machine has processors: who keeps one at work for
/// long makes everybody wait, and is told of on stderr. Only for `make check`, which asks for it by
/// `GUANXI_POOL_LIMIT`, in milliseconds of a processor's time.
public enum PoolWatch {
  /// Words that a check can look for.
  public static let words = "a shared thread was held"

  /// Begins where the environment asks for it.
  public static func startIfAsked() {
    guard let text = ProcessInfo.processInfo.environment["GUANXI_POOL_LIMIT"], let limit = Int(text) else { return }
    Executor.limit = UInt64(max(1, limit)) * 1_000_000
    pool_watch_start { job in
      guard let job else { return }
      Executor.shared.enqueue(unsafeBitCast(job, to: UnownedJob.self))
    }
  }

  /// In the place of Swift's own.
  private final class Executor: TaskExecutor {
    static let shared = Executor()
    nonisolated(unsafe) static var limit: UInt64 = .max
    private let threads = NIOThreadPool(numberOfThreads: ProcessInfo.processInfo.activeProcessorCount)

    init() { threads.start() }

    func enqueue(_ job: UnownedJob) {
      threads.submit { _ in
        let before = Self.processorTime()
        job.runSynchronously(on: self.asUnownedTaskExecutor())
        let used = Self.processorTime() - before
        guard used > Self.limit else { return }
        FileHandle.standardError.write(Data("\(PoolWatch.words) for \(used / 1_000_000) ms\n".utf8))
      }
    }

    /// Of the processor, by this thread: what others did meanwhile does not count.
    private static func processorTime() -> UInt64 {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
  }
}
