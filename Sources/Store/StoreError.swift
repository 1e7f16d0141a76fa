/// What can go wrong between the product and its database.
public enum StoreError: Error, Sendable, Equatable {
  /// The URL does not name a database.
  case url(String)
  /// Another process holds the data directory.
  case locked(path: String, holder: String)
  /// A column is not what the program expects.
  case column(String, String)
  /// The engine refused a statement.
  case statement(String, sql: String)
  /// A unique, foreign key, check or not-null rule was broken.
  case constraint(String)
  /// The statement took longer than allowed and was cancelled.
  case timeout
  /// The database cannot be reached now.
  case unavailable(String)
  /// Two transactions collided; trying again may help.
  case conflict(String)
  /// The database was written by a newer program.
  case newer(found: Int, known: Int)
  /// The database or a backup is damaged.
  case damaged(String)
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .url(let why): why
    case .locked(let path, let holder):
      "the database \(path) is in use by another process (\(holder)); stop it first"
    case .column(let name, let why): "column \(name): \(why)"
    case .statement(let why, let sql): "\(why)\nin: \(sql)"
    case .constraint(let why): "this would break a rule of the database: \(why)"
    case .timeout: "the database took too long and the statement was cancelled"
    case .unavailable(let why): "the database cannot be reached: \(why)"
    case .conflict(let why): "another change came between: \(why)"
    case .newer(let found, let known):
      "this database is at version \(found), made by a newer program; this one knows version \(known)"
    case .damaged(let why): "the file is damaged: \(why)"
    }
  }
}
