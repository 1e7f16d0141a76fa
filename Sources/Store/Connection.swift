/// One engine's side of a ``Transaction``.
protocol Connection: AnyObject {
  var engine: EngineKind { get }
  /// Starts a statement. The cursor must be closed before the next one starts, or have given its last row.
  func open(_ statement: Statement) throws -> any Cursor
  /// Is told which statements are opened next, in this order: who is far away can be asked all of them at once.
  func foresee(_ statements: [Statement]) throws
  func append(table: String, columns: [String], rows: some Sequence<[Value]>) throws
  /// - Parameter conflict: what becomes of a row that is there already: `ON CONFLICT …`.
  func merge(table: String, columns: [String], rows: some Sequence<[Value]>, conflict: String) throws
}

/// What an engine offers of a statement in progress and the row it stands on.
protocol Cursor: AnyObject {
  var columns: Columns { get }
  /// How many rows the statement changed; complete when there is no further row.
  var changed: Int { get }
  /// Goes on to the next row; false when there is none.
  func step() throws -> Bool
  func value(at index: Int) -> Value
  func integer(at index: Int) -> Int64
  /// Gives the connection free for another statement, whatever is left of this one.
  func close()
  /// Stops the statement; the transaction may be undone by it, as far as the last savepoint.
  func abandon()
}
