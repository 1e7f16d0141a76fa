/// What can go wrong between the product and its database.
public enum StoreError: Error, Sendable, Equatable {
  /// The URL does not name a database.
  case url(String)
  /// A process has the SQLite file, as far as known with this number.
  case locked(path: String, holder: Int32?)
  /// A column is not what the program expects.
  case column(String, String)
  /// A list was asked to go on from a place that it does not have.
  case position
  /// The engine refused a statement.
  case statement(String, sql: String)
  /// A unique, foreign key, check or not-null rule was broken.
  case constraint(String)
  /// The statement took longer than allowed and was cancelled.
  case timeout
  /// The database cannot be reached now.
  case unavailable(String)
  /// All connections to the database are in use.
  case busy
  /// The database can be read, but takes no writes now.
  case readOnly(String)
  /// The disk of the database is full. Nothing of the transaction was kept.
  case full(String)
  /// The connection was lost while a transaction was being kept: it may or may not have been.
  case uncertain(String)
  /// Two transactions collided; trying again may help.
  case conflict(String)
  /// The database was written by a newer program.
  case newer(found: Int, known: Int)
  /// The database or a backup is damaged.
  case damaged(String)
}

extension StoreError {
  /// Whether waiting may help.
  public var mayPass: Bool {
    switch self {
    case .unavailable, .busy, .timeout, .readOnly, .conflict: true
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .url(let why): why
    case .locked(let path, let holder):
      "the database \(path) is in use by \(holder.map { "process \($0)" } ?? "another process"), to which this cannot be handed over; stop it first"
    case .column(let name, let why): "column \(name): \(why)"
    case .position: "the list has no such place to go on from"
    case .statement(let why, let sql): "\(why)\nin: \(sql)"
    case .constraint(let why): "this would break a rule of the database: \(why)"
    case .timeout: "the database took too long and the statement was cancelled"
    case .unavailable(let why): "the database cannot be reached: \(why)"
    case .busy: "the database is busy: no connection became free in time"
    case .readOnly(let why): "the database can only be read now: \(why)"
    case .full(let why): "the disk of the database is full; nothing was saved: \(why)"
    case .uncertain(let why):
      "the connection to the database was lost while saving; look whether it was saved before doing it again: \(why)"
    case .conflict(let why): "another change came between: \(why)"
    case .newer(let found, let known):
      "this database is at version \(found), made by a newer program; this one knows version \(known)"
    case .damaged(let why): "the file is damaged: \(why)"
    }
  }
}
