import CPageSums
import Foundation
import GRDB
import Logging

/// Checksums of pages: see `CPageSums`, which keeps and checks them.
enum PageSums {
  private static let code = page_sums_register()

  /// To be called before any database is opened.
  static func install() throws {
    guard code == 0 else { throw StoreError.unavailable("SQLite cannot be prepared: code \(code)") }
  }

  /// After a crash, or an end on a full disk, another program that opens a database finishes what is in the log, without
  /// checksums. Where that has happened, and everything else holds, the pages get those that they should have.
  static func renew(_ lock: DatabaseLock, _ log: Logger) throws {
    guard lock.wasLeft else { return }
    if lock.hasLog { return try remember(lock) }
    let check = try PageCheck(of: lock.file)
    guard !check.damaged.isEmpty, UncheckedPages(lock.path)?.isSound ?? false else {
      return
    }
    for number in check.damaged { try renew(number, lock.file) }
    try settle(lock.file)
    log.notice(
      "another program finished the log of the database; its pages got new checksums",
      metadata: ["pages": "\(check.damaged.count)"])
  }

  /// The other program may have stopped on its way, on a full disk for instance. What it has written is in the log still
  /// and comes with its checksum from there; but its first page may no longer say that there are any.
  private static func remember(_ lock: DatabaseLock) throws {
    let header = SQLiteFile.header(of: lock.file)
    guard header.hasRoom, !header.carries, try PageCheck(of: lock.file).carriesSums else { return }
    try renew(1, lock.file)
    try settle(lock.file)
  }

  private static func settle(_ file: CInt) throws {
    guard fsync(file) == 0 else { throw StoreError.unavailable(String(cString: strerror(errno))) }
  }

  private static func renew(_ number: Int, _ file: CInt) throws {
    var head = [UInt8](repeating: 0, count: 100)
    let size = pread(file, &head, head.count, 0) == head.count ? page_size(head) : 0
    var page = [UInt8](repeating: 0, count: size)
    let offset = off_t((number - 1) * size)
    guard size > 8, pread(file, &page, size, offset) == size else { throw StoreError.damaged("page \(number)") }
    if number == 1 { page_sums_mark(&page) }
    page.replaceSubrange((size - Int(PAGE_SUM_SIZE))..., with: sum(of: page))
    guard pwrite(file, page, size, offset) == size else {
      throw StoreError.full(String(cString: strerror(errno)))
    }
  }

  /// The one that a page should carry.
  static func sum(of page: [UInt8]) -> [UInt8] {
    var sum = [UInt8](repeating: 0, count: Int(PAGE_SUM_SIZE))
    page_sum(page, page.count, &sum)
    return sum
  }
}
