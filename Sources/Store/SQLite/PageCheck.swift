import CPageSums
import Foundation
import GRDBSQLite

/// What reading every page of a SQLite file by itself found, free ones too.
public struct PageCheck: Sendable, Equatable {
  public private(set) var pages = 0
  /// Whether pages carry checksums; else nothing can be said of them.
  public private(set) var carriesSums = false
  /// Pages that are not what was written, by their numbers from 1.
  public internal(set) var damaged: [Int] = []
  /// How many of the damaged ones belong to which table; the rest is free, or cannot be told.
  public internal(set) var tables: [String: Int] = [:]

  /// - Parameters:
  ///   - file: open for reading.
  ///   - numbers: only these pages; all when nil.
  init(of file: CInt, only numbers: [Int]? = nil, stop: BackgroundThread.Stop = .init()) throws {
    let pieces = try Pieces(file)
    pages = pieces.pages
    // Where the header says no, because it is damaged itself, the pages do.
    var sound = 0
    for first in stride(from: 1, through: max(pages, 1), by: Pieces.most) {
      try stop.check()
      let range = first..<min(first + Pieces.most, pages + 1)
      if let numbers, !numbers.contains(where: range.contains) { continue }
      try pieces.each(range) { number, page in
        if page_sum_holds(page, pieces.size) != 0 {
          sound += page.isEmpty(pieces.size) ? 0 : 1
        } else if number != pieces.lockPage, numbers?.contains(number) ?? true {
          damaged.append(number)
        }
      }
    }
    carriesSums = pieces.saysSo || sound > pages / 2
    if !carriesSums { damaged = [] }
  }

  /// The pages of a file, read by many.
  private struct Pieces {
    static let most = 256

    let file: CInt
    let size: Int
    let pages: Int
    let saysSo: Bool
    /// Never written by SQLite: programs lock it.
    var lockPage: Int { (1 << 30) / size + 1 }

    init(_ file: CInt) throws {
      self.file = file
      var found = stat()
      guard fstat(file, &found) == 0 else { throw Self.unreadable }
      var first = [UInt8](repeating: 0, count: 65_536)
      let count = pread(file, &first, first.count, 0)
      guard count >= 0 else { throw Self.unreadable }
      let said = page_size(first)
      size = said == 0 ? 4_096 : said
      pages = Int(found.st_size) / size
      saysSo = count >= size && page_sums_carried(first, size) != 0
    }

    private static var unreadable: StoreError {
      .unavailable("the file cannot be read: \(String(cString: strerror(errno)))")
    }

    func each(_ numbers: Range<Int>, _ body: (_ number: Int, _ page: UnsafePointer<UInt8>) -> Void) throws {
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: numbers.count * size)
      defer { bytes.deallocate() }
      let count = pread(file, bytes, numbers.count * size, off_t((numbers.lowerBound - 1) * size))
      guard count >= 0 else { throw Self.unreadable }
      for (index, number) in numbers.enumerated() where (index + 1) * size <= count {
        body(number, bytes + index * size)
      }
    }
  }
}

extension UnsafePointer<UInt8> {
  fileprivate func isEmpty(_ size: Int) -> Bool { UnsafeBufferPointer(start: self, count: size).allSatisfy { $0 == 0 } }
}
