import Foundation
import Synchronization

/// Holds a SQLite database for this process alone, by whatever name it is opened. Releases of SQLite before 3.51.3 can
/// lose commits when two processes write or checkpoint at once, so a second one is refused instead of trusted.
///
/// The file itself is locked, which counts for symbolic and hard links alike; and a file `PATH.lock` beside it, which says
/// who has it and counts for a file that is put in its place: both would use one write-ahead log.
final class DatabaseLock: Sendable {
  /// The database by its real name, without symbolic links.
  let path: String
  /// Open for as long as the lock is held: SQLite's own locks end as soon as anybody in the process closes the file.
  let file: CInt
  /// Whether the process that had it before ended without writing its log back.
  let wasLeft: Bool
  private let sign: CInt
  private let identity: FileIdentity
  private let isReleased = Atomic(false)

  /// Files that this process has; opening and closing one of them again would end SQLite's locks on it.
  private static let held = Mutex<Set<FileIdentity>>([])

  /// Makes the file where there is none.
  /// - Parameter accepts: whether it may be something else than a database.
  /// - Throws: ``StoreError/locked(path:holder:)`` naming the process that has it, ``StoreError/damaged(_:)`` when it is
  ///   no database; nothing is left beside it then.
  init(for database: String, accepts isAnything: Bool = false) throws {
    (path, file, sign, identity) = try Self.held.withLock { held in
      if let found = FileIdentity(of: database), held.contains(found) {
        throw StoreError.locked(path: database, holder: getpid())
      }
      let taken = try Self.take(database, isAnything)
      held.insert(taken.identity)
      return taken
    }
    wasLeft = Self.signed(beside: path) != nil
    let holder = "\(getpid())"
    ftruncate(sign, 0)
    _ = holder.withCString { pwrite(sign, $0, strlen($0), 0) }
  }

  private static func take(
    _ database: String, _ isAnything: Bool
  ) throws -> (path: String, file: CInt, sign: CInt, identity: FileIdentity) {
    let file = try open(database)
    do {
      if !isAnything { try refuseForeign(file, database) }
      let (path, identity) = (try realPath(of: database), try FileIdentity(ofDescriptor: file))
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        throw StoreError.locked(path: path, holder: identity.holder ?? signed(beside: path))
      }
      let sign = try open(path + ".lock")
      // Between opening and locking another file may have come in its place.
      guard flock(sign, LOCK_EX | LOCK_NB) == 0, FileIdentity(of: path) == identity else {
        close(sign)
        throw StoreError.locked(path: path, holder: signed(beside: path))
      }
      return (path, file, sign, identity)
    } catch {
      // Unless it is another process that has locked it, this one has.
      letGo(of: file)
      throw error
    }
  }

  /// Whether the file still is where it was opened. What is written to one that was moved away or replaced is not found
  /// by whoever opens it next.
  var isInPlace: Bool { FileIdentity(of: path) == identity }

  /// Whether something waits in the write-ahead log for whoever opens the database next.
  var hasLog: Bool {
    var found = stat()
    return stat(path + "-wal", &found) == 0 && found.st_size > 0
  }

  /// Only once SQLite has closed the file. Where its log could not be written back, as on a full disk, the sign stays as
  /// after a crash.
  func release() {
    // Once: the numbers of descriptors that were closed are soon those of other files.
    guard !isReleased.exchange(true, ordering: .relaxed) else { return }
    Self.held.withLock { held in
      if !hasLog { ftruncate(sign, 0) }
      Self.letGo(of: sign)
      Self.letGo(of: file)
      _ = held.remove(identity)
    }
  }

  /// A program that is being started has the file open too for a moment, and with it the lock.
  private static func letGo(of descriptor: CInt) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  deinit { release() }

  private static func signed(beside path: String) -> pid_t? {
    (try? String(contentsOfFile: path + ".lock", encoding: .utf8)).flatMap { pid_t($0) }
  }

  private static func open(_ path: String) throws -> CInt {
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unavailable("cannot open \(path): \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  private static func refuseForeign(_ file: CInt, _ path: String) throws {
    var head = [UInt8](repeating: 0, count: 16)
    let count = pread(file, &head, head.count, 0)
    guard count == 0 || head == Array("SQLite format 3\0".utf8) else {
      throw StoreError.damaged("\(path) is not a database")
    }
  }

  private static func realPath(of path: String) throws -> String {
    guard let real = realpath(path, nil) else {
      throw StoreError.unavailable("cannot find \(path): \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    return String(cString: real)
  }
}

extension Database {
  /// Keeps everybody else from a SQLite file while its files are moved; even one that is damaged beyond being opened.
  /// - Parameter body: given its real name, without symbolic links.
  /// - Throws: ``StoreError/locked(path:holder:)`` when somebody has it.
  public static func exclusively<Result>(_ path: String, _ body: (_ path: String) throws -> Result) throws -> Result {
    let lock = try DatabaseLock(for: path, accepts: true)
    defer { lock.release() }
    return try body(lock.path)
  }
}

/// Which file it is, whatever it is called.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  /// Nil where there is none.
  init?(of path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    self.init(found)
  }

  init(ofDescriptor descriptor: CInt) throws {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else {
      throw StoreError.unavailable("cannot look at a file: \(String(cString: strerror(errno)))")
    }
    self.init(found)
  }

  private init(_ found: stat) {
    (device, inode) = (UInt64(truncatingIfNeeded: found.st_dev), UInt64(truncatingIfNeeded: found.st_ino))
  }

  /// The process that has locked it, as Linux tells it.
  var holder: pid_t? {
    // A list that changes while it is read may leave some out.
    for _ in 0..<20 {
      if let found = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)).flatMap(holder) { return found }
      usleep(2_000)
    }
    return nil
  }

  /// `1: FLOCK ADVISORY WRITE 4711 fe:01:1234 0 EOF`
  private func holder(in locks: String) -> pid_t? {
    for line in locks.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", words[5].split(separator: ":").last == "\(inode)"[...] else {
        continue
      }
      if let holder = pid_t(words[4]), holder > 0 { return holder }
    }
    return nil
  }
}
