import Store
import Web

/// A product as somebody typed it, in a form or as JSON.
struct ProductInput: Versioned, Equatable {
  var name: String?
  var code: String?
  var unit: String?
  var price: String?
  var cost: String?
  /// ISO 4217; the firm's where it is left out.
  var currency: String?
  var category: String?
  var brand: String?
  var description: String?
  /// When the product was last changed as far as the writer knows.
  var version: Instant?

  init() {}

  init(_ product: Product) {
    name = product.name
    code = product.outsideId
    unit = product.unit
    price = product.price.map { Money($0, product.currency).decimal }
    cost = product.cost.map { Money($0, product.currency).decimal }
    currency = product.currency
    category = product.category
    brand = product.brand
    description = product.description
    version = product.updatedAt
  }

  /// Puts what was typed into a product, as far as it can be understood.
  func apply(to product: inout Product, currencies: [String]) -> Problems {
    var problems = Problems.none
    product.name = Typed.line(name, "name", limit: 200, &problems)
    if product.name.isEmpty, problems["name"] == nil { problems["name"] = Problems.missing }
    let code = Typed.code(code, "code", limit: 100, &problems)
    product.outsideId = code.isEmpty ? nil : code
    product.unit = Typed.line(unit, "unit", limit: 20, &problems)
    let currency = Typed.line(currency, "currency", limit: 3, &problems).uppercased()
    let isKnown = currency.isEmpty || currency == product.currency || currencies.contains(currency)
    if !isKnown, problems["currency"] == nil { problems["currency"] = OrderWords.noRate(currency) }
    if !currency.isEmpty { product.currency = currency }
    var reader = OrderLineReader(field: "", currency: product.currency, problems: problems)
    product.price = reader.amount(price, "price")
    product.cost = reader.amount(cost, "cost")
    problems = reader.problems
    if let price = product.price, price < 0 { problems["price"] = ProductWords.negative }
    if let cost = product.cost, cost < 0 { problems["cost"] = ProductWords.negative }
    product.category = Typed.line(category, "category", limit: 100, &problems)
    product.brand = Typed.line(brand, "brand", limit: 100, &problems)
    product.description = Typed.text(description, "description", limit: 10_000, &problems)
    return problems
  }
}

/// What the form of a product shows.
struct ProductForm: Codable, Equatable, Sendable, Tagged {
  /// Nil for a new one.
  let id: Product.ID?
  let input: ProductInput
  let currencies: [String]

  var tag: String? { input.version?.description }
}
