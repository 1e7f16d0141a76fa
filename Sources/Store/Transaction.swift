/// A transaction in progress. All reads in it see one state of the database; its writes are kept all or none.
///
/// Synchronous: it lives on the engine's own thread and must not leave the closure it is given to.
/// Once a statement was refused, or reading its rows was given up by an error, all following ones are refused
/// (see ``part(_:)``), and nothing is kept.
public final class Transaction {
  private let connection: any Connection
  private var reading: [Rows] = []
  private var isAppending = false
  private var failure: (any Error)?
  private(set) var afterCommit: [@Sendable () -> Void] = []

  init(_ connection: any Connection) { self.connection = connection }

  public var engine: EngineKind { connection.engine }

  /// Runs a statement. Returns the number of rows it changed.
  @discardableResult
  public func run(_ sql: SQL) throws -> Int {
    try read(sql) { _ in true }
  }

  /// Hands every row of the answer to `body` as it arrives, in constant memory. A body may ask the database
  /// itself; then the remaining rows are read into memory first, and show the state before that.
  public func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    try read(sql) { row in
      try body(row)
      return true
    }
  }

  /// All rows, each made into a value by `make`.
  public func map<Result>(_ sql: SQL, _ make: (Row) throws -> Result) throws -> [Result] {
    var results: [Result] = []
    try each(sql) { results.append(try make($0)) }
    return results
  }

  /// All rows as records.
  public func all<Result: Decodable>(_ sql: SQL, as type: Result.Type = Result.self) throws -> [Result] {
    try map(sql) { try $0.record(as: type) }
  }

  /// The first row as a record, nil when there is none.
  public func first<Result: Decodable>(_ sql: SQL, as type: Result.Type = Result.self) throws -> Result? {
    var found: Result?
    try read(sql) { row in
      found = try row.record(as: type)
      return false
    }
    return found
  }

  /// The first column of every row.
  public func values<Wanted: Bindable>(_ sql: SQL, as type: Wanted.Type = Wanted.self) throws -> [Wanted] {
    try map(sql) { try $0[0] }
  }

  /// The first column of the first row, nil when there is no row or it is null.
  public func value<Wanted: Bindable>(_ sql: SQL, as type: Wanted.Type = Wanted.self) throws -> Wanted? {
    var found: Wanted?
    try read(sql) { row in
      found = try row[0]
      return false
    }
    return found
  }

  /// Whether the answer has a row.
  public func exists(_ sql: SQL) throws -> Bool {
    try ask(.exists(sql))
  }

  /// Adds many rows at the engine's full speed. Rows that break a rule end the transaction.
  /// - Parameters:
  ///   - columns: names in the order of the values of each row.
  ///   - rows: made as they are needed; making one must not ask this transaction.
  public func append(to table: String, columns: [String], rows: some Sequence<[Value]>) throws {
    try appending { try connection.append(table: table, columns: columns, rows: rows) }
  }

  /// The same, where rows may be there already.
  /// - Parameters:
  ///   - key: the column that tells which.
  ///   - changes: what is set in such a row, from the row that would be added, by the name `excluded`; without values.
  public func merge(
    into table: String, columns: [String], rows: some Sequence<[Value]>, key: String, set changes: [SQL]
  ) throws {
    let conflict = "ON CONFLICT (\(key)) DO UPDATE SET \(Statement(changes.joined(", "), for: engine).text)"
    try appending { try connection.merge(table: table, columns: columns, rows: rows, conflict: conflict) }
  }

  private func appending(_ work: () throws -> Void) throws {
    try guarded {
      try keepReading()
      isAppending = true
      defer { isAppending = false }
      try work()
    }
  }

  /// Lets PostgreSQL look at the tables after very much was written, instead of when it next comes by itself:
  /// until then it plans for what was there before.
  /// - Parameter tables: all when nil.
  public func refreshStatistics(of tables: [String]? = nil) throws {
    guard engine == .postgres else { return }
    let tables = try tables ?? values("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    for table in tables { try run("ANALYZE \(SQL(name: table))") }
  }

  /// A part of the transaction that is undone alone when it throws; the transaction can go on.
  public func part<Result>(_ body: () throws -> Result) throws -> Result {
    let hooks = afterCommit.count
    try run("SAVEPOINT part")
    do {
      let result = try body()
      try finish()
      try run("RELEASE SAVEPOINT part")
      return result
    } catch {
      failure = nil
      afterCommit.removeLast(afterCommit.count - hooks)
      try run("ROLLBACK TO SAVEPOINT part")
      try run("RELEASE SAVEPOINT part")
      throw error
    }
  }

  /// Does something once the transaction is kept, and never when it is not.
  public func afterCommit(_ action: @escaping @Sendable () -> Void) { afterCommit.append(action) }

  /// - Throws: what a statement was refused for, when the body caught it and went on.
  func finish() throws { if let failure { throw failure } }

  /// Tells the engine what is asked next, in this order.
  func foresee(_ statements: [SQL]) throws {
    guard engine == .postgres else { return }
    try guarded {
      try keepReading()
      try connection.foresee(
        statements.map { sql in
          let statement = Statement(sql, for: engine)
          try statement.values.check(statement.text)
          return statement
        })
    }
  }

  /// Runs a statement and hands out its rows until `body` says that it has enough.
  @discardableResult
  private func read(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int {
    let statement = Statement(sql, for: engine)
    let rows = try guarded {
      try statement.values.check(statement.text)
      try keepReading()
      return Rows(try connection.open(statement))
    }
    reading.append(rows)
    defer {
      reading.removeLast()
      rows.close()
    }
    while try guarded({ try rows.next() }) {
      do {
        guard try body(Row(rows: rows)) else { break }
      } catch {
        // The rest may have no end.
        rows.abandon()
        failure = failure ?? error
        throw error
      }
    }
    return rows.changed
  }

  /// PostgreSQL refuses everything after an error; so that the engines do not differ, this does it for both.
  private func guarded<Result>(_ work: () throws -> Result) throws -> Result {
    try finish()
    do {
      if isAppending {
        throw StoreError.statement("making the rows of an append asked the database", sql: "")
      }
      return try work()
    } catch {
      failure = error
      throw error
    }
  }

  private func keepReading() throws { for rows in reading { try rows.keep() } }
}

extension [Value] {
  /// - Throws: ``StoreError/statement(_:sql:)`` for values that only one of the engines could keep.
  func check(_ sql: String) throws {
    for value in self {
      switch value {
      case .text(let text) where text.utf8.contains(0):
        throw StoreError.statement("a text holds the character NUL", sql: sql)
      case .text(let text) where text.utf8.count > 500_000_000:
        throw StoreError.statement("a text of more than 500 MB", sql: sql)
      case .blob(let bytes) where bytes.count > 500_000_000:
        throw StoreError.statement("more than 500 MB in one value", sql: sql)
      case .real(let number) where !number.isFinite:
        throw StoreError.statement("\(number) is not a number", sql: sql)
      default: break
      }
    }
  }

  /// The same for a row to append, which must fill the columns.
  func check(width: Int, _ sql: String) throws {
    guard count == width else { throw StoreError.statement("\(count) values for \(width) columns", sql: sql) }
    try check(sql)
  }
}
