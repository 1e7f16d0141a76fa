import Foundation
import Store
import Web

extension Feature {
  static let imports = Feature(
    menu: [Site.Item(ImportWords.title, path: "/imports", icon: "import", key: "m")],
    migrations: ImportSchema.migrations + OutsideNumbers.migrations,
    routes: { ImportRoutes(services: $0).all + ImportWorkRoutes(services: $0).all },
    jobs: ImportJobs.handlers)
}

/// Files brought, and what is understood of them.
struct ImportRoutes: Sendable {
  let services: Services
  /// One file at a time is looked through for each person.
  private let turns = InTurn<User.ID?>()

  /// Largest file a browser can bring.
  static let fileLimit = 128 << 20

  struct Query: Codable, Sendable {
    var position: Position?
  }

  struct Input: Codable, Sendable {
    var kind: Import.Kind?
    var fileName: String?
    /// The file's content, for programs; browsers send a file.
    var text: String?
  }

  init(services: Services) { self.services = services }

  var all: [Route] {
    [
      Route(.get, "/imports", Word("导入列表", "List imports"), index, view: ImportListPages.index),
      Route(.get, "/imports/new", Word("导入的表单", "Form of an import"), new, view: ImportListPages.new),
      Route(.get, "/imports/example.csv", Word("示例文件", "An example file"), example),
      Route(
        .post, "/imports", Word("上传要导入的文件", "Bring a file to import"), bodyLimit: Self.fileLimit, isHeavy: true,
        success: 201, create,
        view: ImportListPages.new),
      Route(
        .get, "/imports/{id}/columns", Word("文件的列", "The columns of a file"), isHeavy: true, columns,
        view: ImportColumnPages.show),
      Route(
        .put, "/imports/{id}/columns", Word("对应文件的列", "Match the columns of a file"), isHeavy: true, match,
        view: ImportColumnPages.show),
      Route(
        .post, "/imports/{id}/preview", Word("预览前几行", "The first rows as they would be"), isHeavy: true, preview,
        view: ImportColumnPages.preview),
      Route(
        .get, "/imports/{id}/problems", Word("下载未导入的行", "Download the rows that were not imported"),
        isHeavy: true, rejected),
    ]
  }

  @Sendable func index(_ query: Query, _ call: Call) async throws -> Answer<Slice<ImportSummary>> {
    let access = try call.access
    return try await services.db.read { tx in .show(try ImportSummary.latest(at: query.position, access, in: tx)) }
  }

  @Sendable func new(_ input: Input, _ call: Call) async throws -> Answer<ImportUpload> {
    .show(ImportUpload(kind: input.kind ?? .orders))
  }

  @Sendable func create(_ input: Input, _ call: Call) async throws -> Answer<ImportUpload> {
    let access = try call.access
    var upload = ImportUpload(kind: input.kind ?? .orders)
    let bytes = call.files["file"]?.bytes ?? Array((input.text ?? "").utf8)
    guard !bytes.isEmpty else { return .invalid(upload, Problems(["file": ImportWords.noFile])) }
    let source = ByteSource(bytes)
    let setup: ImportSetup
    do {
      setup = try await turns.run(access.user) {
        try Importer.readable { try ImportSetup(source, kind: upload.kind, options: ImportOptions()) }
      }
    } catch let refusal as ImportRefusal {
      return .invalid(upload, Problems(["file": refusal.message]))
    }
    let record = Import(
      id: services.ids.next(), kind: upload.kind,
      fileName: Self.name(call.files["file"]?.name ?? input.fileName ?? ""), byteCount: Int64(bytes.count),
      at: services.clock(), by: access.user)
    upload.id = record.id
    // A file that was not kept to its end is brought again, whatever was kept of it.
    try await IdempotencyRun.aside {
      try await services.db.write { tx in
        var record = record
        if let remembered = try ImportMapping.options(for: setup, in: tx) { record.options = remembered }
        try tx.insert(record)
      }
      try await ImportSource.keep(source, of: record.id, services)
    }
    return try await services.db.write { [upload] _ in .created(upload, at: "/imports/\(record.id)/columns") }
  }

  /// Without the folders some browsers tell.
  private static func name(_ sent: String) -> String {
    let last = sent.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
    let name = String(last.replacing("\0", with: "").prefix(200)).trimmed
    return name.isEmpty ? "import.csv" : name
  }

  @Sendable func columns(_: Nothing, _ call: Call) async throws -> Answer<ImportColumns> {
    let record = try await unstarted(call)
    return .show(try await look(record, call))
  }

