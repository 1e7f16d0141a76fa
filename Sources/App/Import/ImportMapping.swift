import Store
import Web

/// How a file was read, kept for the next file with the same columns.
struct ImportMapping: Codable, Sendable {
  let headers: [String]
  let options: ImportOptions

  init(_ setup: ImportSetup) {
    headers = setup.shape.columns
    var options = setup.chosen
    options.columns = setup.columns
    self.options = options
  }

  /// The same whatever the order of the columns and however they are spelt; empty for files without a header.
  private static func key(_ headers: [String]) -> String {
    headers.map(HeaderKey.of).filter { !$0.isEmpty }.sorted().joined(separator: " ")
  }

  func keep(for kind: Import.Kind, at now: Instant, in tx: Transaction) throws {
    let key = Self.key(headers)
    guard !key.isEmpty else { return }
    let json = String(decoding: try Wire.encode(self), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO import_mapping (kind, headers, mapping, used_at) VALUES (\(kind), \(key), \(json), \(now))
      ON CONFLICT (kind, headers) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at
      """)
  }

  /// What was chosen the last time a file had these columns, for their places in this one; nil when none had.
  static func options(for setup: ImportSetup, in tx: Transaction) throws -> ImportOptions? {
    let json: String? = try tx.value(
      "SELECT mapping FROM import_mapping WHERE kind = \(setup.kind) AND headers = \(key(setup.shape.columns))")
    guard let json else { return nil }
    var options = try Wire.decode(Self.self, from: Array(json.utf8)).options(for: setup.shape.columns)
    guard let columns = options.fieldColumns, !columns.isEmpty else { return options }
    let fields = Set(try tx.ask(CustomField.all).map(\.id))
    options.fieldColumns = columns.filter { $0.field.map(fields.contains) ?? true }
    return options
  }

  private func options(for columns: [String]) -> ImportOptions {
    // The second of two columns of one name is the second again.
    func now(_ column: Int) -> Int? {
      guard headers.indices.contains(column) else { return nil }
      let key = HeaderKey.of(headers[column])
      let earlier = headers[..<column].count { HeaderKey.of($0) == key }
      return columns.indices.filter { HeaderKey.of(columns[$0]) == key }.dropFirst(earlier).first
    }
    var options = options
    options.filters = options.filters.map { filter in
      guard let column = ColumnName.find(filter.column, in: headers).flatMap(now) else { return filter }
      return RowFilter(column: String(column + 1), value: filter.value, isNot: filter.isNot)
    }
    (options.encoding, options.delimiter, options.sheet, options.header) = (nil, nil, nil, nil)
    options.columns = options.columns?.compactMapValues(now)
    options.tagColumns = options.tagColumns?.compactMap(now)
    options.remarkColumns = options.remarkColumns?.compactMap(now)
    options.fieldColumns = options.fieldColumns?.compactMap { own in
      now(own.column).map { FieldColumn(column: $0, field: own.field, rule: own.rule) }
    }
    options.isRemembered = true
    return options
  }
}
