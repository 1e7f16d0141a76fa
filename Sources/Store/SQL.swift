/// A statement, or a part of one. Values interpolated into it are bound, never spliced, so what a person
/// typed cannot become code; only other `SQL` is spliced.
///
///     "SELECT * FROM deal WHERE owner_id = \(owner) AND closed_at IS NULL ORDER BY due_on, id"
///
/// There is no way to make one from a `String` that was not written in the program.
public struct SQL: Sendable {
  enum Part: Sendable {
    case text(String)
    case value(Value)
    case either(sqlite: SQL, postgres: SQL)
  }

  var parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// For names that come from record types; never for input.
  init(name: String) { parts = [.text(name)] }

  public static let nothing = SQL(parts: [])

  public var isEmpty: Bool { parts.isEmpty }

  public static func + (a: SQL, b: SQL) -> SQL { SQL(parts: a.parts + b.parts) }
  public static func += (a: inout SQL, b: SQL) { a.parts += b.parts }
}

extension SQL: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { parts = [.text(text)] }
  public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

  public struct Interpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    public mutating func appendLiteral(_ text: String) { if !text.isEmpty { parts.append(.text(text)) } }

    public mutating func appendInterpolation(_ value: some Bindable) { parts.append(.value(value.value)) }

    public mutating func appendInterpolation(_ value: (some Bindable)?) {
      parts.append(.value(value?.value ?? .null))
    }

    /// As a row had it.
    public mutating func appendInterpolation(_ value: Value) { parts.append(.value(value)) }

    public mutating func appendInterpolation(_ sql: SQL) { parts += sql.parts }

    /// A list of values: `WHERE id IN \(ids)`. One bound value whatever the length.
    public mutating func appendInterpolation<Element: Bindable>(in list: [Element]) {
      parts += SQL.list(list).parts
    }
  }
}

extension Sequence<SQL> {
  /// The parts with a separator between them.
  public func joined(_ separator: SQL) -> SQL {
    reduce(into: SQL.nothing) { sum, part in
      if !sum.isEmpty { sum += separator }
      sum += part
    }
  }

  /// A `WHERE` clause that asks for all of them, or nothing when there are none.
  public var whereClause: SQL {
    let all = map { "(" + $0 + ")" as SQL }.joined(" AND ")
    return all.isEmpty ? .nothing : " WHERE " + all
  }
}

/// A statement in the words of one engine: text with placeholders, and the values for them.
struct Statement: Equatable {
  var text = ""
  var values: [Value] = []

  init(_ sql: SQL, for engine: EngineKind) { append(sql, engine) }

  private mutating func append(_ sql: SQL, _ engine: EngineKind) {
    for part in sql.parts {
      switch part {
      case .text(let text): self.text += text
      case .value(let value):
        values.append(value)
        text += engine == .sqlite ? "?" : "$\(values.count)"
      case .either(let sqlite, let postgres): append(engine == .sqlite ? sqlite : postgres, engine)
      }
    }
  }
}
