import Store
import Web

/// What a customer's orders add up to, in the firm's currency. Kept in the customer's row by the
/// transaction that writes an order; see ``Totals/recount(_:in:)``.
public struct Totals: Codable, Equatable, Sendable {
  /// Orders and returns.
  public var orderCount = 0
  /// Days with at least one order that is not a return: the F of RFM.
  public var purchaseDays = 0
  public var quantity = Quantity(thousandths: 0)
  /// Net of returns, minor units.
  public var amount: Int64 = 0
  public var cost: Int64 = 0
  /// First and last of the purchase days, empty when there is none.
  public var firstOn = ""
  public var lastOn = ""

  public static let none = Totals()
}

/// A customer's place among all of them, by the firm's standard analysis.
public struct Standing: Codable, Equatable, Sendable {
  /// `A`, `B`, `C`, or empty before the first analysis.
  public var valueClass = ""
  /// 1…5, or 0 where there is no purchase.
  public var recencyScore = 0
  public var frequencyScore = 0
  public var monetaryScore = 0
  public var segment = ""

  public static let none = Standing()
}

/// A customer with its totals and standing, as one row holds them.
public struct ValuedCustomer: Decodable, Equatable, Sendable {
  public let customer: Customer
  public let totals: Totals
  public let standing: Standing

  public init(from decoder: any Decoder) throws {
    customer = try Customer(from: decoder)
    totals = try Totals(from: decoder)
    standing = try Standing(from: decoder)
  }
}
