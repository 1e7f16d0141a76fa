import Store

/// What only the whole file tells: how many rows there are, which belong together, how they are written and what they
/// leave open. Takes eight bytes for each row while it looks, and some for each record that has several rows or rows
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
  private(set) var dayOrder: DayOrder.Decision
  private(set) var mark: DecimalMark.Decision
  let evidence: ImportEvidence
  /// What orders of several lines tell of their amounts.
  private(set) var amounts = RepeatedAmounts()

  /// - Parameter look: told the bytes read so far, every some thousand rows.
  /// - Throws: ``ReadingProblem`` when the file cannot be read to its end.
  init(
    _ source: ByteSource, _ setup: ImportSetup, _ reader: some RowReader, look: (Int) throws -> Void = { _ in }
  ) throws {
    var evidence = ImportEvidence(setup.columns, currency: setup.currency)
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
      evidence.add(record)
      if rows & 4095 == 0 { try look(csv.bytesRead) }
    }
    (dayOrder, mark) = (evidence.dayOrder(setup.chosen), evidence.mark(setup.chosen))
    self.evidence = evidence
    if hasNumbered, hasUnnumbered {
      aliases = try Self.aliases(source, setup, reader)
      for index in keys.indices { keys[index] = aliases[keys[index]] ?? keys[index] }
    }
    repeated = Self.repeated(&keys)
    if setup.kind == .orders { amounts = try compareAmounts(source, setup, reader) }
  }

  /// Puts the first orders of several lines together and compares what stands on each.
  private func compareAmounts(
    _ source: ByteSource, _ setup: ImportSetup, _ reader: some RowReader
  ) throws -> RepeatedAmounts {
    var amounts = RepeatedAmounts()
    guard !repeated.isEmpty, setup.columns["amount"] != nil else { return amounts }
    var open: [Int: [CSVRecord]] = [:]
    var csv = try CSVReader(source, shape: setup.shape)
    while amounts.count < RepeatedAmounts.enough, let record = try csv.next() {
      guard !record.isBlank, setup.wants(record), let key = reader.key(of: record), let count = repeated[key] else {
        continue
      }
      guard open[key] != nil || open.count < RepeatedAmounts.enough else { continue }
      open[key, default: []].append(record)
      guard open[key]?.count == count, let rows = open.removeValue(forKey: key) else { continue }
      amounts.add(rows, setup.columns, mark.mark)
    }
    return amounts
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
