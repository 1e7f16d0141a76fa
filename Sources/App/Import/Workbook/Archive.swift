import CZip
import Glibc
import Web

/// The parts of a ZIP file. They are read where they are: nothing is ever written under a name the file tells.
final class Archive {
  /// A part that grows by more than this is made to fill a machine, not to hold a table.
  private static let growth = 100
  private static let harmless = 32 << 20
  private static let harmlessTable = 8 << 20
  private static let most = 4 << 30
  private static let pieceSize = 1 << 16

  private let handle: OpaquePointer
  private let byteCount: Int

  /// Nil for what is no archive.
  init?(_ source: ByteSource) {
    guard let handle = source.openArchive() else { return nil }
    self.handle = handle
    byteCount = source.count
  }

  deinit { zip_discard(handle) }

  /// What all rows of a table may come to, whatever its cells name again and again.
  var tableLimit: Int { min(Self.harmlessTable + byteCount * Self.growth, Self.most) }

  func has(_ name: String) -> Bool { zip_name_locate(handle, name, 0) >= 0 }

  /// Hands out the bytes of a part, piece by piece, until `body` has enough.
  func read(_ name: String, _ body: (UnsafeBufferPointer<UInt8>) throws(ReadingProblem) -> Bool) throws(ReadingProblem)
  {
    guard let part = zip_fopen(handle, name, 0) else { throw .workbookDamaged(part: name) }
    defer { zip_fclose(part) }
    let limit = growthLimit(of: name)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceSize)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      if Deadline.isOver { throw .stopped }
      let count = Int(zip_fread(part, buffer.baseAddress, UInt64(buffer.count)))
      if count < 0 { throw .workbookDamaged(part: name) }
      if count == 0 { return }
      total += count
      if total > limit { throw .workbookTooLarge(part: name) }
      guard try body(UnsafeBufferPointer(rebasing: buffer[..<count])) else { return }
    }
  }

  /// What a part may grow to; its own word for how large it is packed counts as far as the file has so many bytes.
  private func growthLimit(of name: String) -> Int {
    var status = zip_stat_t()
    let isKnown = zip_stat(handle, name, 0, &status) == 0
    let packed = isKnown ? Int(clamping: min(status.comp_size, UInt64(byteCount))) : 0
    return min(Self.harmless + packed * Self.growth, Self.most)
  }
}
