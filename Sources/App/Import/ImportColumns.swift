import Store
import Web

/// What was understood of a file, to be looked at and corrected before anything is written.
struct ImportColumns: Codable, Equatable, Sendable {
  struct Column: Codable, Equatable, Sendable {
    let name: String
    let samples: [String]
    /// The field it is imported as; empty when it is left out.
    let field: String
    /// 0 to 1; nil where a person chose.
    let confidence: Double?
    var rule = ImportOptions.Rule.overwrite
  }

  /// One of the first rows as it would be read.
  struct PreviewRow: Codable, Equatable, Sendable {
    let line: Int
    var number = ""
    var customer = ""
    var day: Day?
    var amount: Money?
    /// What its state makes of an order; nil for customers.
    var use: StatusUse?
    /// Product, region and the like.
    var more = ""
    var problems: [ImportProblem] = []
  }

  let id: Import.ID
  let kind: Import.Kind
  let fileName: String
  let encoding: TextEncoding
  let isEncodingSure: Bool
  let delimiter: Delimiter
  /// Of a workbook the sheet that is read, and all there are.
  let sheet: String?
  let sheets: [String]
  /// The line of the header, 0 when there is none.
  let header: Int
  let dayOrder: DayOrder
  let mark: DecimalMark
  let columns: [Column]
  /// What somebody said.
  let options: ImportOptions
  /// The same with what the first rows tell in place of what nobody said.
  let found: ImportOptions
  let currencies: [String]
  var isRemembered: Bool { options.isRemembered ?? false }
  /// Fields that must have a column and have none.
  let missing: [Word]
  /// The firm's own fields, which columns can go into.
  let fields: [CustomField]
  /// Why columns cannot go into the firm's own fields as was chosen.
  let fieldProblem: Word?
  let preview: [PreviewRow]

  static let previewRows = 5

  /// What the first rows leave open.
  let questions: [ImportQuestion]
  /// The words of the first rows for the state and the type of orders.
  let statuses: [StatusFound]

  init(_ record: Import, _ source: ByteSource, _ firm: ImportFirm, _ fields: [CustomField]) throws {
    let settings = firm.settings(for: record.options)
    let setup = try ImportSetup(source, kind: record.kind, options: record.options, currency: firm.settings.currency)
    id = record.id
    kind = record.kind
    fileName = record.fileName
    (encoding, isEncodingSure) = (setup.shape.encoding, setup.shape.isEncodingSure)
    delimiter = setup.shape.delimiter
    sheet = setup.shape.sheet
    sheets = setup.shape.sheets
    header = setup.shape.headerLine ?? 0
    (options, found) = (setup.chosen, setup.options)
    currencies = settings.currencies
    missing = setup.missing
    self.fields = record.kind == .customers ? fields : []
    do throws(ImportRefusal) {
      _ = try FieldColumns(setup, fields)
      fieldProblem = nil
    } catch { fieldProblem = error.message }
    (dayOrder, mark) = (setup.dayOrder, setup.mark)
    questions = ImportQuestion.all(
      setup, setup.evidence, days: setup.evidence.dayOrder(setup.chosen), mark: setup.evidence.mark(setup.chosen),
      setup.amounts, firm)
    statuses = setup.evidence.statuses(setup.options)
    columns = setup.shape.columns.indices.map { index in
      let field = setup.use(of: index)
      let values = setup.sample.prefix(50).map { $0.text(in: index) }.filter { !$0.isEmpty }
      return Column(
        name: setup.name(of: index), samples: values.prefix(3).map { String($0.prefix(40)) }, field: field,
        confidence: field.isEmpty ? nil : setup.confidence[field],
        rule: setup.fieldColumn(index)?.rule ?? setup.options.rules?[field] ?? .overwrite)
    }
    preview = Self.preview(setup, settings, firm.today)
  }

  private static func preview(_ setup: ImportSetup, _ settings: Settings, _ today: Day) -> [PreviewRow] {
    let rows = setup.sample.lazy.filter { !$0.isBlank && setup.wants($0) }.prefix(previewRows)
    switch setup.kind {
    case .orders:
      let reader = ImportFile.orderReader(setup, nil, settings, today)
      return rows.map { preview(reader.read($0)) }
    case .customers:
      let reader = ImportFile.customerReader(setup, nil, settings, today)
      return rows.map { preview(reader.read($0)) }
    }
  }

  private static func preview(_ read: ReadRow<OrderRow>) -> PreviewRow {
    var preview = PreviewRow(line: read.line, problems: read.problems)
    guard let row = read.row else { return preview }
    preview.number = row.number
    preview.use = row.isTakenBack ? .return : row.use
    preview.customer = row.customerName.isEmpty ? row.customerNumber : row.customerName
    preview.day = row.day
    preview.amount = row.worth.map { Money($0, row.currency) }
    let product = row.productName.isEmpty ? row.productNumber : row.productName
    preview.more = [product, row.region].filter { !$0.isEmpty }.joined(separator: " · ")
    return preview
  }

