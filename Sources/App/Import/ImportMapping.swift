import Store
import Web

/// How a file was read, kept for the next file with the same columns.
struct ImportMapping: Codable, Sendable {
  let headers: [String]
  let options: ImportOptions

  init(_ setup: ImportSetup) {
    headers = setup.shape.columns
    var options = setup.options
    options.columns = setup.columns
    self.options = options
  }

  /// The same whatever the order of the columns and however they are spelt; empty for files without a header.
  private static func key(_ headers: [String]) -> String {
    Set(headers.map(HeaderKey.of)).subtracting([""]).sorted().joined(separator: " ")
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
    return try Wire.decode(Self.self, from: Array(json.utf8)).options(for: setup.shape.columns)
  }

  private func options(for columns: [String]) -> ImportOptions {
    func now(_ column: Int) -> Int? {
      guard headers.indices.contains(column) else { return nil }
      return columns.firstIndex { HeaderKey.of($0) == HeaderKey.of(headers[column]) }
    }
    var options = options
    (options.encoding, options.delimiter, options.sheet, options.header) = (nil, nil, nil, nil)
    options.columns = options.columns?.compactMapValues(now)
    options.tagColumns = options.tagColumns?.compactMap(now)
    options.remarkColumns = options.remarkColumns?.compactMap(now)
    options.isRemembered = true
    return options
  }
}
