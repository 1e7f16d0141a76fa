import Store
import Web

/// Makes orders out of the rows of a file. All rows of an order are taken, or none.
struct OrderAssembly: Sendable {
  let options: ImportOptions
  let settings: Settings
  /// Numbers of the file that look like those of returns it makes.
  let taken: Set<String>
  /// How many rows without an order number said the same as this one.
  private var occurrences: [Int64: Int] = [:]

  init(_ options: ImportOptions, _ settings: Settings, taken: Set<String> = []) {
    self.options = options
    self.settings = settings
    self.taken = taken
  }

  private var language: Language { settings.language }

  /// What became of the rows of one order.
  struct Outcome {
    var orders: [FiledOrder] = []
    var problems: [ImportProblem] = []
    var money = ImportMoney()
    /// The number and the row of an order that its state leaves out.
    var leftOut: LeftOrder?
  }

  /// The order, and the return of what came back; no order when some row has a problem.
  mutating func orders(of group: FiledGroup<OrderRow>) -> Outcome {
    var outcome = Outcome()
    let all = Self.withStates(group.rows)
    let left = all.filter { $0.use == .leftOut }
    let rows = left.isEmpty ? all : all.filter { $0.use != .leftOut }
    let isLeftOut = rows.isEmpty && !left.isEmpty
    outcome.money.leftOut =
      isLeftOut
      ? worth(of: group, without: []) : left.reduce(into: LeftMoney()) { $0.add(rows: 1, Self.money($1.worth, $1)) }
    if isLeftOut {
      outcome.leftOut = LeftOrder(number: number(of: left[0]), line: left[0].line)
      return outcome
    }
    let gone = Set(left.map(\.line))
    outcome.problems = group.problems.filter { !gone.contains($0.line) }
    let worth = worth(of: group, without: left)
    guard let first = rows.first else {
      // A row of totals is no order that is missing.
      if outcome.problems.contains(where: { !$0.isWarning }) { outcome.money.rejected = worth }
      return outcome
    }
    if !outcome.problems.contains(where: { !$0.isWarning }) { outcome.problems += conflicts(rows, first) }
    outcome.money.note(rows) { base($0, first) }
    guard let customer = customer(of: rows) else {
      outcome.problems += rows.map { ImportProblem(.noCustomer, line: $0.line) }
      outcome.money.unassigned = worth
      return outcome
    }
    let isRight = outcome.problems.allSatisfy(\.isWarning)
    let orders = isRight ? assemble(rows, customer) : []
    outcome.problems += orders.lazy.compactMap(excess).prefix(1)
    if let bad = outcome.problems.first(where: { !$0.isWarning })?.line {
      let wrong = Set(outcome.problems.filter { !$0.isWarning }.map(\.line)).union(gone)
      let others = Set(group.lines).subtracting(wrong).sorted()
      outcome.problems += others.map { ImportProblem(.otherRow, line: $0, otherLine: bad) }
      outcome.money.rejected = worth
      return outcome
    }
    outcome.orders = orders
    outcome.money.extent = orders.reduce(OrderExtent()) { $0 + extent(of: $1) }
    if customer.isWalkIn {
      let amount = outcome.orders.reduce(Int64(0)) { $0.clampedPlus($1.amount) }
      outcome.money.walkIn = LeftMoney(rows: rows.count, Self.money(amount, first))
    }
    return outcome
  }

  /// Many files tell the state of an order on its first line alone: lines that tell none have that of the others.
  private static func withStates(_ rows: [OrderRow]) -> [OrderRow] {
    guard rows.count > 1, rows.contains(where: { $0.use == nil }) else { return rows }
    let told = rows.filter { $0.use != nil }
    guard let first = told.first else { return rows }
    let isOne = told.allSatisfy { $0.use == first.use && $0.isTakenBack == first.isTakenBack }
    return rows.map { row in
      guard row.use == nil, isOne else { return row }
      var row = row
      (row.use, row.isTakenBack) = (first.use, first.isTakenBack)
      return row
    }
  }

  private func base(_ amount: Int64?, _ row: OrderRow) -> Int64? {
    amount.flatMap { settings.convert($0, from: row.currency) }
  }

  private static func money(_ amount: Int64?, _ row: OrderRow) -> Money? { amount.map { Money($0, row.currency) } }

  /// What the lines that are no part of an order come to, a total of the order once.
  private func worth(of group: FiledGroup<OrderRow>, without left: [OrderRow]) -> LeftMoney {
    let gone = Set(left.map(\.line))
    let worths = zip(group.lines, group.worths).filter { !gone.contains($0.0) }.map(\.1)
    if options.amounts == .order, let total = worths.lazy.compactMap(\.self).first {
      return LeftMoney(rows: worths.count, total)
    }
    return worths.reduce(into: LeftMoney()) { $0.add(rows: 1, $1) }
  }

