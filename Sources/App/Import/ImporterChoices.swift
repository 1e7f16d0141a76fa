import Store
import Web

extension Importer.Choices {
  /// What was typed, as options; columns that were not named are guessed.
  /// - Throws: ``ImportRefusal`` that says which of it cannot be understood.
  func options(for kind: Import.Kind, _ file: ByteSource) throws -> ImportOptions {
    var options = try understood()
    guard !map.isEmpty else { return options }
    let setup = try Importer.readable { try ImportSetup(file, kind: kind, options: options) }
    options.columns = try Self.wrongUse { try columns(setup) }
    return options
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
      options.currency = try read(currency, "--currency", CurrencyName.code(of:))
      options.filters = try filters.map { try read($0, "--where", RowFilter.init(typed:)) }.compactMap(\.self)
      options.withoutCustomer = try read(
        withoutCustomer, "--without-customer", ImportOptions.WithoutCustomer.init(rawValue:))
      options.refunds = try read(refunds, "--refunds", ImportOptions.Refunds.init(rawValue:))
      return options
    }
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
  private func columns(_ setup: ImportSetup) throws -> [String: Int] {
    let fields = setup.kind == .orders ? OrderField.allCases.map(\.rawValue) : CustomerField.allCases.map(\.rawValue)
    var columns = setup.columns
    for (field, typed) in map.sorted(by: { $0.key < $1.key }) {
      guard fields.contains(field) else {
        let known = fields.joined(separator: ", ")
        throw ImportRefusal("没有“\(field)”这个字段；有：\(known)", "“\(field)” is not a field; there are \(known)")
      }
      columns[field] = nil
      if typed == "-" { continue }
      guard let column = ColumnName.find(typed, in: setup.shape.columns) else {
        throw ImportRefusal("文件里没有“\(typed)”这一列", "The file has no column “\(typed)”")
      }
      for (other, taken) in columns where taken == column && map[other] == nil { columns[other] = nil }
      columns[field] = column
    }
    return columns
  }
}
