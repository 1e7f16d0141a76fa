import Store

/// Money of a file that does not become orders, in minor units of each currency.
struct LeftMoney: Codable, Equatable, Sendable {
  var rows = 0
  private(set) var amounts: [String: Int64] = [:]
  /// Rows whose amount cannot be read.
  private(set) var unread = 0

  init() {}

  init(rows: Int, _ money: Money?) { add(rows: rows, money) }

  mutating func add(rows: Int, _ money: Money?) {
    self.rows += rows
    guard let money else {
      unread += rows
      return
    }
    amounts[money.currency] = amounts[money.currency, default: 0].clampedPlus(money.minor)
  }

  static func += (a: inout Self, b: Self) {
    a.rows += b.rows
    a.amounts.merge(b.amounts) { $0.clampedPlus($1) }
    a.unread += b.unread
  }
}

/// What the orders of a file come to besides those that are imported, and read in the other way.
struct ImportMoney: Codable, Equatable, Sendable {
  /// Of rows with a problem, of those that name no customer, and of those that their state leaves out.
  var rejected = LeftMoney()
  var unassigned = LeftMoney()
  var leftOut = LeftMoney()
  /// Of what is imported, that of walk-in customers.
  var walkIn = LeftMoney()
  /// All amounts, if each line tells its own, and if it tells that of its order.
  var byLine: Int64 = 0
  var byOrder: Int64 = 0
  /// Of what is imported.
  var extent: OrderExtent?

  /// Adds what an order comes to in each reading.
  mutating func note(_ rows: [OrderRow], _ base: (Int64?) -> Int64?) {
    let lines = rows.reduce(Int64(0)) { $0.clampedPlus($1.worth ?? 0) }
    byLine = byLine.clampedPlus(base(lines) ?? 0)
    byOrder = byOrder.clampedPlus(base(rows.lazy.compactMap(\.amount).first ?? lines) ?? 0)
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum += b
    return sum
  }

  static func += (a: inout Self, b: Self) {
    a.rejected += b.rejected
    a.unassigned += b.unassigned
    a.leftOut += b.leftOut
    a.walkIn += b.walkIn
    a.byLine = a.byLine.clampedPlus(b.byLine)
    a.byOrder = a.byOrder.clampedPlus(b.byOrder)
    if let more = b.extent { a.extent = (a.extent ?? OrderExtent()) + more }
  }
}
