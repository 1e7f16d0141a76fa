import Foundation
import Store
import Synchronization
import Web

/// Reads the file of an import and tries it out or writes it. The same for the browser and the command line.
struct ImportRun: Sendable {
  let services: Services
  let id: Import.ID
  /// Records written in one transaction: others must wait for so long.
  var size = 5_000
  /// Nothing is gained by more where nothing is written.
  private static let triedSize = 5_000
  /// Told after each portion; what it throws stops the work, which can be taken up again.
  var progress: @Sendable (Import) async throws -> Void = { _ in }

  /// The columns were chosen anew meanwhile, or somebody cancelled.
  private struct Stopped: Error {}

  // MARK: Dry run

  /// Works out what the import would do, and writes nothing of it but the report and the problems.
  @discardableResult
  func check() async throws -> ImportReport? {
    let now = services.clock()
    let record = try await change { record, tx in
      record.checkingAt = record.checkingAt ?? now
      (record.done, record.total, record.checkedAt, record.report) = (0, 0, nil, nil)
      try Import.clearProblems(record.id, in: tx)
    }
    do {
      let file = try await open(record)
      let report = try await tryOut(file, try await context(record, file), stamp: record.checkingAt)
      let (finished, stamp) = (services.clock(), record.checkingAt)
      try await change { record, _ in
        guard record.checkingAt == stamp else { throw Stopped() }
        (record.report, record.checkedAt, record.done) = (report, finished, record.total)
      }
      return report
    } catch is Stopped { return nil }
  }

  private func tryOut(_ file: ImportFile, _ context: ImportContext, stamp: Instant?) async throws -> ImportReport {
    var report = ImportReport(file, context)
    let box = Box(ImportMemory(for: file))
    let portions = try PortionReader(file, by: min(size, Self.triedSize))
    var noted = 0
    while let portion = try await portions.next() {
      let wanted = max(0, ImportPlan.changeLimit - (report.changes?.count ?? 0))
      let (plan, changed) = try await services.db.read { tx in
        let (plan, made) = try box.memory.withLock { (try context.plan(portion, &$0, in: tx), Array($0.fields.values)) }
        return (plan, try plan.changedRecords(limit: wanted, made, in: tx))
      }
      report.changes = (report.changes ?? []) + changed
      report.counts += plan.counts
      report.samples += plan.samples.prefix(max(0, ImportPlan.sampleCount - report.samples.count))
      let (problems, position, rows) = (plan.problems, noted, Int64(report.counts.rows))
      noted += problems.count
      let record = try await change { record, tx in
        guard record.checkingAt == stamp else { throw Stopped() }
        (record.done, record.total) = (rows, Int64(file.survey.rows))
        try Import.add(problems, from: position, of: record.id, in: tx)
      }
      try await progress(record)
      try Task.checkCancellation()
    }
    report.sumUp(file.hasReadings)
    report.implausible = report.counts.money?.extent?.doubts(in: report.currency)
    return report
  }

  // MARK: Run

  /// Writes the import, or what is left of it. When somebody cancelled it, takes back what was written.
  /// - Returns: the import as it stands then.
  func apply() async throws -> Import {
    let (id, now) = (id, services.clock())
    var record = try await services.db.read { tx in try Import.found(id, .system, in: tx) }
    if record.finishedAt != nil { return record }
    if record.cancelledAt != nil { return try await undo() }
    let file = try await open(record)
    if record.applied == 0 { try file.requireAnswers() }
    let portions = try PortionReader(file, by: size, after: Int(record.applied))
    let first = try await portions.next()
    try requirePlausible(first, after: record, file)
    record = try await change { record, tx in
      record.startedAt = try record.startedAt ?? Import.startingTime(now, in: tx)
      (record.failedAt, record.failure) = (nil, nil)
      if record.applied == 0 { try Import.clearProblems(record.id, in: tx) }
    }
    try await takeCurrency(of: file, by: record.uploadedBy)
    let context = try await context(record, file)
    let (report, mapping) = (ImportReport(file, context), ImportMapping(file.setup))
    let former = file.firm.settings
    record = try await change { record, tx in
      record.report = record.report ?? report
      if former.currency != file.settings.currency {
        record.report?.formerCurrency = former.currency
        record.report?.formerRates = former.rates.mapValues(\.description)
      }
      try mapping.keep(for: record.kind, at: now, in: tx)
    }
    record = try await write(first, portions, record, context, file)
    return record.cancelledAt == nil ? try await finish() : try await undo()
  }

  /// Portion by portion, until there is none, somebody cancels or the sums cannot be meant.
  private func write(
    _ first: ImportPortion?, _ portions: PortionReader, _ record: Import, _ context: ImportContext, _ file: ImportFile
  ) async throws -> Import {
    var (record, next) = (record, first)
    while record.cancelledAt == nil, let portion = next {
      record = try await write(portion, record, context, total: Int64(file.survey.rows))
      try await progress(record)
      try Task.checkCancellation()
      next = try await portions.next()
      do { try requirePlausible(next, after: record, file) } catch {
        let now = services.clock()
        try await change { record, _ in record.cancelledAt = record.cancelledAt ?? now }
        _ = try await undo()
        throw error
      }
    }
    return record
  }

