/// A transaction in progress. All reads in it see one state of the database; its writes are kept all or none.
///
/// Synchronous: it lives on the engine's own thread and must not leave the closure it is given to.
public final class Transaction {
  let connection: any Connection

  init(_ connection: any Connection) { self.connection = connection }

  public var engine: EngineKind { connection.engine }

  /// Runs a statement. Returns the number of rows it changed.
  @discardableResult
  public func run(_ sql: SQL) throws -> Int {
    try connection.run(Statement(sql, for: engine)) { _ in }
  }

  /// Hands every row of the answer to `body` as it arrives, in constant memory.
  public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    _ = try connection.run(Statement(sql, for: engine), each: body)
  }

  /// All rows, each made into a value by `make`.
  public func map<Result>(_ sql: SQL, _ make: (Row) throws -> Result) throws -> [Result] {
    var results: [Result] = []
    try each(sql) { results.append(try make($0)) }
    return results
  }

  /// All rows as records; columns are found by name (`firstOrderOn` is `first_order_on`).
  public func all<Result: Decodable>(_ sql: SQL, as type: Result.Type = Result.self) throws -> [Result] {
    try map(sql) { try Result(from: RowDecoder($0)) }
  }

  /// The first row as a record, nil when there is none.
  public func first<Result: Decodable>(_ sql: SQL, as type: Result.Type = Result.self) throws -> Result? {
    try all(sql, as: type).first
  }

  /// The first column of every row.
  public func values<Wanted: Bindable>(_ sql: SQL, as type: Wanted.Type = Wanted.self) throws -> [Wanted] {
    try map(sql) { try $0[0] }
  }

  /// The first column of the first row, nil when there is no row or it is null.
  public func value<Wanted: Bindable>(_ sql: SQL, as type: Wanted.Type = Wanted.self) throws -> Wanted? {
    var found: Wanted?
    var isFirst = true
    try each(sql) { row in
      guard isFirst else { return }
      found = try row[0]
      isFirst = false
    }
    return found
  }

  /// Whether the answer has a row.
  public func exists(_ sql: SQL) throws -> Bool {
    let one: Int? = try value("SELECT 1 WHERE EXISTS (\(sql))")
    return one != nil
  }

  /// Adds many rows at the engine's full speed. Rows that break a rule end the transaction.
  /// - Parameters:
  ///   - columns: names in the order of the values of each row.
  public func append(to table: String, columns: [String], rows: some Sequence<[Value]>) throws {
    try connection.append(table: table, columns: columns, rows: rows)
  }
}

/// One engine's side of a ``Transaction``.
protocol Connection: AnyObject {
  var engine: EngineKind { get }
  func run(_ statement: Statement, each: (Row) throws -> Void) throws -> Int
  func append(table: String, columns: [String], rows: some Sequence<[Value]>) throws
}