  private func conflicts(_ rows: [OrderRow], _ first: OrderRow) -> [ImportProblem] {
    let total = rows.first { $0.amount ?? 0 != 0 }
    var problems = rows.dropFirst().compactMap { row -> ImportProblem? in
      let isOther =
        row.customerNumber != first.customerNumber && !row.customerNumber.isEmpty && !first.customerNumber.isEmpty
      let isOtherName =
        row.customerName != first.customerName && !row.customerName.isEmpty && !first.customerName.isEmpty
      if isOther || isOtherName {
        let value = isOther ? row.customerNumber : row.customerName
        return ImportProblem(.otherCustomer, line: row.line, value: value, otherLine: first.line)
      }
      if row.currency != first.currency {
        return ImportProblem(.otherCurrency, line: row.line, value: row.currency, otherLine: first.line)
      }
      guard row.day != first.day else { return nil }
      return ImportProblem(
        .otherDay, line: row.line, value: row.day.description, otherLine: first.line, isWarning: true)
    }
    guard options.amounts == .order else { return problems }
    if rows.allSatisfy({ $0.worth == nil }) {
      problems.append(ImportProblem(.blank, line: first.line))
    }
    problems += rows.compactMap { row in
      guard let total, let amount = row.amount, amount != 0, amount != total.amount, row.use == total.use else {
        return nil
      }
      let value = Money(amount, row.currency).decimal
      return ImportProblem(.otherTotal, line: row.line, value: value, otherLine: total.line)
    }
    return problems
  }

  private func customer(of rows: [OrderRow]) -> CustomerName? {
    func first(_ text: (OrderRow) -> String) -> String { rows.lazy.map(text).first { !$0.isEmpty } ?? "" }
    let phones = rows.lazy.map(\.phones).first { !$0.isEmpty } ?? []
    let region = first(\.region)
    let number = first(\.customerNumber)
    let name = first(\.customerName)
    if phones.isEmpty, WalkIn.isName(name) {
      return CustomerName(number: number.isEmpty ? WalkIn.number : number, name: name, isWalkIn: true)
    }
    if !number.isEmpty || !name.isEmpty || !phones.isEmpty {
      let called = name.isEmpty ? number.isEmpty ? phones[0].typed : number : name
      return CustomerName(number: number, name: called, region: region, phones: phones)
    }
    switch options.withoutCustomer {
    case .walkIn: return walkIn(nil)
    case .byRegion: return walkIn(region.isEmpty ? nil : Region.resolve(region).flatMap(Self.province))
    case .reject, nil: return nil
    }
  }

  private static func province(of region: Region) -> Region? {
    Region.provinces.first { $0.code.prefix(2) == region.code.prefix(2) }
  }

  private func walkIn(_ region: Region?) -> CustomerName {
    let name = ImportWords.walkIn[language]
    guard let region else { return CustomerName(number: WalkIn.number, name: name, isWalkIn: true) }
    return CustomerName(
      number: "\(WalkIn.number)-\(region.code)", name: "\(name) · \(region.shortName)", isWalkIn: true,
      region: region.name)
  }

  private mutating func number(of row: OrderRow) -> String { row.number.isEmpty ? fingerprint(row) : row.number }

  /// What was bought, and what of it came back: returns have a number of their own.
  private mutating func assemble(_ rows: [OrderRow], _ customer: CustomerName) -> [FiledOrder] {
    let number = number(of: rows[0])
    let hasReturns = rows.contains { $0.use == .return || $0.isTakenBack }
    let bought = hasReturns ? rows.filter { $0.use != .return } : rows
    let returned = hasReturns ? rows.filter { $0.use == .return || $0.isTakenBack }.map(\.asReturn) : []
    if bought.isEmpty { return [order(returned, number, customer)] }
    var orders = split(order(bought, number, customer), refund: refund(of: bought))
    if !returned.isEmpty {
      orders.append(order(returned, free(number, orders.count > 1 ? "-R2" : "-R"), customer, isPart: true))
    }
    return orders
  }

  /// A number for the return of an order that no other of the file has.
  private func free(_ number: String, _ suffix: String) -> String {
    var number = number + suffix
    while taken.contains(number) { number += "R" }
    return number
  }

