import Store
import Web

/// How a file is to be read and what is to become of its rows. What is nil is found out.
struct ImportOptions: Codable, Equatable, Sendable {
  /// What becomes of orders that do not say whose they are.
  enum WithoutCustomer: String, Codable, CaseIterable, Sendable {
    /// To one walk-in customer, to one for each region, or to nobody: reported as problems.
    case walkIn = "walk_in"
    case byRegion = "by_region"
    case reject
  }

  /// Whether the amount of an order with a refund is what was paid first, or what was left.
  enum Refunds: String, Codable, CaseIterable, Sendable { case separate, deducted }

  /// Whether the lines of an order each tell their own amount, or all that of the order.
  enum Amounts: String, Codable, CaseIterable, Sendable {
    case line, order

    /// `per-line`, `per-order`
    init?(typed: String) {
      let name = typed.hasPrefix("per-") ? String(typed.dropFirst(4)) : typed
      self.init(rawValue: name)
    }
  }

  /// By what a row is taken for a customer who is there already; where that finds nobody, by number or name.
  enum Match: String, Codable, CaseIterable, Sendable { case number, phone, email, name }

  /// What becomes of a value where the record has one already: it is written over, or stays. Lists, such as phones
  /// and tags, are never cut short: what is new is added to them, only to an empty one, or not at all.
  enum Rule: String, Codable, CaseIterable, Sendable {
    case overwrite, fill, keep

    func mayWrite(isEmpty: Bool) -> Bool { self == .overwrite || self == .fill && isEmpty }
  }

  /// Whether these are the choices of an earlier file with the same columns.
  var isRemembered: Bool?
  var encoding: TextEncoding?
  var delimiter: Delimiter?
  /// The sheet of a workbook; its first when nil.
  var sheet: String?
  /// The line of the header; 0 when there is none.
  var header: Int?
  /// The column of each field, counted from 0, by the field's name.
  var columns: [String: Int]?
  /// Columns of customers whose values become tags, and those that are noted in the remark by their names.
  var tagColumns: [Int]?
  var remarkColumns: [Int]?
  /// Columns of customers whose values go into the firm's own fields.
  var fieldColumns: [FieldColumn]?
  var match: Match?
  /// By the field's name; fields that are not named are written over.
  var rules: [String: Rule]?
  /// Whose numbers these are, when not the firm's own.
  var source = ""
  var dayOrder: DayOrder?
  var mark: DecimalMark?
  /// ISO 4217; the firm's when nil.
  var currency: String?
  var filters: [RowFilter] = []
  var withoutCustomer: WithoutCustomer?
  var refunds: Refunds?
  var amounts: Amounts?
  var refundAmounts: Amounts?
  var costAmounts: Amounts?
  /// What words for the state or the type of an order make of it, where that differs from what they are known for.
  var statuses: [String: StatusUse]?
  /// Whether customers who are there already are also found by nothing but their name; yes when nil.
  var matchesNames: Bool?

  /// Whether a file may write a field of a record that is there already, by whether that is empty now.
  func mayWrite(_ field: String, isEmpty: Bool) -> Bool {
    (rules?[field] ?? .overwrite).mayWrite(isEmpty: isEmpty)
  }

  /// What an order of this state or type counts for; a word that nobody knows counts.
  func use(ofStatus text: String) -> StatusUse {
    if text.isEmpty { return .counts }
    return statuses?[text] ?? OrderStatus.use(of: text) ?? .counts
  }

  var choices: FileShape.Choices {
    var choices = FileShape.Choices()
    choices.encoding = encoding
    choices.delimiter = delimiter
    choices.sheet = sheet
    if let header { choices.header = header > 0 ? .line(header) : .none }
    return choices
  }
}

/// Only rows that say this in a column, or do not.
struct RowFilter: Codable, Equatable, Sendable {
  /// A name from the header, or a number from 1.
  var column: String
  var value: String
  var isNot = false

  init(column: String, value: String, isNot: Bool = false) {
    self.column = column
    self.value = value
    self.isNot = isNot
  }

  /// `deal_stage=Won`, `付款时间!=`
  init?(typed: String) {
    guard let sign = typed.firstIndex(of: "=") else { return nil }
    let head = typed[..<sign]
    isNot = head.hasSuffix("!")
    column = String(isNot ? head.dropLast() : head).trimmed
    value = String(typed[typed.index(after: sign)...]).trimmed
    if column.isEmpty { return nil }
  }
}

/// Why a file cannot be imported as it was asked for.
struct ImportRefusal: Error, Equatable, CustomStringConvertible {
  let message: Word
  /// Whether it is the way the file was asked to be read that cannot be.
  var isWrongUse = false
  var description: String { message[Terminal.language] }

  init(_ zh: String, _ en: String, isWrongUse: Bool = false) {
    message = Word(zh, en)
    self.isWrongUse = isWrongUse
  }
  init(_ message: Word, isWrongUse: Bool = false) { (self.message, self.isWrongUse) = (message, isWrongUse) }
}