  @Sendable func match(_ input: ImportColumnsInput, _ call: Call) async throws -> Answer<ImportColumns> {
    let access = try call.access
    var record = try await unstarted(call)
    let old = record.options
    var problems = input.apply(to: &record.options, of: record.kind)
    let columns: ImportColumns
    do { columns = try await look(record, call) } catch let refusal as ImportRefusal {
      record.options = old
      return .invalid(try await look(record, call), Problems(["file": refusal.message]))
    }
    if input.next == .check, !columns.missing.isEmpty { problems["columns"] = ImportWords.missing(columns.missing) }
    if let wrong = columns.fieldProblem { problems["columns"] = wrong }
    guard problems.isEmpty else { return .invalid(columns, problems) }
    let (options, now, services) = (record.options, services.clock(), services)
    try await services.db.write { [id = record.id] tx in
      var record = try Import.held(id, access, in: tx)
      guard record.startedAt == nil else { throw AppError.conflict(ImportWords.startedAlready) }
      record.options = options
      record.checkingAt = input.next == .check ? now : nil
      (record.checkedAt, record.report, record.failedAt, record.failure, record.done) = (nil, nil, nil, nil, 0)
      try tx.update(record)
      if input.next == .check { try ImportJobs.add(ImportJobs.check, record, services, by: access.user, in: tx) }
    }
    let place = "/imports/\(record.id)"
    return .changed(columns, at: input.next == .check ? place : place + "/columns")
  }

  @Sendable func preview(_ input: ImportColumnsInput, _ call: Call) async throws -> Answer<ImportColumns> {
    var record = try await unstarted(call)
    var problems = input.apply(to: &record.options, of: record.kind)
    do {
      let columns = try await look(record, call)
      if let wrong = columns.fieldProblem { problems["columns"] = wrong }
      return problems.isEmpty ? .show(columns) : .invalid(columns, problems)
    } catch let refusal as ImportRefusal {
      record.options = ImportOptions()
      return .invalid(try await look(record, call), Problems(["file": refusal.message]))
    }
  }

  /// An import that has not written anything, whose file is still there.
  private func unstarted(_ call: Call) async throws -> Import {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    return try await services.db.read { tx in
      let record = try Import.found(id, access, in: tx)
      guard record.startedAt == nil else { throw AppError.conflict(ImportWords.startedAlready) }
      return record
    }
  }

  private func look(_ record: Import, _ call: Call) async throws -> ImportColumns {
    let now = services.clock()
    let (firm, fields) = try await services.db.read { tx in
      (try ImportFirm.find(at: now, in: tx), try tx.ask(CustomField.all))
    }
    return try await turns.run(call.access.user) {
      let source = try await ImportSource.open(record, services)
      return try Importer.readable { try ImportColumns(record, source, firm, fields) }
    }
  }

  @Sendable func rejected(_ call: Call) async throws -> Reply {
    let access = try call.access
    let id: Import.ID = try call.parameter("id")
    let (record, rejections) = try await services.db.read { tx in
      (try Import.found(id, access, in: tx), try Import.rejections(of: id, in: tx))
    }
    do {
      let (bytes, isWorkbook) = try await turns.run(access.user) {
        let source = try await ImportSource.open(record, services)
        let isWorkbook = Workbook.isOne(source)
        let bytes = try Importer.readable {
          let setup = try ImportSetup(source, kind: record.kind, options: record.options)
          let rows = RejectedRows(source, setup, rejections, in: call.reader.language)
          return try isWorkbook ? rows.workbook() : rows.csv()
        }
        return (bytes, isWorkbook)
      }
      let stem = record.fileName.split(separator: ".").dropLast().joined(separator: ".")
      let name = (stem.isEmpty ? record.fileName : stem) + ImportWords.rejectedSuffix[call.reader.language]
      return isWorkbook
        ? .download(name + ".xlsx", type: WorkbookWriter.mediaType, bytes)
        : .download(name + ".csv", type: "text/csv; charset=utf-8", bytes)
    } catch let refusal as ImportRefusal { throw AppError.conflict(refusal.message) }
  }

  @Sendable func example(_ call: Call) async throws -> Reply {
    let kind = call.query["kind"].flatMap(Import.Kind.init(rawValue:)) ?? .orders
    let text = ImportWords.example(kind)[call.reader.language]
    let name = kind == .orders ? Word("订单示例.csv", "orders.csv") : Word("客户示例.csv", "customers.csv")
    return .download(
      name[call.reader.language], type: "text/csv; charset=utf-8", TextEncoding.utf8.mark + Array(text.utf8))
  }
}
