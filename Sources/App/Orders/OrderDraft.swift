import Store
import Web

/// An order worked out from what was typed, as far as it can be understood, and what is wrong with the rest.
struct OrderDraft: Equatable, Sendable {
  struct Line: Equatable, Sendable {
    var productId: Product.ID?
    var name: String
    var quantity: Quantity
    var amount: Int64
    var cost: Int64
  }

  var orderedOn: Day
  var number: String?
  var currency: String
  var note: String
  /// One for each line that is not blank.
  var lines: [Line] = []
  var quantity = Quantity(thousandths: 0)
  var amount: Int64 = 0
  var cost: Int64 = 0
  var baseAmount: Int64 = 0
  var baseCost: Int64 = 0
  var problems = Problems.none

  /// Orders beyond a million million, or a thousand million pieces, are typing mistakes; and their sums can be counted.
  static let amountLimit: Int64 = 100_000_000_000_000
  static let quantityLimit: Int64 = 1_000_000_000_000

  /// - Parameter old: the order as it is written, whose rate still holds while its amount stays.
  init(_ input: OrderInput, products: TypedProducts, settings: Settings, today: Day, old: Order? = nil) {
    var problems = Problems.none
    let day = Typed.day(input.orderedOn, "ordered_on", &problems)
    if day == nil, problems["ordered_on"] == nil { problems["ordered_on"] = Problems.missing }
    if let day, day > today.adding(days: 366) { problems["ordered_on"] = OrderWords.farAway }
    orderedOn = day ?? today
    let number = Typed.line(input.number, "number", limit: 100, &problems)
    self.number = number.isEmpty ? nil : number
    note = Typed.text(input.note, "note", limit: 5_000, &problems)
    let currency = Typed.line(input.currency, "currency", limit: 3, &problems).uppercased()
    let isCode = currency.wholeMatch(of: /[A-Z]{3}/) != nil
    if !currency.isEmpty, !isCode, problems["currency"] == nil {
      problems["currency"] = OrderWords.noCurrency
    }
    self.currency = isCode ? currency : settings.currency
    self.problems = problems
    readLines(input, products)
    if lines.isEmpty { readSums(input) } else { sum(input) }
    if input.isReturn == true { turn() }
    convert(settings, old)
  }

  private mutating func readLines(_ input: OrderInput, _ products: TypedProducts) {
    guard input.writtenLines.count <= OrderInput.lineLimit else {
      problems["lines"] = OrderWords.tooManyLines
      return
    }
    for (index, typed) in (input.lines ?? []).enumerated() where !typed.isBlank {
      var reader = OrderLineReader(field: "lines.\(index)", currency: currency, problems: problems)
      lines.append(reader.read(typed, products))
      problems = reader.problems
    }
  }

  /// The sums of an order without lines are typed themselves.
  private mutating func readSums(_ input: OrderInput) {
    var reader = OrderLineReader(field: "", currency: currency, problems: problems)
    quantity = reader.quantity(input.quantity, "quantity") ?? Quantity(thousandths: 1000)
    amount = reader.amount(input.amount, "amount") ?? 0
    cost = reader.amount(input.cost, "cost") ?? 0
    problems = reader.problems
    let isMissing = (input.amount ?? "").allSatisfy(\.isWhitespace)
    if isMissing, problems["amount"] == nil, problems["lines"] == nil {
      problems["amount"] = Problems.missing
    }
  }

  /// The sums of an order with lines follow from them.
  private mutating func sum(_ input: OrderInput) {
    for (field, typed) in [("quantity", input.quantity), ("amount", input.amount), ("cost", input.cost)]
    where typed?.allSatisfy(\.isWhitespace) == false { problems[field] = OrderWords.followsFromLines }
    var sums = (quantity: Int128(0), amount: Int128(0), cost: Int128(0))
    for line in lines {
      sums.quantity += Int128(line.quantity.thousandths)
      sums.amount += Int128(line.amount)
      sums.cost += Int128(line.cost)
    }
    guard sums.quantity.magnitude <= Self.quantityLimit.magnitude,
      sums.amount.magnitude <= Self.amountLimit.magnitude,
      sums.cost.magnitude <= Self.amountLimit.magnitude
    else {
      problems["lines"] = OrderWords.tooLarge
      return
    }
    quantity = Quantity(thousandths: Int64(clamping: sums.quantity))
    (amount, cost) = (Int64(clamping: sums.amount), Int64(clamping: sums.cost))
  }

  /// Goods that came back count against the customer.
  private mutating func turn() {
    for index in lines.indices {
      lines[index].quantity.thousandths = lines[index].quantity.thousandths.times(-1)
      lines[index].amount = lines[index].amount.times(-1)
      lines[index].cost = lines[index].cost.times(-1)
    }
    quantity.thousandths = quantity.thousandths.times(-1)
    (amount, cost) = (amount.times(-1), cost.times(-1))
    if amount > 0 || (amount == 0 && quantity.thousandths > 0) {
      problems["is_return"] = OrderWords.returnWithoutSign
    }
  }

  private mutating func convert(_ settings: Settings, _ old: Order?) {
    if let old, old.currency == currency, old.amount == amount, old.cost == cost {
      (baseAmount, baseCost) = (old.baseAmount, old.baseCost)
    } else if !settings.currencies.contains(currency) {
      if problems["currency"] == nil { problems["currency"] = OrderWords.noRate(currency) }
    } else if let amount = settings.convert(amount, from: currency),
      let cost = settings.convert(cost, from: currency),
      amount.magnitude <= Self.amountLimit.magnitude, cost.magnitude <= Self.amountLimit.magnitude
    {
      (baseAmount, baseCost) = (amount, cost)
    } else if problems["amount"] == nil {
      problems["amount"] = OrderWords.tooLarge
    }
  }
}
