/// Which column holds which field, as far as names and contents of the columns tell.
struct ColumnGuess<Field: ImportField>: Equatable, Sendable {
  struct Choice: Equatable, Sendable {
    let column: Int
    /// Between 0 and 1; below 0.6 a person should look.
    let confidence: Double
    /// Other columns that could be meant, the likeliest first.
    var alternatives: [Int] = []
  }

  private(set) var choices: [Field: Choice] = [:]

  subscript(field: Field) -> Int? { choices[field]?.column }

  /// `headers` are empty names where the file has no header; `rows` are the first rows of data.
  init(headers: [String], rows: [CSVRecord]) {
    let columns = headers.enumerated().map {
      ColumnSample(position: $0.offset, header: $0.element, rows: rows)
    }
    chooseByName(columns)
    var free = columns.filter { column in !choices.values.contains { $0.column == column.position } }
    let isHeaderless = columns.allSatisfy(\.key.isEmpty)
    for hint in Field.contentHints where choices[hint.field] == nil && (isHeaderless || !hint.onlyHeaderless) {
      let fitting = free.indices.filter { hint.fits(free[$0]) }
      guard let index = fitting.first, isHeaderless || !hint.onlyWhenAlone || fitting.count == 1 else {
        continue
      }
      choices[hint.field] = Choice(column: free.remove(at: index).position, confidence: ContentHint<Field>.confidence)
    }
  }

  private mutating func chooseByName(_ columns: [ColumnSample]) {
    var candidates: [(field: Field, column: Int, score: Double)] = []
    for column in columns {
      for field in Field.allCases {
        let score = column.score(for: field.words)
        if score > 0.25 { candidates.append((field, column.position, score)) }
      }
    }
    candidates.sort { ($0.score, -$0.column) > ($1.score, -$1.column) }
    var taken: Set<Int> = []
    for candidate in candidates where choices[candidate.field] == nil && !taken.contains(candidate.column) {
      taken.insert(candidate.column)
      choices[candidate.field] = Choice(column: candidate.column, confidence: candidate.score)
    }
    for candidate in candidates where choices[candidate.field]?.column != candidate.column {
      choices[candidate.field]?.alternatives.append(candidate.column)
    }
  }
}

/// What the cells alone say about a column whose name says nothing.
struct ContentHint<Field: Sendable>: Sendable {
  let field: Field
  /// Only where the file names no column at all.
  let onlyHeaderless: Bool
  /// Among named columns only if no second one fits as well.
  let onlyWhenAlone: Bool
  let fits: @Sendable (ColumnSample) -> Bool

  /// How sure it makes.
  static var confidence: Double { 0.4 }

  init(
    _ field: Field, onlyHeaderless: Bool = false, onlyWhenAlone: Bool = false,
    fits: @escaping @Sendable (ColumnSample) -> Bool
  ) {
    self.field = field
    self.onlyHeaderless = onlyHeaderless
    self.onlyWhenAlone = onlyWhenAlone
    self.fits = fits
  }
}

extension CustomerField {
  static var contentHints: [ContentHint<CustomerField>] {
    [
      ContentHint(.phone) { $0.kind == .phone },
      ContentHint(.email) { $0.kind == .email },
      ContentHint(.id, onlyHeaderless: true) { $0.kind == .number && !$0.hasDecimals },
      ContentHint(.name, onlyHeaderless: true) { $0.kind == nil && !$0.isEmpty && !$0.isConstant },
    ]
  }
}

extension OrderField {
  static var contentHints: [ContentHint<OrderField>] {
    [
      ContentHint(.date) { $0.kind == .date },
      ContentHint(.phone, onlyHeaderless: true) { $0.kind == .phone },
      ContentHint(.amount, onlyWhenAlone: true) { $0.kind == .number && $0.hasDecimals },
      ContentHint(.customerID, onlyHeaderless: true) { $0.kind == .number && $0.looksLikeReference },
      ContentHint(.customerName, onlyHeaderless: true) { $0.kind == nil && !$0.isEmpty },
      ContentHint(.amount, onlyHeaderless: true) { $0.kind == .number },
    ]
  }
}

/// Finds the column a person means by its name, however spelt, or by its number counted from 1.
enum ColumnName {
  static func find(_ typed: String, in headers: [String]) -> Int? {
    let name = typed.trimmed
    if let exact = headers.firstIndex(where: { $0.trimmed == name }) { return exact }
    let key = HeaderKey.of(name)
    if !key.isEmpty, let close = headers.firstIndex(where: { HeaderKey.of($0) == key }) { return close }
    guard let number = Int(name), headers.indices.contains(number - 1) else { return nil }
    return number - 1
  }
}
