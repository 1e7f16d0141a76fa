import Foundation
import Store

/// Reads the cells of one row as the values its fields ask for, and notes what is wrong with them.
struct Cells<Field: ImportField> {
  private let record: CSVRecord
  private let layout: RowLayout<Field>
  private(set) var problems: [ImportProblem] = []
  /// What stood where phones were wanted and is none, with the column's name, to be kept in words.
  private(set) var unread: [String] = []

  init(_ record: CSVRecord, _ layout: RowLayout<Field>) {
    self.record = record
    self.layout = layout
    if case .tooMany = record.misfit(columns: layout.width) {
      problems.append(ImportProblem(.tooManyFields, line: record.line, value: record.fields.last?.trimmed ?? ""))
    }
    if record.oddities.contains(.zeroBytes) { warn(.zeroBytes) }
    if record.oddities.contains(.openQuote) { warn(.openQuote) }
    if record.oddities.contains(.badBytes) { noteBadBytes() }
    if !record.errors.isEmpty { noteErrors() }
  }

  /// A warning for each cell that is imported and of which something cannot be read.
  private mutating func noteBadBytes() {
    for (column, name) in layout.used where record.text(in: column).holdsReplacement {
      warn(.badBytes, name, record.text(in: column))
    }
  }

  private mutating func noteErrors() {
    for (column, name) in layout.used {
      if let text = record.errors[column] { warn(.errorCell, name, text) }
    }
  }

  private mutating func warn(_ code: ImportProblem.Code, _ column: String = "", _ value: String = "") {
    problems.append(ImportProblem(code, line: line, column: column, value: value, isWarning: true))
  }

  var line: Int { record.line }
  var isRejected: Bool { problems.contains { !$0.isWarning } }

  /// Whether the row adds up others: it says so where it could name itself, and tells nothing that only one of them has.
  func isTotal(naming fields: [Field], without others: [Field]) -> Bool {
    guard others.allSatisfy({ raw($0).isEmpty }) else { return false }
    return TotalRow.isNamed(by: record.text(in: 0)) || fields.contains { TotalRow.isNamed(by: raw($0)) }
  }

  /// Says that the row is left out, which is nobody's fault.
  var problemsOfTotal: [ImportProblem] {
    [ImportProblem(.totalRow, line: line, isWarning: true)]
  }

  func has(_ field: Field) -> Bool { layout.columns[field] != nil }

  /// Without blanks around it; empty where no column has it.
  func raw(_ field: Field) -> String { layout.text(of: field, in: record) }

  /// What stands in columns that are no fields, by their names.
  func others(_ columns: [RowLayout<Field>.Other]) -> [(name: String, value: String)] {
    columns.map { ($0.name, record.text(in: $0.column)) }.filter { !$0.value.isEmpty }
  }

  /// The same of the columns that go into the firm's own fields, each on one line, by where they stand.
  mutating func own(limit: Int) -> [Int: String] {
    var values: [Int: String] = [:]
    for column in layout.own {
      let text = record.text(in: column.column).onOneLine
      guard !text.isEmpty else { continue }
      guard text.utf8.count > limit, text.count > limit else {
        values[column.column] = text
        continue
      }
      problems.append(ImportProblem(.tooLong, line: line, column: column.name, value: text))
    }
    return values
  }

  mutating func text(_ field: Field, limit: Int) -> String {
    let text = raw(field)
    guard text.utf8.count > limit, text.count > limit else { return text }
    note(.tooLong, field)
    return ""
  }

  /// The same on one line.
  mutating func line(_ field: Field, limit: Int) -> String {
    text(field, limit: limit).onOneLine
  }

  /// A number that names somebody or something; one whose digits a spreadsheet lost names nobody.
  mutating func id(_ field: Field) -> String {
    let text = line(field, limit: 100)
    guard LostDigits.areIn(text) else { return text }
    note(.digitsLost, field, isWarning: true)
    return ""
  }

  /// Nil when the cell is empty or wrong, or tells a day that cannot be meant.
  mutating func day(_ field: Field, since earliest: Int = 1970, isWarning: Bool = false) -> (day: Day, second: Int)? {
    let text = raw(field)
    if text.isEmpty { return nil }
    do {
      let parsed = try ParsedDay.parse(text, order: layout.dayOrder)
      let second = parsed.second ?? 0
      var day = Day(number: parsed.daysSince1970)
      if let offset = parsed.offset {
        let seconds = Int64(day.number) * 86_400 + Int64(second - offset)
        day = Instant(milliseconds: seconds * 1000).day(in: layout.zone)
      }
      return isPlausible(day, since: earliest, field, isWarning) ? (day, second) : nil
    } catch {
      note(error, field, isWarning: isWarning)
      return nil
    }
  }

