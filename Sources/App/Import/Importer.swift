import Foundation
import Store
import Web

/// Imports for the command line: the same engine as in the browser, done while the caller waits.
public struct Importer: Sendable {
  /// What can be said about a file; everything else is found out.
  public struct Choices: Sendable {
    /// `--map FIELD=COLUMN`: the column by its name or number, `-` for none.
    public var map: [String: String] = [:]
    public var encoding: String?
    public var separator: String?
    /// The sheet of a workbook, by its name; the first when nil.
    public var sheet: String?
    /// Line of the header, 0 for none.
    public var header: Int?
    public var source = ""
    /// `year-first`, `month-first` or `day-first`.
    public var dates: String?
    /// `point` or `comma`.
    public var decimals: String?
    public var currency: String?
    /// `COLUMN=VALUE` or `COLUMN!=VALUE`, all of which must hold.
    public var filters: [String] = []
    /// `walk_in`, `by_region` or `reject`: orders that name no customer.
    public var withoutCustomer: String?
    /// `separate` or `deducted`: whether amounts are before or after refunds.
    public var refunds: String?
    /// `per-line` or `per-order`: what amounts, and refunds, of orders of several lines are of.
    public var amounts: String?
    public var refundAmounts: String?
    /// `counts`, `return` or `left_out`: what a word for the state or type of an order makes of it.
    public var statuses: [String: String] = [:]
    /// Whether customers are also found by nothing but their name.
    public var matchesNames = true
    /// `number`, `phone`, `email` or `name`: by what customers are matched.
    public var match: String?
    /// `FIELD=fill` or `FIELD=keep`: what becomes of values that are there already.
    public var rules: [String: String] = [:]
    /// Columns whose values become tags, and those noted in the remark, by their names or numbers.
    public var tags: [String] = []
    public var remarks: [String] = []
    /// Columns whose values go into the firm's own field of the same name, made where there is none.
    public var fields: [String] = []

    public init() {}
  }

  /// How a file was read.
  struct Understood: Codable, Sendable {
    let encoding: TextEncoding
    let isEncodingSure: Bool
    let separator: Delimiter
    /// Of a workbook.
    let sheet: String?
    /// The line of the header; 0 when there is none.
    let header: Int
    let dates: DayOrder
    let decimals: DecimalMark

    init(_ setup: ImportSetup) {
      (encoding, separator, sheet) = (setup.shape.encoding, setup.shape.delimiter, setup.shape.sheet)
      isEncodingSure = setup.shape.isEncodingSure
      (header, dates, decimals) = (setup.shape.headerLine ?? 0, setup.dayOrder, setup.mark)
    }
  }

  /// What an import did, or would do.
  public struct Outcome: Codable, Sendable {
    /// Nil for a dry run.
    public let id: String?
    public let isDryRun: Bool
    public let file: String
    let understood: Understood
    /// How columns were understood: the field, and the column's name; `field:NAME` is one of the firm's own.
    public let columns: [String: String]
    /// Columns of the file that are not imported.
    public let unusedColumns: [String]
    let report: ImportReport
    /// The first problems; all of the rejected rows are in the file of errors.
    let problems: [ImportProblem]
    /// The file the rejected rows were written to.
    var errors: String?

    public var rejected: Int { report.counts.rejected }
    public func sentences(_ language: Language) -> [String] { ImportSentences.of(self, language) }
  }

  /// An import as a list shows it.
  public struct Entry: Codable, Sendable {
    public let id: String
    let kind: Import.Kind
    let state: Import.State
    public let file: String
    public let at: Instant
    let counts: ImportCounts

    public func line(_ language: Language) -> String { ImportSentences.of(self, language) }
  }

  /// What remained of an import that was undone.
  public struct Reverted: Codable, Sendable {
    public let id: String
    public let undone: Int
    let kept: [KeptRecord]

    public func sentences(_ language: Language) -> [String] { ImportSentences.of(self, language) }
  }

  let services: Services
  /// Records written in one transaction: each changes totals and indexes anywhere, and what many of them change is
  /// written once.
  let size: Int

  public static let portion = 290_000
  /// The same beside people who save something now and then.
  public static let servedPortion = 5_000

  public init(_ services: Services, size: Int = portion) {
    self.services = services
    self.size = size
  }

