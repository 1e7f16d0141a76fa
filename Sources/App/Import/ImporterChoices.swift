import Store
import Web

extension Importer.Choices {
  /// What was typed, as options; columns that were not named are guessed.
  /// - Throws: ``ImportRefusal`` that says which of it cannot be understood.
  func options(for kind: Import.Kind, _ file: ByteSource) throws -> ImportOptions {
    var options = try understood()
    guard !map.isEmpty || !rules.isEmpty || !tags.isEmpty || !remarks.isEmpty || !fields.isEmpty else { return options }
    let setup = try Importer.readable { try ImportSetup(file, kind: kind, options: options) }
    return try Self.wrongUse {
      let own = try fieldColumns(setup)
      if !map.isEmpty || !own.isEmpty { options.columns = try columns(setup, without: own) }
      options.fieldColumns = own
      options.rules = try rules(of: kind)
      options.tagColumns = try tags.map { try column($0, setup) }
      options.remarkColumns = try remarks.map { try column($0, setup) }
      return options
    }
  }

  private func understood() throws -> ImportOptions {
    try Self.wrongUse {
      var options = ImportOptions()
      options.encoding = try read(encoding, "--encoding", TextEncoding.init(typed:))
      options.delimiter = try read(separator, "--separator", Delimiter.init(typed:))
      options.sheet = sheet
      options.header = header
      options.source = source
      options.dayOrder = try read(dates, "--dates", DayOrder.init(rawValue:))
      options.mark = try read(decimals, "--decimals", DecimalMark.init(rawValue:))
      options.currency = try read(currency, "--currency", Self.currency)
      options.filters = try filters.map { try read($0, "--where", RowFilter.init(typed:)) }.compactMap(\.self)
      options.withoutCustomer = try read(
        withoutCustomer, "--without-customer", ImportOptions.WithoutCustomer.init(rawValue:))
      options.amounts = try read(amounts, "--amounts", ImportOptions.Amounts.init(typed:))
      options.refundAmounts = try read(refundAmounts, "--refund-amounts", ImportOptions.Amounts.init(typed:))
      options.statuses = try statuses.isEmpty ? nil : statuses.mapValues(use)
      if !matchesNames { options.matchesNames = false }
      options.refunds = try read(refunds, "--refunds", ImportOptions.Refunds.init(rawValue:))
      options.match = try read(match, "--match", ImportOptions.Match.init(rawValue:))
      return options
    }
  }

  private static func currency(_ typed: String) -> String? {
    CurrencyName.code(of: typed).flatMap { Currencies.known.contains($0) ? $0 : nil }
  }

  private func use(_ typed: String) throws -> StatusUse {
    let use = StatusUse(rawValue: typed.replacing("-", with: "_"))
    guard let use else { throw ImportRefusal("--status：无法识别“\(typed)”", "--status: “\(typed)” is not understood") }
    return use
  }

  private static func wrongUse<Result>(_ work: () throws -> Result) throws -> Result {
    do { return try work() } catch var refusal as ImportRefusal {
      refusal.isWrongUse = true
      throw refusal
    }
  }

  private func read<Value>(_ typed: String?, _ option: String, _ make: (String) -> Value?) throws -> Value? {
    guard let typed else { return nil }
    if let value = make(typed) { return value }
    throw ImportRefusal("\(option)：无法识别“\(typed)”", "\(option): “\(typed)” is not understood")
  }

  /// The guess, with what was named in its place.
  private func columns(_ setup: ImportSetup, without own: [FieldColumn]) throws -> [String: Int] {
    var columns = setup.columns.filter { guess in !own.contains { $0.column == guess.value } }
    for (field, typed) in map.sorted(by: { $0.key < $1.key }) {
      try require(field, of: setup.kind)
      columns[field] = nil
      if typed == "-" { continue }
      let column = try column(typed, setup)
      for (other, taken) in columns where taken == column && map[other] == nil { columns[other] = nil }
      columns[field] = column
    }
    return columns
  }

  private func fieldColumns(_ setup: ImportSetup) throws -> [FieldColumn] {
    guard fields.isEmpty || setup.kind == .customers else {
      throw ImportRefusal("--field：只有客户有自定义字段", "--field: only customers have custom fields")
    }
    return try fields.map { typed in
      let rule = try rules[typed].flatMap { try read($0, "--existing", ImportOptions.Rule.init(rawValue:)) }
      return FieldColumn(column: try column(typed, setup), rule: rule)
    }
  }

  private func rules(of kind: Import.Kind) throws -> [String: ImportOptions.Rule] {
    try rules.filter { !fields.contains($0.key) }.reduce(into: [:]) { rules, rule in
      try require(rule.key, of: kind)
      rules[rule.key] = try read(rule.value, "--existing", ImportOptions.Rule.init(rawValue:))
    }
  }

  private func require(_ field: String, of kind: Import.Kind) throws {
    guard !kind.fields.contains(field) else { return }
    let known = kind.fields.joined(separator: ", ")
    throw ImportRefusal("没有“\(field)”这个字段；有：\(known)", "“\(field)” is not a field; there are \(known)")
  }

  private func column(_ typed: String, _ setup: ImportSetup) throws -> Int {
    guard let column = ColumnName.find(typed, in: setup.shape.columns) else {
      throw ImportRefusal("文件里没有“\(typed)”这一列", "The file has no column “\(typed)”")
    }
    return column
  }
}
