import Analytics
import Foundation
import Store

extension ValueSheet {
  /// Days that are kept.
  static let daysKept = 8
  /// Entries in a piece: some hundred kilobytes.
  private static let pieceSize = 20_000

  /// A day of which there are scores.
  struct Kept: Codable, Equatable, Sendable {
    let id: ID<ValueSheet>
    let day: Day
    let fitId: LifetimeFit.ID
    let madeAt: Instant
    let customers: Int
  }

  /// The newest first.
  static func kept(in tx: Transaction) throws -> [Kept] {
    try tx.all("SELECT id, day, fit_id, made_at, customers FROM value_sheet ORDER BY day DESC")
  }

  static func read(_ kept: Kept, in tx: Transaction) throws -> ValueSheet {
    var entries: [Entry] = []
    entries.reserveCapacity(kept.customers)
    try tx.each("SELECT bytes FROM value_sheet_piece WHERE sheet_id = \(kept.id) ORDER BY position") { row in
      let bytes: [UInt8] = try row[0]
      entries += Entry.unpack(bytes)
    }
    return ValueSheet(day: kept.day, fit: kept.fitId, entries: entries)
  }

  /// Takes the place of the sheet of the same day and of days to come, unless one of them is younger than `now`; the
  /// oldest go.
  func save(id: ID<ValueSheet>, at now: Instant, in tx: Transaction) throws {
    // Two servers may be at it.
    if tx.engine == .postgres { try tx.run("LOCK TABLE value_sheet IN SHARE ROW EXCLUSIVE MODE") }
    guard try !tx.exists("SELECT 1 FROM value_sheet WHERE day >= \(day) AND made_at > \(now)") else { return }
    try tx.run("DELETE FROM value_sheet WHERE day >= \(day)")
    try tx.run(
      """
      INSERT INTO value_sheet (id, day, fit_id, made_at, customers) VALUES (\(id), \(day), \(fit), \(now), \(entries.count))
      """)
    let pieces = stride(from: 0, to: entries.count, by: Self.pieceSize).map { start in
      entries[start..<min(start + Self.pieceSize, entries.count)]
    }
    try tx.append(
      to: "value_sheet_piece", columns: ["sheet_id", "position", "bytes"],
      rows: pieces.enumerated().lazy.map { position, piece in
        [id.value, position.value, .blob(Entry.pack(piece))]
      })
    let last: Day? = try tx.value("SELECT day FROM value_sheet ORDER BY day DESC LIMIT 1 OFFSET \(Self.daysKept - 1)")
    if let last { try tx.run("DELETE FROM value_sheet WHERE day < \(last)") }
  }
}

/// As bytes: the numbers one after the other, the least byte first.
extension ValueSheet.Entry {
  private static let width = 42

  static func pack(_ entries: ArraySlice<Self>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * width)
    for entry in entries {
      bytes.append(littleEndian: UInt64(bitPattern: entry.id))
      bytes.append(littleEndian: entry.alive.bitPattern)
      bytes.append(littleEndian: entry.quiet.bitPattern)
      bytes.append(littleEndian: entry.purchases.bitPattern)
      bytes.append(littleEndian: UInt64(bitPattern: entry.historic))
      bytes.append(littleEndian: UInt64(bitPattern: entry.future))
      bytes.append(littleEndian: entry.futureDeviation.bitPattern)
      bytes.append(entry.valueClass.rawValue.utf8.first ?? 0)
      bytes.append(UInt8(LeavingWarning.Level.allCases.firstIndex(of: entry.level) ?? 0))
    }
    return bytes
  }

  static func unpack(_ bytes: [UInt8]) -> [Self] {
    bytes.withUnsafeBytes { raw in
      stride(from: 0, through: raw.count - width, by: width).map { start in
        func number<Number: FixedWidthInteger>(at offset: Int) -> Number {
          Number(littleEndian: raw.loadUnaligned(fromByteOffset: start + offset, as: Number.self))
        }
        let levels = LeavingWarning.Level.allCases
        return Self(
          id: number(at: 0), alive: Float(bitPattern: number(at: 8)), quiet: Float(bitPattern: number(at: 12)),
          level: levels[min(Int(raw[start + 41]), levels.count - 1)], purchases: Float(bitPattern: number(at: 16)),
          historic: number(at: 20), future: number(at: 28), futureDeviation: Float(bitPattern: number(at: 36)),
          valueClass: ValueClass(rawValue: String(UnicodeScalar(raw[start + 40]))) ?? .c)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
