import Store
import Web

/// How a file is read: what was found out about it and what the person who brought it said.
struct ImportSetup: Sendable {
  let kind: Import.Kind
  let shape: FileShape
  /// The first rows of data.
  let sample: [CSVRecord]
  /// The column of each field, by the field's name.
  let columns: [String: Int]
  /// How sure each of these is, 0 to 1; 1 where a person chose.
  let confidence: [String: Double]
  /// What somebody said, and the same with what the rows tell in place of nil.
  let chosen: ImportOptions
  private(set) var options: ImportOptions
  /// The firm's.
  let currency: String
  /// What the first rows tell.
  let evidence: ImportEvidence
  private(set) var amounts: RepeatedAmounts
  private let filters: [(column: Int, value: String, isNot: Bool)]

  /// - Throws: ``ReadingProblem`` when the file cannot be read, ``ImportRefusal`` when not as was asked for.
  init(_ source: ByteSource, kind: Import.Kind, options: ImportOptions, currency: String = "") throws {
    let (shape, rows) = try FileShape.detect(in: source, choices: options.choices)
    guard !rows.isEmpty, !shape.columns.isEmpty else {
      throw ImportRefusal("文件里没有数据", "There is no data in the file")
    }
    self.kind = kind
    self.shape = shape
    sample = rows
    filters = try Self.filters(options.filters, shape.columns)
    let guess = kind == .orders ? Self.guess(OrderField.self, shape, rows) : Self.guess(CustomerField.self, shape, rows)
    columns = (options.columns ?? guess.mapValues(\.column)).filter { shape.columns.indices.contains($0.value) }
    confidence = options.columns == nil ? guess.mapValues(\.confidence) : [:]
    self.currency = currency
    var evidence = ImportEvidence(columns, currency: currency)
    for row in rows { evidence.add(row) }
    self.evidence = evidence
    chosen = options
    self.options = options
    amounts = RepeatedAmounts()
    amounts = firstAmounts
    decide(amounts)
  }

  /// Takes what the lines of orders tell for what nobody chose.
  mutating func decide(_ amounts: RepeatedAmounts) {
    let reading = chosen.amounts ?? amounts.ofAmounts.reading
    options.amounts = reading
    options.refundAmounts = chosen.refundAmounts ?? amounts.ofRefunds(reading).reading
    options.costAmounts = chosen.costAmounts ?? amounts.ofCosts(reading)
    options.refunds = chosen.refunds ?? refunds
    // Until it is said, a preview shows what most choose.
    if kind == .orders, !namesCustomer { options.withoutCustomer = chosen.withoutCustomer ?? .walkIn }
  }

  /// What the first rows tell; the last order may go on beyond them.
  private var firstAmounts: RepeatedAmounts {
    var amounts = RepeatedAmounts()
    guard let number = columns["order_id"], kind == .orders else { return amounts }
    let last = sample.last?.text(in: number)
    let orders = Dictionary(grouping: sample.filter(wants), by: { $0.text(in: number) })
    for (key, rows) in orders where key != "" && key != last || rows.count == sample.count {
      amounts.add(rows, columns, evidence.mark(options).mark)
    }
    return amounts
  }

  var namesCustomer: Bool { ["customer_id", "customer_name", "phone"].contains { columns[$0] != nil } }

  private static func guess<Field: ImportField>(
    _: Field.Type, _ shape: FileShape, _ rows: [CSVRecord]
  ) -> [String: (column: Int, confidence: Double)] {
    let guess = ColumnGuess<Field>(headers: shape.columns, rows: rows)
    return Dictionary(
      guess.choices.map { ($0.key.rawValue, ($0.value.column, $0.value.confidence)) }, uniquingKeysWith: { $1 })
  }

  private static func filters(_ filters: [RowFilter], _ columns: [String]) throws -> [(Int, String, Bool)] {
    try filters.map { filter in
      guard let column = ColumnName.find(filter.column, in: columns) else {
        throw ImportRefusal("文件里没有“\(filter.column)”这一列", "The file has no column “\(filter.column)”")
      }
      return (column, filter.value, filter.isNot)
    }
  }

