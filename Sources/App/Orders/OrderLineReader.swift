import Foundation
import Store
import Web

/// Reads one line of an order and says at its fields what is wrong.
struct OrderLineReader {
  /// What the names of the line's fields begin with.
  let field: String
  let currency: String
  var problems: Problems

  mutating func read(_ typed: OrderLineInput, _ products: TypedProducts) -> OrderDraft.Line {
    let text = Typed.line(typed.product, "\(field).product", limit: 200, &problems)
    let (product, name) = products.product(named: text, id: typed.productId)
    if let id = typed.productId, product == nil, text.isEmpty, !products.has(id) {
      problems["\(field).product"] = OrderWords.noSuchProduct
    } else if name.isEmpty {
      problems["\(field).product"] = Problems.missing
    }
    let quantity = quantity(typed.quantity, "\(field).quantity") ?? Quantity(thousandths: 1000)
    let own = product.flatMap { $0.currency == currency ? $0 : nil }
    return OrderDraft.Line(
      productId: product?.id, name: name, quantity: quantity, amount: total(typed, quantity, own?.price),
      cost: cost(typed, quantity, own?.cost))
  }

  /// What was typed, or quantity times price; where both are there they must agree.
  private mutating func total(_ typed: OrderLineInput, _ quantity: Quantity, _ own: Int64?) -> Int64 {
    let amount = amount(typed.amount, "\(field).amount")
    let price = price(typed.unitPrice)
    if let amount {
      if let price, price.amount(for: quantity) != amount {
        problems["\(field).amount"] = OrderWords.doesNotMultiply
      }
      return amount
    }
    guard problems["\(field).amount"] == nil, problems["\(field).unit_price"] == nil else { return 0 }
    guard let price = price ?? own.flatMap({ UnitPrice(minor: $0, currency: currency) }) else {
      problems["\(field).unit_price"] = Problems.missing
      return 0
    }
    return bounded(price.amount(for: quantity), OrderDraft.amountLimit, "\(field).amount") ?? 0
  }

  private mutating func cost(_ typed: OrderLineInput, _ quantity: Quantity, _ own: Int64?) -> Int64 {
    if let cost = amount(typed.cost, "\(field).cost") { return cost }
    guard problems["\(field).cost"] == nil, let own, let price = UnitPrice(minor: own, currency: currency)
    else { return 0 }
    return bounded(price.amount(for: quantity), OrderDraft.amountLimit, "\(field).cost") ?? 0
  }

  private mutating func price(_ typed: String?) -> UnitPrice? {
    guard let typed = typed?.written else { return nil }
    do {
      return try UnitPrice(typed: typed, currency: currency)
    } catch {
      problems["\(field).unit_price"] = Word(error)
      return nil
    }
  }

  /// Smallest units of the order's currency; nil when nothing is there, or nothing that can be understood.
  mutating func amount(_ typed: String?, _ name: String) -> Int64? {
    guard let typed = typed?.written else { return nil }
    do {
      return bounded(
        try Amount.minorUnits(typed, decimals: Money.places(of: currency)), OrderDraft.amountLimit, name)
    } catch {
      problems[name] = Word(error)
      return nil
    }
  }

  mutating func quantity(_ typed: String?, _ name: String) -> Quantity? {
    guard let typed = typed?.written else { return nil }
    do {
      return bounded(try Amount.thousandths(typed), OrderDraft.quantityLimit, name).map(
        Quantity.init(thousandths:))
    } catch {
      problems[name] = Word(error)
      return nil
    }
  }

  private mutating func bounded(_ number: Int64?, _ limit: Int64, _ name: String) -> Int64? {
    if let number, number.magnitude <= limit.magnitude { return number }
    problems[name] = OrderWords.tooLarge
    return nil
  }
}

extension String {
  /// Without blanks at its ends; nil when nothing is left.
  var written: String? {
    let text = trimmed
    return text.isEmpty ? nil : text
  }
}

extension Word {
  init(_ problem: ValueProblem) { self.init(ValueProblem.zh(problem.code), ValueProblem.en(problem.code)) }
}