  private func order(
    _ rows: [OrderRow], _ number: String, _ customer: CustomerName, isPart: Bool = false
  ) -> FiledOrder {
    let first = rows[0]
    var note = ""
    for row in rows where !row.note.isEmpty && !note.contains(row.note) {
      note += (note.isEmpty ? "" : "\n") + row.note
    }
    var order = FiledOrder(
      line: first.line, furtherLines: rows.dropFirst().map(\.line), isRefund: isPart, number: number,
      customer: customer,
      day: first.day, currency: first.currency, note: String(note.prefix(5_000)))
    let amounts = lineAmounts(of: rows)
    let costs = costs(of: rows)
    for ((row, amount), cost) in zip(zip(rows, amounts), costs) {
      order.quantity = order.quantity.clampedPlus(row.quantity)
      order.amount = order.amount.clampedPlus(amount)
      order.cost = order.cost.clampedPlus(cost)
      order.lines.append(
        FiledOrder.Line(
          productNumber: row.productNumber, productName: row.productName, productCategory: row.productCategory,
          productBrand: row.productBrand, quantity: row.quantity, amount: amount, cost: cost))
    }
    if !order.lines.contains(where: \.namesProduct) { order.lines = [] }
    return order
  }

  /// The amount of each row; a total of the order is shared out among them by what they come to without a discount.
  private func lineAmounts(of rows: [OrderRow]) -> [Int64] {
    let told = rows.compactMap(\.amount)
    guard options.amounts == .order, let total = told.first(where: { $0 != 0 }) ?? told.first else {
      return rows.map { $0.worth ?? 0 }
    }
    return Shares.of(total, by: weights(of: rows))
  }

  /// The cost of each row; that of the order, which each repeats, is shared out.
  private func costs(of rows: [OrderRow]) -> [Int64] {
    guard options.costAmounts == .order, let cost = rows.first?.cost, rows.allSatisfy({ $0.cost == cost }) else {
      return rows.map(\.cost)
    }
    return Shares.of(cost, by: weights(of: rows))
  }

  private func weights(of rows: [OrderRow]) -> [Int64] {
    let prices = rows.compactMap(\.lineAmount)
    return prices.count == rows.count ? prices : rows.map(\.quantity)
  }

  /// Where refunds that are said to be the order's differ, they are its lines'.
  private func refund(of rows: [OrderRow]) -> Int64 {
    let told = rows.map(\.refund).filter { $0 > 0 }
    if options.refundAmounts == .order, Set(told).count == 1 { return told[0] }
    return told.reduce(0) { $0.clampedPlus($1) }
  }

  /// What was refunded becomes a return of its own, of the same day.
  private func split(_ order: FiledOrder, refund: Int64) -> [FiledOrder] {
    guard refund > 0 else { return [order] }
    var order = order
    if options.refunds == .deducted { order.amount = order.amount.clampedPlus(refund) }
    let back = FiledOrder(
      line: order.line, isRefund: true, number: free(order.number, "-R"), customer: order.customer, day: order.day,
      currency: order.currency,
      quantity: refund >= order.amount ? -order.quantity : 0, amount: -refund, note: ImportWords.refund[language])
    return [order, back]
  }

  /// A number for a row that has none: the same content gives the same number, and the same content again the
  /// next, so that a file imported twice changes nothing and equal rows stay apart.
  private mutating func fingerprint(_ row: OrderRow) -> String {
    let parts = [
      row.customerNumber, row.customerName, "\(row.day) \(row.second)", "\(row.worth ?? 0) \(row.cost) \(row.quantity)",
      row.currency, row.productNumber, row.productName, row.region, "\(row.refund)", row.phones.map(\.normal).joined(),
    ]
    let digest = Digest.sha256(Array(parts.joined(separator: "\u{1F}").utf8))
    let bits = digest.prefix(8).reduce(Int64(0)) { ($0 & 0x007F_FFFF_FFFF_FFFF) << 8 | Int64($1) }
    let number = "~" + ID<Order>(raw: bits).description
    let count = (occurrences[bits] ?? 0) + 1
    occurrences[bits] = count
    return count == 1 ? number : "\(number)-\(count)"
  }
}

/// A whole shared out by weights.
enum Shares {
  /// Whole numbers that add up to the whole exactly; what rounding leaves goes to the first. Weights that say nothing, as they
  /// are zero or of both signs, make equal shares.
  static func of(_ whole: Int64, by weights: [Int64]) -> [Int64] {
    let isOneSign = (weights.allSatisfy { $0 >= 0 } || weights.allSatisfy { $0 <= 0 }) && weights.contains { $0 != 0 }
    let weights = isOneSign ? weights.map { Int128($0) } : weights.map { _ in 1 }
    let all = weights.reduce(0, +)
    guard all != 0 else { return [] }
    var shares = weights.map { Int64(truncatingIfNeeded: Int128(whole) * $0 / all) }
    let first = weights.firstIndex { $0 != 0 } ?? 0
    shares[first] += whole - shares.reduce(0, &+)
    return shares
  }
}

/// An order that its state leaves out.
struct LeftOrder: Equatable, Sendable {
  let number: String
  let line: Int
}