  /// The rows as text: the file itself, or the sheet of a workbook made into such a file.
  func table(of source: ByteSource) throws(ReadingProblem) -> ByteSource {
    guard let name = shape.sheet else { return source }
    let workbook = try Workbook(source)
    let money = kind == .orders ? ["amount", "refund_amount", "cost"].compactMap { columns[$0] } : []
    return try workbook.table(of: workbook.sheet(name), single: Set(money))
  }

  /// Whether a row is asked for.
  func wants(_ record: CSVRecord) -> Bool {
    filters.allSatisfy { (record.text(in: $0.column) == $0.value) != $0.isNot }
  }

  func columns<Field: ImportField>(of _: Field.Type) -> [Field: Int] {
    Dictionary(
      columns.compactMap { name, column in Field(rawValue: name).map { ($0, column) } }, uniquingKeysWith: { $1 })
  }

  /// How dates and numbers are written, as far as the first rows tell.
  var dayOrder: DayOrder { evidence.dayOrder(options).order }
  var mark: DecimalMark { evidence.mark(options).mark }

  /// What a column is imported as; empty when it is left out.
  func use(of column: Int) -> String {
    if let field = columns.first(where: { $0.value == column })?.key { return field }
    if let own = fieldColumn(column) { return FieldColumn.choice(of: own.field) }
    if options.tagColumns?.contains(column) ?? false { return ImportWords.asTag }
    return options.remarkColumns?.contains(column) ?? false ? ImportWords.asRemark : ""
  }

  func fieldColumn(_ column: Int) -> FieldColumn? { options.fieldColumns?.first { $0.column == column } }

  /// What a column is called in messages.
  func name(of column: Int) -> String {
    let name = shape.columns.indices.contains(column) ? shape.columns[column] : ""
    return name.isEmpty ? "#\(column + 1)" : name
  }

  /// Fields without which nothing can be imported, and that no column has.
  var missing: [Word] {
    func has(_ names: String...) -> Bool { names.contains { columns[$0] != nil } }
    switch kind {
    case .orders:
      let date = has("date") ? nil : Word("下单日期", "order date")
      let amount = has("amount", "unit_price") ? nil : Word("金额", "amount")
      return [date, amount].compactMap(\.self)
    case .customers:
      let isNamed = has("name", "given_name", "family_name", "contact_name") || has("id") && isSure(of: "id")
      return isNamed ? [] : [Word("客户名称", "customer name")]
    }
  }

  /// More than the look of the cells speaks for the column.
  private func isSure(of field: String) -> Bool {
    confidence[field].map { $0 > ContentHint<CustomerField>.confidence } ?? true
  }

  /// - Throws: ``ImportRefusal`` that names what is missing.
  func requireColumns() throws {
    guard missing.isEmpty else {
      let names = shape.columns.indices.prefix(20).map(name(of:))
      throw ImportRefusal(
        "请选出这些列：\(missing.map(\.zh).joined(separator: "、"))；文件里有：\(names.joined(separator: "、"))",
        "Choose the columns of: \(missing.map(\.en).joined(separator: ", ")); the file has: \(names.joined(separator: ", "))"
      )
    }
  }
}

extension ImportSetup {
  private func amount(_ record: CSVRecord, _ field: String) -> Int64? {
    columns[field].flatMap { try? Amount.minorUnits(record.text(in: $0), decimals: 2, mark: mark) }
  }

  /// Nobody gets back more than was paid: where more was refunded, the amount is what was left.
  private var refunds: ImportOptions.Refunds {
    guard columns["amount"] != nil, columns["refund_amount"] != nil else { return .separate }
    let isOfOrder = options.refundAmounts == .order
    let orders = Dictionary(grouping: sample) { row in
      isOfOrder ? columns["order_id"].map { row.text(in: $0) } ?? "" : "\(row.line)"
    }
    let isDeducted = orders.values.contains { rows in
      let paid = rows.compactMap { amount($0, "amount") }
      guard let first = paid.first, let back = rows.lazy.compactMap({ amount($0, "refund_amount") }).max() else {
        return false
      }
      return back > 0 && paid.allSatisfy { $0 >= 0 }
        && back > (options.amounts == .order ? first : paid.reduce(0) { $0.clampedPlus($1) })
    }
    return isDeducted ? .deducted : .separate
  }
}
