import Store
import Web

/// An order as a file tells it, put together from its rows.
struct FiledOrder: Equatable, Sendable {
  struct Line: Equatable, Sendable {
    let productNumber: String
    let productName: String
    /// Of a product that is not there yet.
    let productCategory: String
    let productBrand: String
    let quantity: Int64
    let amount: Int64
    let cost: Int64

    var namesProduct: Bool { !productNumber.isEmpty || !productName.isEmpty }
  }

  /// The row of the file it begins with.
  let line: Int
  /// Further rows it was put together from.
  var furtherLines: [Int] = []
  /// Whether it is the return of what was refunded, which has no row of its own.
  var isRefund = false
  /// Unique in its source; made from the content where the file has none.
  let number: String
  let customer: CustomerName
  let day: Day
  let currency: String
  var quantity: Int64 = 0
  var amount: Int64 = 0
  var cost: Int64 = 0
  var note: String
  var lines: [Line] = []

  var isReturn: Bool { amount < 0 || quantity < 0 }

  /// All rows of the file that become this order.
  var rows: [Int] { isRefund ? [] : [line] + furtherLines }
}

/// How a file calls a customer.
struct CustomerName: Hashable, Sendable {
  var number: String
  /// What a new customer is to be called.
  var name: String
  var isWalkIn = false
  var region = ""
  var phones: [PhoneNumber] = []

  var sought: SoughtCustomer { SoughtCustomer(number: number, name: name, phones: phones.map(\.key)) }
}

/// Makes orders out of the rows of a file. All rows of an order are taken, or none.
struct OrderAssembly: Sendable {
  let options: ImportOptions
  let language: Language
  /// How many rows without an order number said the same as this one.
  private var occurrences: [Int64: Int] = [:]

  init(_ options: ImportOptions, language: Language) {
    self.options = options
    self.language = language
  }

  /// The order, and the return of what was refunded; nothing when some row has a problem.
  mutating func orders(of group: FiledGroup<OrderRow>) -> (orders: [FiledOrder], problems: [ImportProblem]) {
    var problems = group.problems
    guard let first = group.rows.first else { return ([], problems) }
    if !problems.contains(where: { !$0.isWarning }) { problems += conflicts(group.rows, first) }
    guard let customer = customer(of: group.rows) else {
      return ([], problems + group.lines.map { ImportProblem(.noCustomer, line: $0) })
    }
    if let bad = problems.first(where: { !$0.isWarning })?.line {
      let others = Set(group.lines).subtracting(problems.filter { !$0.isWarning }.map(\.line)).sorted()
      return ([], problems + others.map { ImportProblem(.otherRow, line: $0, otherLine: bad) })
    }
    let order = assemble(group.rows, first, customer)
    return (split(order, refund: refund(of: group.rows)), problems)
  }

  private func conflicts(_ rows: [OrderRow], _ first: OrderRow) -> [ImportProblem] {
    rows.dropFirst().compactMap { row in
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
  }

  private func customer(of rows: [OrderRow]) -> CustomerName? {
    func first(_ text: (OrderRow) -> String) -> String { rows.lazy.map(text).first { !$0.isEmpty } ?? "" }
    let phones = rows.lazy.map(\.phones).first { !$0.isEmpty } ?? []
    let region = first(\.region)
    let number = first(\.customerNumber)
    let name = first(\.customerName)
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
    guard let region else { return CustomerName(number: "walk-in", name: name, isWalkIn: true) }
    return CustomerName(
      number: "walk-in-\(region.code)", name: "\(name) · \(region.shortName)", isWalkIn: true, region: region.name)
  }

  private mutating func assemble(_ rows: [OrderRow], _ first: OrderRow, _ customer: CustomerName) -> FiledOrder {
    var note = ""
    for row in rows where !row.note.isEmpty && !note.contains(row.note) {
      note += (note.isEmpty ? "" : "\n") + row.note
    }
    let number = first.number.isEmpty ? fingerprint(first) : first.number
    var order = FiledOrder(
      line: first.line, furtherLines: rows.dropFirst().map(\.line), number: number, customer: customer, day: first.day,
      currency: first.currency,
      note: String(note.prefix(5_000)))
    for row in rows {
      order.quantity = order.quantity.clampedPlus(row.quantity)
      order.amount = order.amount.clampedPlus(row.amount)
      order.cost = order.cost.clampedPlus(row.cost)
      order.lines.append(
        FiledOrder.Line(
          productNumber: row.productNumber, productName: row.productName,
          productCategory: row.productCategory, productBrand: row.productBrand, quantity: row.quantity,
          amount: options.amounts == .order ? row.lineAmount ?? 0 : row.amount, cost: row.cost))
    }
    if options.amounts == .order { order.amount = first.amount }
    if !order.lines.contains(where: \.namesProduct) { order.lines = [] }
    return order
  }

  private func refund(of rows: [OrderRow]) -> Int64 {
    options.amounts == .order ? rows.first?.refund ?? 0 : rows.reduce(0) { $0.clampedPlus($1.refund) }
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
      row.customerNumber, row.customerName, "\(row.day) \(row.second)", "\(row.amount) \(row.cost) \(row.quantity)",
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