  /// A preview says so too; at the command line there need not be one.
  /// - Throws: ``ImportRefusal`` when the file with this portion comes to more than can be meant.
  private func requirePlausible(_ portion: ImportPortion?, after record: Import, _ file: ImportFile) throws {
    guard let portion else { return }
    let money = (record.counts.money ?? ImportMoney()) + portion.money
    let doubts = money.extent?.doubts(in: file.settings.currency) ?? []
    if let doubt = doubts.first { throw ImportRefusal(doubt) }
  }

  /// The first orders of a firm can decide in which currency its books are.
  private func takeCurrency(of file: ImportFile, by user: User.ID?) async throws {
    let (currency, now) = (file.settings.currency, services.clock())
    guard currency != file.firm.settings.currency else { return }
    try await services.db.write { tx in
      guard try !tx.exists("SELECT 1 FROM sales_order") else {
        throw StoreError.conflict("another process wrote the first orders")
      }
      try file.settings.save(at: now, by: user, in: tx)
    }
  }

  private func undo() async throws -> Import {
    try await ImportUndo(services: services, id: id, progress: progress).run()
  }

  /// One portion in one transaction. When another transaction came between, once more on what is there now.
  private func write(
    _ portion: ImportPortion, _ record: Import, _ context: ImportContext, total: Int64, attempt: Int = 1
  ) async throws -> Import {
    let expected = record.applied
    do {
      return try await services.db.write { tx in
        var record = try Import.held(record.id, .system, in: tx)
        guard record.cancelledAt == nil else { return record }
        guard record.applied == expected, record.startedAt != nil else {
          throw StoreError.conflict("another process is at this import")
        }
        var memory = ImportMemory()
        let plan = try context.plan(portion, &memory, in: tx)
        try plan.write(for: record, in: tx)
        if record.kind == .orders { try Standing.mark(services, in: tx) }
        try Import.add(plan.problems, from: record.counts.problems, of: record.id, in: tx)
        record.counts += plan.counts
        record.done = Int64(record.counts.rows)
        record.total = total
        record.applied += Int64(portion.records)
        record.changes += Int64(plan.changeCount)
        try tx.update(record)
        try SalesLedger.gather(after: expected, and: record.applied, in: tx)
        return record
      }
    } catch let error as StoreError {
      guard attempt < 4, error.mayPass else { throw error }
      try await Task.sleep(for: .milliseconds(50 * attempt))
      return try await write(portion, record, context, total: total, attempt: attempt + 1)
    }
  }

  /// Somebody may have cancelled it after the last portion.
  private func finish() async throws -> Import {
    let (now, services) = (services.clock(), services)
    let record = try await change { record, tx in
      guard record.cancelledAt == nil else { return }
      record.finishedAt = now
      if record.counts.rejected == 0 { try Import.dropFile(record.id, in: tx) }
      if record.changes > 10_000 { try tx.refreshStatistics(of: record.tables) }
      try Standing.refreshLater(services, in: tx)
    }
    return record.finishedAt == nil ? try await undo() : record
  }

  // MARK: Pieces

  private func open(_ record: Import) async throws -> ImportFile {
    let source = try await ImportSource.open(record, services)
    let now = services.clock()
    let firm = try await services.db.read { tx in try ImportFirm.find(at: now, in: tx) }
    return try ImportFile(source, kind: record.kind, options: record.options, firm: firm)
  }

  private func context(_ record: Import, _ file: ImportFile) async throws -> ImportContext {
    let services = services
    return try await services.db.read { tx in try ImportContext(record, file, services, in: tx) }
  }

  @discardableResult
  private func change(
    _ body: @escaping @Sendable (inout Import, Transaction) throws -> Void
  ) async throws -> Import {
    let id = id
    return try await services.db.write { tx in
      var record = try Import.held(id, .system, in: tx)
      try body(&record, tx)
      try tx.update(record)
      return record
    }
  }
}

/// A dry run's memory, which outlives its transactions.
private final class Box: Sendable {
  let memory: Mutex<ImportMemory>

  init(_ memory: ImportMemory) { self.memory = Mutex(memory) }
}

extension Import {
  /// Where an import of many rows writes most of them.
  fileprivate var tables: [String] {
    let orders = kind == .orders ? [Order.table, OrderLine.table, "customer_total"] : []
    return counts.customers.new == 0 ? orders : orders + [Customer.table, Contact.table, "search_document"]
  }
}

extension ImportReport {
  /// Before any row is looked at.
  fileprivate init(_ file: ImportFile, _ context: ImportContext) {
    self.init(
      currency: context.settings.currency, skipped: file.survey.skipped, remarks: file.remarks,
      questions: file.questions, missingRates: file.missingRates, statuses: file.statuses)
  }
}

extension StoreError {
  /// What two imports at the same time do to each other: on what is there now it may go through.
  fileprivate var mayPass: Bool {
    switch self {
    case .conflict(let why): !why.hasPrefix("another process")
    case .constraint: true
    default: false
    }
  }
}

extension ImportContext {
  /// What a portion of the file changes.
  func plan(_ portion: ImportPortion, _ memory: inout ImportMemory, in tx: Transaction) throws -> ImportPlan {
    var plan =
      switch record.kind {
      case .orders: try OrderPlanner(context: self).plan(portion, &memory, in: tx)
      case .customers: try CustomerPlanner(context: self).plan(portion.customers, &memory, in: tx)
      }
    plan.counts += portion.counts
    plan.problems = portion.problems + plan.problems
    return plan
  }
}
