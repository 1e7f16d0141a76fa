import Store

/// What only the whole file tells: how many rows there are, which belong together, how its dates and numbers
/// are written. Takes eight bytes for each row while it looks, and some for each record that has several rows or rows
/// with and without a number.
struct ImportSurvey: Sendable {
  /// Rows that are asked for, and those that a filter leaves out.
  private(set) var rows = 0
  private(set) var skipped = 0
  /// How many rows each record has that has several.
  private(set) var repeated: [Int: Int] = [:]
  private var aliases: [Int: Int] = [:]
  /// Whether some rows know their customer by name alone.
  private(set) var hasUnnumbered = false
  private(set) var dayOrder = DayOrder.yearFirst
  private(set) var mark = DecimalMark.point

  /// Columns whose values show how dates and numbers are written.
  static let dates = ["date", "birthday", "created_on"]
  static let numbers = ["amount", "unit_price", "cost", "refund_amount", "quantity"]

  /// - Parameter look: told the bytes read so far, every some thousand rows.
  /// - Throws: ``ReadingProblem`` when the file cannot be read to its end.
  init(
    _ source: ByteSource, _ setup: ImportSetup, _ reader: some RowReader, look: (Int) throws -> Void = { _ in }
  ) throws {
    let dates = Self.dates.compactMap { setup.columns[$0] }
    let numbers = Self.numbers.compactMap { setup.columns[$0] }
    var dateSamples: [String] = []
    var numberSamples: [String] = []
    var (keys, hasNumbered): ([Int], Bool) = ([], false)
    var csv = try CSVReader(source, shape: setup.shape)
    while let record = try csv.next() {
      if record.isBlank { continue }
      guard setup.wants(record) else {
        skipped += 1
        continue
      }
      rows += 1
      if let key = reader.key(of: record) {
        keys.append(key)
        hasNumbered = hasNumbered || reader.alias(of: record) != nil
      }
      hasUnnumbered = hasUnnumbered || reader.isUnnumbered(record)
      if rows < 2_000 || rows & 63 == 0, dateSamples.count < 20_000 {
        dateSamples += dates.map { record.text(in: $0) }
        numberSamples += numbers.map { record.text(in: $0) }
      }
      if rows & 4095 == 0 { try look(csv.bytesRead) }
    }
    if hasNumbered, hasUnnumbered {
      aliases = try Self.aliases(source, setup, reader)
      for index in keys.indices { keys[index] = aliases[keys[index]] ?? keys[index] }
    }
    repeated = Self.repeated(&keys)
    dayOrder =
      setup.options.dayOrder ?? DayOrder.decide(dateSamples.filter { !$0.isEmpty }, preferring: .yearFirst).order
    mark = setup.options.mark ?? DecimalMark.decide(numberSamples.filter { !$0.isEmpty })
  }

  /// The first key of those that rows without a number may belong to.
  private static func aliases(
    _ source: ByteSource, _ setup: ImportSetup, _ reader: some RowReader
  ) throws -> [Int: Int] {
    func each(_ body: (CSVRecord) -> Void) throws {
      var csv = try CSVReader(source, shape: setup.shape)
      while let record = try csv.next() {
        if !record.isBlank, setup.wants(record) { body(record) }
      }
    }
    var sought: Set<Int> = []
    try each { if reader.isUnnumbered($0), let key = reader.key(of: $0) { sought.insert(key) } }
    var aliases: [Int: Int] = [:]
    try each { record in
      guard let alias = reader.alias(of: record), sought.contains(alias), aliases[alias] == nil else { return }
      aliases[alias] = reader.key(of: record)
    }
    return aliases
  }

  /// How often each key comes that comes more than once.
  private static func repeated(_ keys: inout [Int]) -> [Int: Int] {
    keys.sort()
    var repeated: [Int: Int] = [:]
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      if end - start > 1 { repeated[keys[start]] = end - start }
      start = end
    }
    return repeated
  }

  /// The key a row's record is kept by.
  func key(_ key: Int?) -> Int? { key.map { aliases[$0] ?? $0 } }
}
