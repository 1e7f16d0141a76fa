import Foundation

/// Holds a SQLite database for this process alone. Releases of SQLite before 3.51.3 can lose commits when
/// two processes write or checkpoint at once, so a second one is refused instead of trusted.
final class DirectoryLock: Sendable {
  private let descriptor: CInt

  /// - Throws: ``StoreError/locked(path:holder:)`` naming the process that has it.
  init(for database: String) throws {
    let path = database + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unavailable("cannot open \(path): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      close(descriptor)
      throw StoreError.locked(path: database, holder: holder.isEmpty ? "unknown" : "process \(holder)")
    }
    let holder = "\(getpid())"
    ftruncate(descriptor, 0)
    _ = holder.withCString { write(descriptor, $0, strlen($0)) }
    self.descriptor = descriptor
  }

  func release() {
    ftruncate(descriptor, 0)
    flock(descriptor, LOCK_UN)
  }

  deinit { close(descriptor) }
}
