import Foundation
import Store
import Web

/// Takes back what an import has written, the last first: made records are removed, changed ones get their former
/// values. What people changed since, or attached something to, stays and is listed with the reason.
struct ImportUndo: Sendable {
  let services: Services
  let id: Import.ID
  var progress: @Sendable (Import) async throws -> Void = { _ in }

  /// Records taken back in one transaction, or as many as one change stands for.
  static let size = 1_000

  private static func latest(of id: Import.ID, in tx: Transaction) throws -> [ImportChange] {
    let changes: [ImportChange] = try tx.all(
      """
      SELECT position, kind, record_id, last_id, records, before, kept FROM import_change
      WHERE import_id = \(id) AND kept IS NULL ORDER BY position DESC LIMIT \(size)
      """)
    var records = 0
    let few = changes.prefix { change in
      records += change.records
      return records <= size
    }
    return few.isEmpty ? Array(changes.prefix(1)) : Array(few)
  }

  /// - Returns: the import as it stands then.
  func run() async throws -> Import {
    var record = try await begin()
    while record.revertedAt == nil {
      record = try await step()
      try await progress(record)
      try Task.checkCancellation()
    }
    return record
  }

  private func begin() async throws -> Import {
    let (id, now) = (id, services.clock())
    return try await services.db.write { tx in
      var record = try Import.held(id, .system, in: tx)
      guard record.startedAt != nil else { throw AppError.conflict(ImportWords.nothingWritten) }
      record.revertingAt = record.revertingAt ?? now
      record.done = 0
      if record.revertedAt != nil {
        // What was in the way then may be gone.
        record.revertedAt = nil
        try tx.run("UPDATE import_change SET kept = NULL WHERE import_id = \(id)")
      }
      record.total =
        try tx.value("SELECT \(SQL.total("records")) FROM import_change WHERE import_id = \(id) AND kept IS NULL") ?? 0
      (record.failedAt, record.failure) = (nil, nil)
      try tx.update(record)
      return record
    }
  }

  private func step() async throws -> Import {
    let (id, now, services) = (id, services.clock(), services)
    return try await services.db.write { tx in
      var record = try Import.held(id, .system, in: tx)
      let changes = try Self.latest(of: id, in: tx)
      if changes.isEmpty {
        record.revertedAt = now
        try Import.dropFile(id, in: tx)
        try record.restoreCurrency(at: now, in: tx)
        try Standing.refreshLater(services, in: tx)
      } else {
        var takeBack = TakeBack(stamp: record.startedAt ?? now)
        try takeBack.all(changes, in: tx)
        try takeBack.settle(changes, of: id, in: tx)
        if record.kind == .orders { try Standing.mark(services, in: tx) }
        let done = record.done
        record.done += changes.reduce(0) { $0 + Int64($1.records) }
        try SalesLedger.gather(after: done, and: record.done, in: tx)
      }
      try tx.update(record)
      return record
    }
  }
}

extension Import {
  /// The firm's books were in another currency before its first orders came.
  fileprivate func restoreCurrency(at now: Instant, in tx: Transaction) throws {
    guard let currency = report?.formerCurrency, try !tx.exists("SELECT 1 FROM sales_order") else { return }
    var settings = try tx.ask(Settings.stored)
    settings.currency = currency
    settings.rates = (report?.formerRates ?? [:]).compactMapValues { Rate($0) }
    try settings.save(at: now, by: revertingBy, in: tx)
  }
}

/// Records an import had made or changed, and why they are still as they are.
struct KeptRecord: Codable, Equatable, Sendable {
  let kind: ImportChange.Kind
  let id: ID<KeptRecord>
  let reason: ImportChange.Reason
  var name = ""

  static func all(of id: Import.ID, limit: Int, in tx: Transaction) throws -> [KeptRecord] {
    let rows: [(ImportChange.Kind, Int64, ImportChange.Reason)] = try tx.map(
      """
      SELECT kind, record_id, kept FROM import_change WHERE import_id = \(id) AND kept IS NOT NULL
      ORDER BY position LIMIT \(limit)
      """
    ) { (try $0[0], try $0[1], try $0[2]) }
    let ids = rows.map(\.1)
    var names: [Int64: String] = [:]
    try tx.each("SELECT id, name FROM customer WHERE id IN \(in: ids)") { names[try $0[0]] = try $0[1] }
    try tx.each("SELECT id, name FROM product WHERE id IN \(in: ids)") { names[try $0[0]] = try $0[1] }
    try tx.each("SELECT id, name FROM contact WHERE id IN \(in: ids)") { names[try $0[0]] = try $0[1] }
    try tx.each("SELECT id, name FROM tag WHERE id IN \(in: ids)") { names[try $0[0]] = try $0[1] }
    try tx.each("SELECT id, name FROM customer_field WHERE id IN \(in: ids)") { names[try $0[0]] = try $0[1] }
    try tx.each("SELECT id, coalesce(outside_id, '') FROM sales_order WHERE id IN \(in: ids)") {
      names[try $0[0]] = try $0[1]
    }
    return rows.map { KeptRecord(kind: $0.0, id: ID(raw: $0.1), reason: $0.2, name: names[$0.1] ?? "") }
  }
}
