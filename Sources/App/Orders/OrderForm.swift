import Store
import Web

/// What the form of an order shows, and what an order just written comes to.
struct OrderForm: Codable, Equatable, Sendable, Tagged {
  /// A line worked out.
  struct Line: Codable, Equatable, Sendable {
    let productId: Product.ID?
    let name: String
    let quantity: Quantity
    let amount: Money
    let cost: Money
  }

  /// Nil for a new one.
  let id: Order.ID?
  let input: OrderInput
  let customer: NamedCustomer?
  let lines: [Line]
  let quantity: Quantity
  let amount: Money
  let cost: Money
  /// Those an order can be in, the firm's first.
  let currencies: [String]

  var tag: String? { input.version?.description }

  init(
    _ id: Order.ID?, _ input: OrderInput, _ draft: OrderDraft, customer: NamedCustomer?, currencies: [String]
  ) {
    func money(_ minor: Int64) -> Money { Money(minor, draft.currency) }
    self.id = id
    self.input = input
    self.customer = customer
    lines = draft.lines.map {
      Line(
        productId: $0.productId, name: $0.name, quantity: $0.quantity, amount: money($0.amount),
        cost: money($0.cost))
    }
    quantity = draft.quantity
    amount = money(draft.amount)
    cost = money(draft.cost)
    self.currencies = currencies
  }
}