  private static func preview(_ read: ReadRow<CustomerRow>) -> PreviewRow {
    var preview = PreviewRow(line: read.line, problems: read.problems)
    guard let row = read.row else { return preview }
    preview.number = row.number
    preview.customer = row.name
    let parts = [row.contact?.name ?? "", row.phones.first?.typed ?? "", row.region, row.industry]
    let own = row.more.sorted { $0.key < $1.key }.map(\.value)
    preview.more = (parts + own).filter { !$0.isEmpty }.joined(separator: " · ")
    return preview
  }
}

/// What somebody says of a file's columns.
struct ImportColumnsInput: Codable, Sendable {
  enum Next: String, Codable, CaseIterable, Sendable { case look, check }

  struct Filter: Codable, Sendable {
    var column: String?
    var value: String?
    var isNot: Bool?
  }

  var encoding: TextEncoding?
  var delimiter: Delimiter?
  var sheet: String?
  var header: Int?
  /// For each column of the file its field; `-` for none, `+tag` and `+remark` where its values become tags, or stand
  /// in the remark, `+field` and `field:ID` where they go into a field of the firm's own: the one called as the column,
  /// or the one of this id.
  var columns: [String]?
  /// For each column of the file what becomes of values that are there already.
  var rules: [String]?
  var match: ImportOptions.Match?
  var source: String?
  var dayOrder: DayOrder?
  var mark: DecimalMark?
  var currency: String?
  var filters: [Filter]?
  var withoutCustomer: ImportOptions.WithoutCustomer?
  var refunds: ImportOptions.Refunds?
  var amounts: ImportOptions.Amounts?
  var refundAmounts: ImportOptions.Amounts?
  /// What words for the state or the type of orders make of them.
  var statuses: [StatusChoice]?
  var matchesNames: Bool?
  /// Only look at it anew, or go on to the dry run.
  var next: Next?

  /// Puts what was said into the options of an import.
  func apply(to options: inout ImportOptions, of kind: Import.Kind) -> Problems {
    var problems = Problems.none
    // Read otherwise, the columns are others too.
    let sheet = sheet.flatMap { $0.isEmpty ? nil : $0 }
    let isSameTable =
      encoding == options.encoding && delimiter == options.delimiter && sheet == options.sheet
      && header == options.header
    options.isRemembered = nil
    options.encoding = encoding
    options.delimiter = delimiter
    options.sheet = sheet
    options.header = header.map { min(max($0, 0), 1_000) }
    let isChosen = isSameTable || options.columns == nil
    options.columns = isChosen ? chosen(for: kind, &problems) : nil
    options.tagColumns = isChosen ? indices(of: ImportWords.asTag) : nil
    options.remarkColumns = isChosen ? indices(of: ImportWords.asRemark) : nil
    options.fieldColumns = isChosen && kind == .customers ? chosenFieldColumns() : nil
    options.rules = isChosen ? chosenRules() : nil
    options.match = match
    options.source = Typed.line(source, "source", limit: 100, &problems)
    options.dayOrder = dayOrder
    options.mark = mark
    options.currency = currency.flatMap { Currencies.known.contains($0) ? $0 : nil }
    options.filters = (filters ?? []).prefix(20).compactMap { filter in
      guard let column = filter.column?.trimmed, !column.isEmpty else { return nil }
      return RowFilter(column: column, value: (filter.value ?? "").trimmed, isNot: filter.isNot ?? false)
    }
    options.withoutCustomer = withoutCustomer
    options.refunds = refunds
    options.amounts = amounts
    options.refundAmounts = refundAmounts
    if let statuses { options.statuses = StatusChoice.options(statuses, besides: options.statuses) }
    options.matchesNames = matchesNames
    return problems
  }

  private func chosen(for kind: Import.Kind, _ problems: inout Problems) -> [String: Int]? {
    guard let columns else { return nil }
    let known = Set(kind.fields)
    var chosen: [String: Int] = [:]
    for (index, field) in columns.prefix(20_000).enumerated() where known.contains(field) {
      if chosen[field] != nil { problems["columns"] = ImportWords.twice(ImportWords.field(field)) }
      chosen[field] = index
    }
    return chosen
  }

  private func indices(of choice: String) -> [Int]? {
    columns?.prefix(20_000).enumerated().filter { $0.element == choice }.map(\.offset)
  }

  private func chosenFieldColumns() -> [FieldColumn]? {
    columns?.prefix(20_000).enumerated().compactMap { index, choice in
      let rule = rules.flatMap { $0.indices.contains(index) ? ImportOptions.Rule(rawValue: $0[index]) : nil }
      return FieldColumn(choice, at: index, rule == .overwrite ? nil : rule)
    }
  }

  /// Fields that are written over need no rule.
  private func chosenRules() -> [String: ImportOptions.Rule]? {
    guard let columns, let rules else { return nil }
    let pairs = zip(columns, rules).compactMap { field, rule in
      ImportOptions.Rule(rawValue: rule).flatMap { $0 == .overwrite ? nil : (field, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