  /// Orders can be for days to come, but not for years to come; nobody was born or noted on a day to come.
  private mutating func isPlausible(_ day: Day, since earliest: Int, _ field: Field, _ isWarning: Bool) -> Bool {
    let ahead = day.number - layout.today.number
    if day.year < earliest || ahead > 366 || (isWarning && ahead > 0) {
      note(.absurdDate, field, isWarning: isWarning)
      return false
    }
    if ahead > 0 { note(.futureDate, field, isWarning: true) }
    return true
  }

  /// In units of `10^-decimals`; nil when the cell is empty or wrong.
  mutating func amount(_ field: Field, decimals: Int, limit: Int64) -> Int64? {
    let text = raw(field)
    if text.isEmpty { return nil }
    if layout.mark.contradicts(text) {
      note(.otherMark, field)
      return nil
    }
    do {
      let value = try Amount.minorUnits(text, decimals: decimals, mark: layout.mark)
      if value.magnitude <= limit.magnitude { return value }
      note(.numberTooLarge, field)
    } catch { note(error, field) }
    return nil
  }

  mutating func thousandths(_ field: Field, limit: Int64) -> Int64? {
    let text = raw(field)
    if text.isEmpty { return nil }
    if layout.mark.contradicts(text) {
      note(.otherMark, field)
      return nil
    }
    do {
      let value = try Amount.thousandths(text, mark: layout.mark)
      if value.magnitude <= limit.magnitude { return value }
      note(.numberTooLarge, field)
    } catch { note(error, field) }
    return nil
  }

  mutating func phones(_ field: Field) -> [PhoneNumber] {
    let text = raw(field)
    if text.isEmpty { return [] }
    let cell = PhoneCell(text)
    let rest = cell.phones.isEmpty ? [text] : cell.rest
    if !cell.rest.isEmpty {
      let value = rest.joined(separator: " ").onOneLine
      unread.append("\(layout.name(of: field)): \(value)")
      problems.append(
        ImportProblem(.notAPhone, line: line, column: layout.name(of: field), value: value, isWarning: true))
    }
    if cell.phones.contains(where: \.lacksCountry) { note(.noCountry, field, isWarning: true) }
    return cell.phones
  }

  mutating func note(_ code: ImportProblem.Code, _ field: Field, isWarning: Bool = false) {
    problems.append(
      ImportProblem(code, line: line, column: layout.name(of: field), value: raw(field), isWarning: isWarning))
  }

  private mutating func note(_ problem: ValueProblem, _ field: Field, isWarning: Bool = false) {
    problems.append(
      ImportProblem(problem, line: line, column: layout.name(of: field), value: raw(field), isWarning: isWarning))
  }
}

/// Where the fields stand in the rows of a file, and how its values are written.
struct RowLayout<Field: ImportField>: Sendable {
  /// A column that is no field.
  struct Other: Sendable {
    let name: String
    let column: Int
  }

  let columns: [Field: Int]
  let tags: [Other]
  let remarks: [Other]
  let own: [Other]
  let width: Int
  let dayOrder: DayOrder
  let mark: DecimalMark
  let zone: TimeZone
  let today: Day
  private let names: [Field: String]
  /// All columns that are imported, by where they stand.
  let used: [(column: Int, name: String)]

  init(_ setup: ImportSetup, dayOrder: DayOrder, mark: DecimalMark, zone: TimeZone, today: Day) {
    columns = setup.columns(of: Field.self)
    width = setup.shape.columns.count
    names = columns.mapValues(setup.name(of:))
    func others(_ columns: [Int]?) -> [Other] {
      (columns ?? []).filter { setup.shape.columns.indices.contains($0) }
        .map { Other(name: setup.name(of: $0), column: $0) }
    }
    tags = others(setup.options.tagColumns)
    remarks = others(setup.options.remarkColumns)
    own = others(setup.options.fieldColumns?.map(\.column))
    self.dayOrder = dayOrder
    self.mark = mark
    self.zone = zone
    self.today = today
    used = Set(columns.values + (tags + remarks + own).map(\.column)).sorted().map { ($0, setup.name(of: $0)) }
  }

  /// Without blanks around it, and as a program means it where it names something to one; empty where no column has it.
  func text(of field: Field, in record: CSVRecord) -> String {
    guard let column = columns[field] else { return "" }
    return field.isCode ? OutsideID.normal(record.text(in: column)) : record.text(in: column)
  }

  func name(of field: Field) -> String { names[field] ?? "field:\(field.rawValue)" }
}

extension String {
  var onOneLine: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    return split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
