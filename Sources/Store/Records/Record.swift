/// A value that is one row of a table. The table's columns are the value's properties in snake case;
/// properties that are neither ``Bindable`` nor optional of it are kept as JSON.
public protocol Record: Codable, Sendable {
  /// The table; by default the type's name in snake case.
  static var table: String { get }
  var id: ID<Self> { get }
}

extension Record {
  public static var table: String { String(describing: Self.self).snakeCased }
}

extension Transaction {
  /// Adds a record as a new row.
  public func insert<R: Record>(_ record: R) throws {
    let cells = try RowEncoder.cells(of: record)
    let names = cells.map { SQL(name: $0.column) }.joined(", ")
    let values = cells.map { SQL(parts: [.value($0.value)]) }.joined(", ")
    try run("INSERT INTO \(SQL(name: R.table)) (\(names)) VALUES (\(values))")
  }

  /// Adds many records at the engine's full speed.
  public func insert<R: Record>(all records: [R]) throws {
    guard let first = records.first else { return }
    let columns = try RowEncoder.cells(of: first).map(\.column)
    let rows = try records.map { try RowEncoder.cells(of: $0).map(\.value) }
    try append(to: R.table, columns: columns, rows: rows)
  }

  /// Writes all columns of a record to its row. Returns false when there is no such row.
  @discardableResult
  public func update<R: Record>(_ record: R) throws -> Bool {
    let cells = try RowEncoder.cells(of: record).filter { $0.column != "id" }
    let sets = cells.map { "\(SQL(name: $0.column)) = \(SQL(parts: [.value($0.value)]))" as SQL }.joined(", ")
    return try run("UPDATE \(SQL(name: R.table)) SET \(sets) WHERE id = \(record.id)") == 1
  }

  /// Nobody else changes the row until the transaction ends, and what is read of it from here on stays true.
  public func hold<R: Record>(_ type: R.Type, _ id: ID<R>) throws {
    let table = SQL(name: R.table)
    let _: Int? = try value("SELECT 1 FROM \(table) WHERE id = \(id)\(.locking(table))")
  }

  /// Removes a record's row. Returns false when there was none.
  @discardableResult
  public func delete<R: Record>(_ type: R.Type, _ id: ID<R>) throws -> Bool {
    try run("DELETE FROM \(SQL(name: R.table)) WHERE id = \(id)") == 1
  }
}

extension String {
  /// `firstOrderOn` → `first_order_on`. Names of properties are ASCII.
  var snakeCased: String {
    var name: [UInt8] = []
    name.reserveCapacity(utf8.count + 4)
    for byte in utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else {
        name.append(byte)
        continue
      }
      if !name.isEmpty { name.append(UInt8(ascii: "_")) }
      name.append(byte | 0x20)
    }
    return String(decoding: name, as: UTF8.self)
  }
}
