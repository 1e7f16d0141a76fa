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

  /// After a crash another program that opens a database finishes what is in the log, without checksums. Where that has
  /// happened, and everything else holds, the pages get those that they should have.
  static func renew(_ lock: DatabaseLock, _ log: Logger) throws {
    var found = stat()
    let hasLog = stat(lock.path + "-wal", &found) == 0 && found.st_size > 0
    guard lock.wasLeft, !hasLog else { return }
    let check = try PageCheck(of: lock.file)
    guard !check.damaged.isEmpty, UncheckedPages(lock.path)?.isSound ?? false else {
      return
    }
    for number in check.damaged { try renew(number, lock.file) }
    guard fsync(lock.file) == 0 else { throw StoreError.unavailable(String(cString: strerror(errno))) }
    log.notice(
      "another program wrote to the database after a crash; its pages got new checksums",
      metadata: ["pages": "\(check.damaged.count)"])
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