  /// - Parameters:
  ///   - kind: `customers` or `orders`.
  ///   - errors: where the rows that are not imported are written, with their reasons; nothing when there are none.
  ///   - isStopped: asked again and again; once it is true, what was written is taken back.
  ///   - progress: told rows done and rows in all.
  public func run(
    kind: String, file: String, choices: Choices = Choices(), dryRun: Bool = false, errors: String? = nil,
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> Outcome {
    let kind = try Self.kind(kind)
    let (source, name) = (try Self.source(file), URL(fileURLWithPath: file).lastPathComponent)
    if let errors { try Self.requirePlace(for: errors, besides: file) }
    let options = try choices.options(for: kind, source)
    let setup = try Self.readable { try ImportSetup(source, kind: kind, options: options) }
    _ = try FieldColumns(setup, await services.db.read { tx in try tx.ask(CustomField.all) })
    let record = Import(
      id: services.ids.next(), kind: kind, fileName: name, byteCount: Int64(source.count), options: options,
      at: services.clock(), by: nil)
    try await services.db.write { tx in try tx.insert(record) }
    do {
      try await ImportSource.keep(source, of: record.id, services)
      let stay = ImportStay(services: services, id: record.id, isStopped: isStopped)
      var outcome = try await work(record, setup, stay, isDry: dryRun) { progress(Int($0.done), Int($0.total)) }
      if let errors, try await write(record.id, source, setup, to: errors) { outcome.errors = errors }
      if dryRun { try await remove(record.id) }
      return outcome
    } catch {
      if let found = try? await stands(record.id), found.startedAt == nil { try? await remove(record.id) }
      throw (error as? ReadingProblem).map(ImportRefusal.init) ?? error
    }
  }

  private func work(
    _ record: Import, _ setup: ImportSetup, _ stay: ImportStay, isDry: Bool,
    _ progress: @escaping @Sendable (Import) -> Void
  ) async throws -> Outcome {
    let run = ImportRun(services: services, id: record.id, size: size) { record in
      progress(record)
      try await stay.goOn(record)
    }
    let report = try await isDry ? run.check() : write(run, stay)
    guard let report else { throw ImportRefusal(ImportWords.cancelled) }
    let id = record.id
    let rows = try await services.db.read { tx in try Import.problems(of: id, after: -1, limit: 200, in: tx) }
    return Outcome(
      id: isDry ? nil : id.description, isDryRun: isDry, file: record.fileName,
      understood: Understood(setup),
      columns: Self.columns(setup),
      unusedColumns: setup.shape.columns.indices.filter { setup.use(of: $0).isEmpty }.map(setup.name(of:)),
      report: report, problems: rows.map(\.problem))
  }

  private static func columns(_ setup: ImportSetup) -> [String: String] {
    let own = (setup.options.fieldColumns ?? []).map { setup.name(of: $0.column) }.map { ("field:\($0)", $0) }
    return setup.columns.mapValues(setup.name(of:)).merging(own) { first, _ in first }
  }

  private func write(_ run: ImportRun, _ stay: ImportStay) async throws -> ImportReport? {
    let done = try await stay.while { try await run.apply() }
    if done.cancelledAt != nil { throw ImportRefusal(ImportWords.takenBack) }
    var report = done.report
    report?.counts = done.counts
    return report
  }

  /// Takes an import back.
  public func revert(
    _ id: String, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> Reverted {
    guard let id = Import.ID(id) else {
      throw ImportRefusal("“\(id)”不是导入的编号", "“\(id)” is not the id of an import")
    }
    let stay = ImportStay(services: services, id: id, kind: ImportJobs.undo)
    let undo = ImportUndo(services: services, id: id) { record in
      progress(Int(record.done), Int(record.total))
      try await stay.goOn(record)
    }
    let record = try await stay.while { try await undo.run() }
    let kept = try await services.db.read { tx in try KeptRecord.all(of: id, limit: 10_000, in: tx) }
    return Reverted(id: id.description, undone: Int(record.done) - kept.count, kept: kept)
  }

  /// The newest first.
  public func list(limit: Int = 50) async throws -> [Entry] {
    try await services.db.read { tx in
      try Import.latest(at: nil, limit: limit, .system, in: tx).items.map {
        Entry(
          id: $0.id.description, kind: $0.kind, state: $0.state, file: $0.fileName, at: $0.uploadedAt, counts: $0.counts
        )
      }
    }
  }

  // MARK: Pieces

  private func stands(_ id: Import.ID) async throws -> Import? {
    try await services.db.read { tx in try Import.find(id, in: tx) }
  }

  private func remove(_ id: Import.ID) async throws {
    try await services.db.write { tx in _ = try tx.delete(Import.self, id) }
  }

  /// - Returns: whether there was anything to write.
  private func write(_ id: Import.ID, _ source: ByteSource, _ setup: ImportSetup, to path: String) async throws -> Bool
  {
    let rejections = try await services.db.read { tx in try Import.rejections(of: id, in: tx) }
    guard !rejections.isEmpty else {
      // What an earlier import left there is not of this one.
      if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
      return false
    }
    let rows = RejectedRows(source, setup, rejections, in: Terminal.language)
    let bytes = try path.lowercased().hasSuffix(".xlsx") ? rows.workbook() : rows.csv()
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return true
  }

  /// Whether the rejected rows can be written is known before anything else is; no empty file is left of it.
  private static func requirePlace(for errors: String, besides file: String) throws {
    func place(_ path: String) -> URL { URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL }
    guard place(errors) != place(file) else {
      throw ImportRefusal(
        "--errors 不能是要导入的文件本身", "--errors must not be the file that is imported", isWrongUse: true)
    }
    let isThere = FileManager.default.fileExists(atPath: errors)
    if !isThere { _ = FileManager.default.createFile(atPath: errors, contents: nil) }
    guard let writing = FileHandle(forWritingAtPath: errors) else {
      throw ImportRefusal("不能写入 \(errors)", "\(errors) cannot be written", isWrongUse: true)
    }
    try writing.close()
    if !isThere { try FileManager.default.removeItem(atPath: errors) }
  }

  static func kind(_ name: String) throws -> Import.Kind {
    guard let kind = Import.Kind(rawValue: name) else {
      throw ImportRefusal("只能导入 customers 或 orders", "only customers or orders can be imported")
    }
    return kind
  }

  static func source(_ file: String) throws -> ByteSource { try readable { try ByteSource(path: file) } }

  /// What is wrong with a file, in words.
  static func readable<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let problem as ReadingProblem { throw ImportRefusal(problem) }
  }
}

extension ImportRefusal {
  init(_ problem: ReadingProblem) { self.init(ReadingProblem.zh(problem), ReadingProblem.en(problem)) }
}
