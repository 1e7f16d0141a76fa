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

  /// A statement that makes an index of columns that stay while others of the row change all the time. PostgreSQL writes all
  /// indexes of a row with every change of an indexed column; there it has none, and looks at everybody.
  public static func setIndexOfRarelyChanged(_ definition: SQL) -> SQL {
    either("CREATE INDEX \(definition)", "SELECT 1")
  }

  /// Statements that make an index again without the id at its end. All of SQLite's end with the id by themselves, and had it
  /// twice.
  public static func withoutSecondID(_ index: SQL, _ columns: SQL) -> [SQL] {
    [either("DROP INDEX \(index)", "SELECT 1"), either("CREATE INDEX \(index) ON \(columns)", "SELECT 1")]
  }

  /// A table in the order of one of its indexes, or of its ids, each row with its partner: what fills a page soonest
  /// where many rows fit. SQLite, which does not know that only a page is wanted, would find and sort all of them.
  public static func walk(_ table: SQL, by index: SQL?, with other: SQL, on condition: SQL) -> SQL {
    either("\(walk(table, by: index)) CROSS JOIN \(other) ON \(condition)", "\(table) JOIN \(other) ON \(condition)")
  }

  /// The same of a table alone.
  public static func walk(_ table: SQL, by index: SQL?) -> SQL {
    let way: SQL = index.map { "INDEXED BY \($0)" } ?? "NOT INDEXED"
    return either("\(table) \(way)", table)
  }

  /// A column that is never null, sorted by or compared without its index.
  public static func unindexed(_ column: SQL) -> SQL { either("+\(column)", "coalesce(\(column), \(column))") }

  /// Queries that all have this order from an index, as one in that order: none is read further than it takes, though each
  /// as far as its first row.
  public static func merged(_ queries: [SQL], _ sorting: SQL, limit: Int, offset: Int = 0) -> SQL {
    guard queries.count > 1 else { return "\(queries.joined("")) \(sorting) LIMIT \(limit) OFFSET \(offset)" }
    let each = queries.map { "(\($0) \(sorting) LIMIT \(limit + offset))" as SQL }
    return "\(either(queries.joined(union), each.joined(union))) \(sorting) LIMIT \(limit) OFFSET \(offset)"
  }

  private static let union: SQL = " UNION ALL "

  /// A column by whose index SQLite is not to begin: it does not know how many rows have the same value.
  public static func notFirst(_ column: SQL) -> SQL { either("+\(column)", column) }

  /// The day, as `YYYY-MM-DD`, so many days before that of a column.
  public static func days(_ count: Int, before column: SQL) -> SQL {
    either("date(\(column), \("-\(count) days"))", "to_char(\(column)::date - \(count)::int, 'YYYY-MM-DD')")
  }

  /// The greater of two values that are not null.
  public static func greatest(_ a: SQL, _ b: SQL) -> SQL { either("max(\(a), \(b))", "greatest(\(a), \(b))") }

  /// A statement that empties a temporary table.
  public static func empty(_ table: SQL) -> SQL { either("DELETE FROM \(table)", "TRUNCATE \(table)") }

  /// At the end of a query: nobody else may change these rows of a table until the transaction ends, and they are read as
  /// others left them.
  public static func locking(_ table: SQL) -> SQL { either("", " FOR UPDATE OF \(table)") }

  /// A statement: nobody else changes a table until the transaction ends. SQLite has one writer at a time.
  public static func lock(_ table: SQL) -> SQL { either("SELECT 1", "LOCK TABLE \(table) IN SHARE MODE") }

  /// At the end of a query: these rows are for this transaction, and those that others hold are passed by instead of waited
  /// for.
  public static let skipLocked = either("", " FOR UPDATE SKIP LOCKED")

  /// A statement: whoever says this with the same name waits until the transaction of the one before has ended. SQLite has
  /// one writer at a time.
  public static func inTurn(_ name: String) -> SQL {
    either("SELECT 1", "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.' || \(name)))")
  }

  /// After the columns of an index: it knows the ids too. All of SQLite's do.
  public static func including(id column: SQL) -> SQL { either("", " INCLUDE (\(column))") }

  /// A sum of whole numbers, 0 over no rows. What leaves 64 bits is held at their end, so that no page fails for it.
  public static func total(_ column: SQL) -> SQL {
    either("saturating_sum(\(column))", saturated("coalesce(sum(\(column)), 0)"))
  }

  /// Two whole numbers added, held within 64 bits.
  public static func plus(_ a: SQL, _ b: SQL) -> SQL {
    either(saturated("(\(a)) + (\(b))", isUp: "(\(a)) > 0"), saturated("(\(a))::numeric + (\(b))"))
  }

  /// The second taken off the first, held within 64 bits.
  public static func minus(_ a: SQL, _ b: SQL) -> SQL {
    either(saturated("(\(a)) - (\(b))", isUp: "(\(b)) < 0"), saturated("(\(a))::numeric - (\(b))"))
  }

  /// A floating number rounded to a whole one, held within 64 bits; SQLite does that by itself. The ends are those that a
  /// floating number can say.
  public static func whole(_ number: SQL) -> SQL {
    either(
      "CAST(round(\(number)) AS BIGINT)",
      "least(greatest(round(\(number)), -9223372036854774784), 9223372036854774784)::bigint")
  }

  /// Of PostgreSQL, whose sums are of any length.
  private static func saturated(_ number: SQL) -> SQL {
    "least(greatest(\(number), -9223372036854775808), 9223372036854775807)::bigint"
  }

  /// Of SQLite, which goes on with a floating number where 64 bits are left.
  private static func saturated(_ number: SQL, isUp: SQL) -> SQL {
    """
    CASE WHEN typeof(\(number)) = 'integer' THEN \(number)
    WHEN \(isUp) THEN 9223372036854775807 ELSE -9223372036854775807 - 1 END
    """
  }

  /// Values as a list that `IN` takes.
  static func list<Element: Bindable>(_ values: [Element]) -> SQL { "(SELECT value FROM \(rows(values)))" }

  /// Values as a table `listed` with one column, `value`, in this order: to look up very many that differ, one after the
  /// other. `IN` would lose their order. To be followed by `CROSS JOIN`, by which SQLite begins with them.
  public static func rows<Element: Bindable>(_ values: [Element]) -> SQL {
    let json = Value.json(values.map(\.value))
    let example = values.first?.value ?? (Element(value: .integer(0)) == nil ? .text("") : .integer(0))
    let type: SQL =
      switch example {
      case .integer: "bigint"
      case .real: "double precision"
      case .text, .blob, .null: "text"
      }
    return either(
      "json_each(\(json)) AS listed",
      "(SELECT e::\(type) AS value FROM json_array_elements_text(\(json)::json) e) AS listed")
  }
}

extension Value {
  /// Numbers and texts as a JSON array, without those that no column can hold.
  static func json(_ values: [Value]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for value in values {
      let isFirst = bytes.count == 1
      let before = bytes.count
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      switch value {
      case .integer(let number): bytes += "\(number)".utf8
      case .real(let number) where number.isFinite: bytes += "\(number)".utf8
      case .text(let text) where !text.utf8.contains(0): bytes.append(quoted: text)
      case .real, .text, .null, .blob: bytes.removeLast(bytes.count - before)
      }
    }
    bytes.append(UInt8(ascii: "]"))
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// A JSON string.
  fileprivate mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): self += [UInt8(ascii: "\\"), byte]
      case ..<0x20:
        let hex = String(byte, radix: 16)
        self += "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
