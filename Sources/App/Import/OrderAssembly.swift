import Store
import Web

/// Makes orders out of the rows of a file. All rows of an order are taken, or none.
struct OrderAssembly: Sendable {
  let options: ImportOptions
  let settings: Settings
  /// How many rows without an order number said the same as this one.
  private var occurrences: [Int64: Int] = [:]

  init(_ options: ImportOptions, _ settings: Settings) {
    self.options = options
    self.settings = settings
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
    let rows = group.rows.filter { $0.use != .leftOut }
    let left = group.rows.filter { $0.use == .leftOut }
    outcome.money.leftOut = left.reduce(into: LeftMoney()) { $0.add(rows: 1, Self.money($1.worth, $1)) }
    if rows.isEmpty, let first = left.first, first.number != "", left.count == group.lines.count {
      outcome.leftOut = LeftOrder(number: first.number, line: first.line)
    }
    guard left.count < group.lines.count else { return outcome }
    outcome.problems = group.problems
    let all = worth(of: group, without: left)
    guard let first = rows.first else {
      outcome.money.rejected = all
      return outcome
    }
    if !outcome.problems.contains(where: { !$0.isWarning }) { outcome.problems += conflicts(rows, first) }
    outcome.money.note(rows) { base($0, first) }
    guard let customer = customer(of: rows) else {
      let unread = Set(rows.map(\.line))
      outcome.problems += group.lines.filter(unread.contains).map { ImportProblem(.noCustomer, line: $0) }
      outcome.money.unassigned = all
      return outcome
    }
    if let bad = outcome.problems.first(where: { !$0.isWarning })?.line {
      let wrong = Set(outcome.problems.filter { !$0.isWarning }.map(\.line)).union(left.map(\.line))
      let others = Set(group.lines).subtracting(wrong).sorted()
      outcome.problems += others.map { ImportProblem(.otherRow, line: $0, otherLine: bad) }
      outcome.money.rejected = all
      return outcome
    }
    outcome.orders = assemble(rows, customer)
    if customer.isWalkIn {
      let amount = outcome.orders.reduce(Int64(0)) { $0.clampedPlus($1.amount) }
      outcome.money.walkIn = LeftMoney(rows: rows.count, Self.money(amount, first))
    }
    return outcome
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
    let total = rows.first { $0.amount != nil }
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
    if total == nil, rows.allSatisfy({ $0.lineAmount == nil }) {
      problems.append(ImportProblem(.blank, line: first.line))
    }
    problems += rows.compactMap { row in
      guard let total, let amount = row.amount, amount != total.amount, row.use == total.use else { return nil }
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

  /// What was bought, and what of it came back: returns have a number of their own.
  private mutating func assemble(_ rows: [OrderRow], _ customer: CustomerName) -> [FiledOrder] {
    let number = rows[0].number.isEmpty ? fingerprint(rows[0]) : rows[0].number
    let bought = rows.filter { $0.use == .counts }
    let returned = rows.filter { $0.use == .return }
    if bought.isEmpty { return [order(returned, number, customer)] }
    var orders = split(order(bought, number, customer), refund: refund(of: bought))
    if !returned.isEmpty { orders.append(order(returned, number + "-R\(orders.count > 1 ? "2" : "")", customer)) }
    return orders
  }

  private func order(_ rows: [OrderRow], _ number: String, _ customer: CustomerName) -> FiledOrder {
    let first = rows[0]
    var note = ""
    for row in rows where !row.note.isEmpty && !note.contains(row.note) {
      note += (note.isEmpty ? "" : "\n") + row.note
    }
    var order = FiledOrder(
      line: first.line, furtherLines: rows.dropFirst().map(\.line), number: number, customer: customer, day: first.day,
      currency: first.currency, note: String(note.prefix(5_000)))
    let amounts = lineAmounts(of: rows)
    for (row, amount) in zip(rows, amounts) {
      order.quantity = order.quantity.clampedPlus(row.quantity)
      order.amount = order.amount.clampedPlus(amount)
      order.cost = order.cost.clampedPlus(row.cost)
      order.lines.append(
        FiledOrder.Line(
          productNumber: row.productNumber, productName: row.productName, productCategory: row.productCategory,
          productBrand: row.productBrand, quantity: row.quantity, amount: amount, cost: row.cost))
    }
    if !order.lines.contains(where: \.namesProduct) { order.lines = [] }
    return order
  }

  /// The amount of each row; a total of the order is shared out among them by what they come to without a discount.
  private func lineAmounts(of rows: [OrderRow]) -> [Int64] {
    guard options.amounts == .order, let total = rows.lazy.compactMap(\.amount).first else {
      return rows.map { $0.worth ?? 0 }
    }
    let prices = rows.compactMap(\.lineAmount)
    return Shares.of(total, by: prices.count == rows.count ? prices : rows.map(\.quantity))
  }

  private func refund(of rows: [OrderRow]) -> Int64 {
    options.refundAmounts == .order
      ? rows.first { $0.refund > 0 }?.refund ?? 0 : rows.reduce(0) { $0.clampedPlus($1.refund) }
  }

  /// What was refunded becomes a return of its own, of the same day.
  private func split(_ order: FiledOrder, refund: Int64) -> [FiledOrder] {
    guard refund > 0 else { return [order] }
    var order = order
    if options.refunds == .deducted { order.amount = order.amount.clampedPlus(refund) }
    let back = FiledOrder(
      line: order.line, isRefund: true, number: order.number + "-R", customer: order.customer, day: order.day,
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
    let isOneSign = weights.allSatisfy { $0 > 0 } || weights.allSatisfy { $0 < 0 }
    let weights = isOneSign ? weights.map { Int128($0) } : weights.map { _ in 1 }
    let all = weights.reduce(0, +)
    guard all != 0 else { return [] }
    var shares = weights.map { Int64(truncatingIfNeeded: Int128(whole) * $0 / all) }
    shares[0] += whole - shares.reduce(0, &+)
    return shares
  }
}

/// An order that its state leaves out.
struct LeftOrder: Equatable, Sendable {
  let number: String
  let line: Int
}
