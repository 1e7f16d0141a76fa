/// What the rows of a file tell of how they are to be read, row by row.
struct ImportEvidence: Sendable {
  /// Columns whose values show how dates and numbers are written.
  static let dates = ["date", "birthday", "created_on"]
  static let numbers = ["amount", "unit_price", "cost", "refund_amount", "quantity"]
  /// Columns whose words say what an order counts for.
  private static let states = ["status", "type"]
  private static let mostStates = 200

  private let dateColumns: [Int]
  private let numberColumns: [Int]
  private let stateColumns: [Int]
  private let moneyColumns: [Int]
  private let currencyColumn: Int?
  private let numberColumn: Int?
  /// The firm's currency, which signs that several share mean where it is among them.
  private let currency: String

  private(set) var days = DayOrder.Evidence()
  private var marks = DecimalMark.Tally()
  private var states: [String: Int] = [:]
  /// Rows whose amount says its currency, by that, and how many do not.
  private(set) var currencies: [String: Int] = [:]
  private(set) var unnamed = 0
  /// Numbers of orders that end as those of returns do which are made of others.
  private(set) var returnNumbers: Set<String> = []

  init(_ columns: [String: Int], currency: String = "") {
    self.currency = currency
    numberColumn = columns["order_id"]
    dateColumns = Self.dates.compactMap { columns[$0] }
    numberColumns = Self.numbers.compactMap { columns[$0] }
    stateColumns = Self.states.compactMap { columns[$0] }
    moneyColumns = ["amount", "unit_price"].compactMap { columns[$0] }
    currencyColumn = columns["currency"]
  }

  mutating func add(_ record: CSVRecord) {
    for column in dateColumns where record.fields.indices.contains(column) { days.add(record.text(in: column)) }
    for column in numberColumns where record.fields.indices.contains(column) { marks.add(record.text(in: column)) }
    for column in stateColumns {
      let word = record.text(in: column)
      guard !word.isEmpty, states[word] != nil || states.count < Self.mostStates else { continue }
      states[word, default: 0] += 1
    }
    addCurrency(record)
    if let numberColumn, record.fields.indices.contains(numberColumn), record.fields[numberColumn].utf8.last == 0x52 {
      let number = OutsideID.normal(record.text(in: numberColumn))
      if number.hasSuffix("-R") || number.hasSuffix("-RR") { returnNumbers.insert(number) }
    }
  }

  private mutating func addCurrency(_ record: CSVRecord) {
    guard let amount = moneyColumns.lazy.map({ record.text(in: $0) }).first(where: { !$0.isEmpty }) else { return }
    let typed = currencyColumn.map { record.text(in: $0) } ?? ""
    if let code = CurrencyName.code(of: typed) ?? CurrencyName.sign(in: amount, usually: currency) {
      currencies[code, default: 0] += 1
    } else if amount.utf8.allSatisfy({ $0 < 0x80 })
      || !amount.unicodeScalars.contains(where: { $0 == "元" || $0 == "圆" || $0 == "块" })
    {
      unnamed += 1
    }
  }

  func dayOrder(_ options: ImportOptions) -> DayOrder.Decision {
    options.dayOrder.map { DayOrder.Decision(order: $0, isCertain: true) } ?? days.decision(preferring: .yearFirst)
  }

  func mark(_ options: ImportOptions) -> DecimalMark.Decision {
    options.mark.map { DecimalMark.Decision(mark: $0, isCertain: true) } ?? marks.decision
  }

  /// The words for states and types, the most frequent first.
  func statuses(_ options: ImportOptions) -> [StatusFound] {
    states.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { value, rows in
      let isKnown = options.statuses?[value] != nil || OrderStatus.use(of: value) != nil
      return StatusFound(value: value, use: options.use(ofStatus: value), isKnown: isKnown, rows: rows)
    }
  }
}
