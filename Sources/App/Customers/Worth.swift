import Store
import Web

/// What a customer's orders add up to, in the firm's currency. Kept in a row beside the customer's by the
/// transaction that writes an order; see ``Totals/recount(_:in:)``.
struct Totals: Codable, Equatable, Sendable {
  /// Orders and returns.
  var orderCount = 0
  /// Days with at least one order that is not a return: the F of RFM.
  var purchaseDays = 0
  var quantity = Quantity(thousandths: 0)
  /// Net of returns, minor units.
  var amount: Int64 = 0
  var cost: Int64 = 0
  /// First and last of the purchase days, empty when there is none.
  var firstOn = ""
  var lastOn = ""
  /// What was bought on the first of them, minor units: the rest are repeat purchases.
  var firstAmount: Int64 = 0

  static let none = Totals()
}

/// A customer's place among all of them, by the firm's standard analysis.
struct Standing: Codable, Equatable, Sendable {
  /// `A`, `B`, `C`, or empty before the first analysis.
  var valueClass = ""
  /// 1…5, or 0 where there is no purchase.
  var recencyScore = 0
  var frequencyScore = 0
  var monetaryScore = 0
  var segment = ""

  static let none = Standing()
}

/// A customer with its totals and standing, as a row of ``SQL/customersWithTotals`` holds them.
struct ValuedCustomer: Decodable, Equatable, Sendable {
  let customer: Customer
  let totals: Totals
  let standing: Standing

  init(from decoder: any Decoder) throws {
    customer = try Customer(from: decoder)
    totals = try Totals(from: decoder)
    standing = try Standing(from: decoder)
  }
}
