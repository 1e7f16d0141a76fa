/// Which database answers.
public enum EngineKind: String, Sendable { case sqlite, postgres }

/// Everything the two engines say differently. All other SQL in the product is the same text on both.
extension SQL {
  static func either(_ sqlite: SQL, _ postgres: SQL) -> SQL {
    SQL(parts: [.either(sqlite: sqlite, postgres: postgres)])
  }

  /// The type of an id that is a table's primary key.
  public static let key = either("INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY")

  /// The type of bytes.
  public static let bytes = either("BLOB", "BYTEA")

  /// Marks a text column as sorted and compared byte by byte, which SQLite does anyway.
  public static let byteOrder = either("", " COLLATE \"C\"")

  /// A statement that gives a text column of a table that is there already ``byteOrder``.
  public static func setByteOrder(of column: SQL, in table: SQL) -> SQL {
    either("SELECT 1", "ALTER TABLE \(table) ALTER COLUMN \(column) TYPE TEXT COLLATE \"C\"")
  }

  /// A statement that keeps what is written to a column of bytes from now on as it is: packing it takes longer than
  /// writing it.
  public static func setUnpacked(_ column: SQL, in table: SQL) -> SQL {
    either("SELECT 1", "ALTER TABLE \(table) ALTER COLUMN \(column) SET STORAGE EXTERNAL")
  }

  /// A table in the order of one of its indexes, or of its ids, each row with its partner: what fills a page soonest
  /// where many rows fit. SQLite, which does not know that only a page is wanted, would find and sort all of them.
  public static func walk(_ table: SQL, by index: SQL?, with other: SQL, on condition: SQL) -> SQL {
    let way: SQL = index.map { "INDEXED BY \($0)" } ?? "NOT INDEXED"
    return either(
      "\(table) \(way) CROSS JOIN \(other) ON \(condition)", "\(table) JOIN \(other) ON \(condition)")
  }

  /// The same of a table alone.
  public static func walk(_ table: SQL, by index: SQL) -> SQL { either("\(table) INDEXED BY \(index)", table) }

  /// The greater of two values that are not null.
  public static func greatest(_ a: SQL, _ b: SQL) -> SQL { either("max(\(a), \(b))", "greatest(\(a), \(b))") }

  /// A statement that empties a temporary table.
  public static func empty(_ table: SQL) -> SQL { either("DELETE FROM \(table)", "TRUNCATE \(table)") }

  /// At the end of a query: nobody else may change these rows of a table until the transaction ends, and they are read as
  /// others left them.
  public static func holding(_ table: SQL) -> SQL { either("", " FOR UPDATE OF \(table)") }

  /// After the row a server claims for itself: others pass it by instead of waiting.
  public static let skipLocked = either("", " FOR UPDATE SKIP LOCKED")

  /// After the columns of an index: it knows the ids too. All of SQLite's do.
  public static func holding(id column: SQL) -> SQL { either("", " INCLUDE (\(column))") }

  /// A sum that stays a whole number on both engines, and 0 over no rows.
  public static func total(_ column: SQL) -> SQL {
    either("coalesce(sum(\(column)), 0)", "coalesce(sum(\(column)), 0)::bigint")
  }

  /// Values as a list that `IN` takes.
  static func list<Element: Bindable>(_ values: [Element]) -> SQL {
    let json = Value.json(values.map(\.value))
    let example = values.first?.value ?? (Element(value: .integer(0)) == nil ? .text("") : .integer(0))
    let type: SQL =
      switch example {
      case .integer: "bigint"
      case .real: "double precision"
      case .text, .blob, .null: "text"
      }
    return either(
      "(SELECT value FROM json_each(\(json)))",
      "(SELECT e::\(type) FROM json_array_elements_text(\(json)::json) e)")
  }
}

extension Value {
  /// Numbers and texts as a JSON array, without those that no column can hold.
  static func json(_ values: [Value]) -> String {
    let items = values.compactMap { value -> String? in
      switch value {
      case .integer(let number): "\(number)"
      case .real(let number): number.isFinite ? "\(number)" : nil
      case .text(let text): text.utf8.contains(0) ? nil : text.jsonQuoted
      case .null, .blob: nil
      }
    }
    return "[" + items.joined(separator: ",") + "]"
  }
}

extension String {
  fileprivate var jsonQuoted: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
