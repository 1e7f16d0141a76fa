import Store
import Web

/// Something a customer bought, or, with a negative amount or quantity, gave back.
struct Order: Edited, Identifiable, Equatable {
  typealias ID = Store.ID<Order>
  static let table = "sales_order"

  let id: ID
  var customerId: Customer.ID
  var orderedOn: Day
  var quantity: Quantity
  /// Minor units of `currency`; the sum of the lines where there are any.
  var amount: Int64
  /// What the goods cost the firm.
  var cost: Int64
  var currency: String
  /// In the firm's currency, at the rate of the day it was written.
  var baseAmount: Int64
  var baseCost: Int64
  var outsideSource = ""
  /// The order's number; empty of meaning to us, unique in its source.
  var outsideId: String?
  var note = ""
  let createdAt: Instant
  let createdBy: User.ID?
  var updatedAt: Instant
  var updatedBy: User.ID?

  var isReturn: Bool { amount < 0 || quantity.thousandths < 0 }

  /// On rows: what counts as an occasion to buy. What was wholly taken back soon does not, see ``WholeReturns``.
  static let isPurchase: SQL = "amount >= 0 AND quantity >= 0 AND counterpart_id IS NULL"

  /// The same beside other tables that have amounts.
  static let isPurchaseRow: SQL =
    "(sales_order.amount >= 0 AND sales_order.quantity >= 0 AND sales_order.counterpart_id IS NULL)"

  /// The contrary, as the index of returns has it.
  static let isReturnRow: SQL = "(sales_order.amount < 0 OR sales_order.quantity < 0)"

  /// What people call it.
  var number: String { Self.number(outsideId, id) }

  /// The number somebody gave it; imports mark orders of files without numbers by one of their own.
  var givenNumber: String? { outsideId.flatMap { $0.hasPrefix("~") ? nil : $0 } }

  static func number(_ outsideId: String?, _ id: ID) -> String {
    outsideId.flatMap { $0.hasPrefix("~") ? nil : $0 } ?? id.description
  }
}

/// One product of an order.
struct OrderLine: Record, Identifiable, Equatable {
  typealias ID = Store.ID<OrderLine>
  static let table = "sales_order_line"

  let id: ID
  let orderId: Order.ID
  /// From 1, in the order they were written.
  var position: Int
  var productId: Product.ID?
  var productName: String
  var quantity: Quantity
  var amount: Int64
  var cost: Int64
}
