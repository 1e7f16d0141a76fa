import Store
import Web

/// Something a customer bought, or, with a negative amount or quantity, gave back.
public struct Order: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<Order>
  public static let table = "sales_order"

  public let id: ID
  public var customerId: Customer.ID
  public var orderedOn: Day
  public var quantity: Quantity
  /// Minor units of `currency`; the sum of the lines where there are any.
  public var amount: Int64
  /// What the goods cost the firm.
  public var cost: Int64
  public var currency: String
  /// In the firm's currency, at the rate of the day it was written.
  public var baseAmount: Int64
  public var baseCost: Int64
  public var outsideSource = ""
  /// The order's number; empty of meaning to us, unique in its source.
  public var outsideId: String?
  public var note = ""
  public let createdAt: Instant
  public let createdBy: User.ID?
  public var updatedAt: Instant
  public var updatedBy: User.ID?

  public var isReturn: Bool { amount < 0 || quantity.thousandths < 0 }

  /// The same rule on rows: what counts as an occasion to buy.
  static let isPurchase: SQL = "amount >= 0 AND quantity >= 0"
}

/// One product of an order.
public struct OrderLine: Record, Identifiable, Equatable {
  public typealias ID = Store.ID<OrderLine>
  public static let table = "sales_order_line"

  public let id: ID
  public let orderId: Order.ID
  /// From 1, in the order they were written.
  public var position: Int
  public var productId: Product.ID?
  public var productName: String
  public var quantity: Quantity
  public var amount: Int64
  public var cost: Int64
}
