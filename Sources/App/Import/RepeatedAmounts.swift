/// Whether the amounts on the lines of an order are each line's own or the order's, told from orders that have several.
struct RepeatedAmounts: Sendable {
  /// What an order tells.
  enum Vote: Hashable, Sendable {
    case line, order
    /// The same amount on each line, and nothing to compare it with.
    case open
    /// An amount on one line alone, and nothing to compare it with: the sum is the same in either reading.
    case alone
  }

  struct Decision: Equatable, Sendable {
    var reading: ImportOptions.Amounts
    var isCertain = true
  }

  /// How one line tells its amounts, in ten-thousandths; nil where the cell is empty.
  private struct Line {
    let amount, refund, cost, product: Int64?
  }

  /// So many orders tell what the others are.
  static let enough = 3_000

  private(set) var count = 0
  private var amounts: [Vote: Int] = [:]
  private var refunds: [Vote: Int] = [:]
  private var costs: [Vote: Int] = [:]

  /// Takes in the lines of one order.
  mutating func add(_ rows: [CSVRecord], _ columns: [String: Int], _ mark: DecimalMark) {
    guard rows.count > 1 else { return }
    func number(_ row: CSVRecord, _ field: String, decimals: Int = 4) -> Int64? {
      columns[field].flatMap { try? Amount.minorUnits(row.text(in: $0), decimals: decimals, mark: mark) }
    }
    let lines = rows.map { row in
      Line(
        amount: number(row, "amount"), refund: number(row, "refund_amount"), cost: number(row, "cost"),
        product: Self.product(number(row, "unit_price"), number(row, "quantity", decimals: 3) ?? 1_000))
    }
    count += 1
    if let vote = Self.vote(lines) { amounts[vote, default: 0] += 1 }
    if let vote = Self.vote(refunds: lines) { refunds[vote, default: 0] += 1 }
    if let vote = Self.vote(Self.same(lines.map(\.cost))) { costs[vote, default: 0] += 1 }
  }

  private static func product(_ price: Int64?, _ quantity: Int64) -> Int64? {
    price.flatMap { Int64(exactly: Int128($0) * Int128(quantity) / 1_000) }
  }

  /// The amount that all lines have, or one of them alone; `several` where they differ.
  private enum Pattern {
    case none, alone(Int), same(Int64), several
  }

  private static func same(_ values: [Int64?]) -> Pattern {
    let given = values.indices.filter { values[$0] ?? 0 != 0 }
    guard let first = given.first, let value = values[first] else { return .none }
    if given.count == 1 { return .alone(first) }
    // A gift has no amount, whichever reading.
    return given.allSatisfy { values[$0] == value } ? .same(value) : .several
  }

  private static func vote(_ pattern: Pattern) -> Vote? {
    switch pattern {
    case .none, .alone: nil
    case .same: .open
    case .several: .line
    }
  }

  private static func vote(_ lines: [Line]) -> Vote? {
    let products = lines.compactMap(\.product)
    let sum = products.count == lines.count ? products.reduce(Int64(0)) { $0.clampedPlus($1) } : nil
    switch same(lines.map(\.amount)) {
    case .none: return nil
    case .several: return .line
    case .alone(let place):
      guard let sum, let amount = lines[place].amount, let own = lines[place].product else { return .alone }
      return distance(amount, own) < distance(amount, sum) ? .line : .order
    case .same(let amount):
      guard let sum else { return .open }
      let told = lines.count { $0.amount ?? 0 != 0 }
      let (each, once) = (distance(amount.clampedTimes(told), sum), distance(amount, sum))
      return each == once ? .open : each < once ? .line : .order
    }
  }

  /// More cannot come back of a line than was paid for it.
  private static func vote(refunds lines: [Line]) -> Vote? {
    let pattern = same(lines.map(\.refund))
    guard case .same(let refund) = pattern else { return vote(pattern) }
    let isTooMuch = lines.contains { ($0.amount ?? .max).magnitude < refund.magnitude }
    return isTooMuch ? .order : .open
  }

  private static func distance(_ a: Int64, _ b: Int64) -> UInt64 { a.clampedMinus(b).magnitude }

  // MARK: Decisions

  /// Whether some order has the same amount on each line.
  var hasDoubt: Bool { amounts[.open] != nil || amounts[.order] != nil }

  var ofAmounts: Decision { Self.decision(amounts) }

  /// Where the amount is the order's, what was refunded of it is so too.
  func ofRefunds(_ amounts: ImportOptions.Amounts) -> Decision {
    let found = Self.decision(refunds)
    return found.isCertain || amounts == .line ? found : Decision(reading: .order)
  }

  /// A cost that stands on each line is the order's where the amount is.
  func ofCosts(_ amounts: ImportOptions.Amounts) -> ImportOptions.Amounts {
    amounts == .order && costs[.line] == nil && costs[.open] != nil ? .order : .line
  }

  /// Where nothing is told, that every line has the amount of the others is no proof: it is asked.
  private static func decision(_ votes: [Vote: Int]) -> Decision {
    let (lines, orders, open) = (votes[.line, default: 0], votes[.order, default: 0], votes[.open, default: 0])
    if lines + orders == 0 {
      return Decision(reading: open + votes[.alone, default: 0] > 0 ? .order : .line, isCertain: open == 0)
    }
    if orders == 0 { return Decision(reading: .line, isCertain: lines * 4 >= open) }
    let share = Double(orders) / Double(orders + lines)
    return Decision(reading: share >= 0.5 ? .order : .line, isCertain: share >= 0.9 || share <= 0.1)
  }
}

extension Int64 {
  fileprivate func clampedTimes(_ factor: Int) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: Int64(factor))
    return overflow ? (self < 0) == (factor < 0) ? .max : .min : product
  }
}
