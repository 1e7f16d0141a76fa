import Store
import Testing
import Web

@testable import App

@Suite struct OrderDraftTests {
  private static let today = Shop.day("2026-11-20")
  private static let settings: Settings = {
    var settings = Settings()
    settings.rates["USD"] = Rate("7.1")
    return settings
  }()

  private static func product(_ id: Int64, _ name: String, code: String?, price: Int64?, cost: Int64?)
    -> Product
  {
    var product = Product(id: .init(raw: id), name: name, currency: "CNY", at: .now(), by: nil)
    product.outsideId = code
    product.price = price
    product.cost = cost
    return product
  }

  private static let tea = product(1, "西湖龙井", code: "TEA", price: 28_500, cost: 17_100)
  private static let box = product(2, "礼盒", code: nil, price: nil, cost: nil)

  private func draft(_ change: (inout OrderInput) -> Void) -> OrderDraft {
    var input = OrderInput()
    input.orderedOn = "2026-11-17"
    change(&input)
    return OrderDraft(
      input, products: TypedProducts([Self.tea, Self.box]), settings: Self.settings, today: Self.today)
  }

  private func line(
    _ product: String?, _ quantity: String? = nil, price: String? = nil, amount: String? = nil,
    cost: String? = nil
  ) -> OrderLineInput {
    var line = OrderLineInput()
    (line.product, line.quantity, line.unitPrice, line.amount, line.cost) = (
      product, quantity, price, amount, cost
    )
    return line
  }

  @Test func addsUpLines() {
    let draft = draft {
      $0.lines = [
        line("西湖龙井", "120"), line("TEA", "1.5", price: "300"), line(nil),
        line("运费", amount: "¥12.50", cost: "10"),
      ]
    }
    #expect(draft.problems.isEmpty)
    #expect(draft.lines.map(\.amount) == [3_420_000, 45_000, 1_250])
    #expect(draft.lines.map(\.cost) == [2_052_000, 25_650, 1_000])
    #expect(draft.lines.map(\.productId) == [Self.tea.id, Self.tea.id, nil])
    #expect(draft.lines.map(\.name) == ["西湖龙井", "西湖龙井", "运费"])
    #expect(draft.quantity == Quantity(thousandths: 122_500))
    #expect(draft.amount == 3_466_250 && draft.cost == 2_078_650)
    #expect(draft.baseAmount == draft.amount)
  }

  @Test func takesAnAmountAlone() {
    let draft = draft { ($0.amount, $0.quantity) = ("1.2万", "3 件") }
    #expect(draft.problems.isEmpty)
    #expect(draft.amount == 1_200_000 && draft.quantity == Quantity(thousandths: 3_000))
  }

  @Test func turnsReturnsRound() {
    let draft = draft { ($0.isReturn, $0.lines) = (true, [line("西湖龙井", "2")]) }
    #expect(draft.problems.isEmpty)
    #expect(
      draft.amount == -57_000 && draft.cost == -34_200 && draft.quantity == Quantity(thousandths: -2_000))
    #expect(draft.lines[0].amount == -57_000)
    #expect(self.draft { ($0.isReturn, $0.amount) = (true, "-5") }.problems["is_return"] != nil)
  }

  @Test func changesCurrencies() {
    let dollars = draft { ($0.currency, $0.amount) = ("usd", "10.00") }
    #expect(dollars.problems.isEmpty && dollars.currency == "USD" && dollars.baseAmount == 7_100)
    #expect(draft { ($0.currency, $0.amount) = ("EUR", "10.00") }.problems["currency"] != nil)
    // Prices of a product are in its own currency.
    #expect(
      draft { ($0.currency, $0.lines) = ("USD", [line("西湖龙井", "1")]) }.problems["lines.0.unit_price"] != nil)
  }

  @Test func saysWhatIsWrongWhere() {
    #expect(draft { $0.orderedOn = nil }.problems.fields.keys.sorted() == ["amount", "ordered_on"])
    #expect(
      draft { ($0.orderedOn, $0.amount) = ("2026-02-30", "1") }.problems.fields.keys.sorted() == [
        "ordered_on"
      ])
    #expect(
      draft { ($0.orderedOn, $0.amount) = ("2028-01-01", "1") }.problems["ordered_on"] == OrderWords.farAway)
    #expect(draft { $0.lines = [line("礼盒", "1")] }.problems["lines.0.unit_price"] == Problems.missing)
    #expect(draft { $0.lines = [line(nil, "1", price: "2")] }.problems["lines.0.product"] == Problems.missing)
    #expect(draft { $0.lines = [line("礼盒", "x", price: "2")] }.problems["lines.0.quantity"] != nil)
    let both = draft { ($0.amount, $0.lines) = ("1", [line("西湖龙井")]) }
    #expect(both.problems["amount"] == OrderWords.followsFromLines)
    let odd = draft { $0.lines = [line("礼盒", "3", price: "33.33", amount: "100")] }
    #expect(odd.problems["lines.0.amount"] == OrderWords.doesNotMultiply)
  }

  @Test(arguments: [
    "1e30", "-1e30", "99999999999999999999999999", "1000000000000.01", "1e9999999999", "NaN", "∞",
  ])
  func refusesWhatCannotBeCounted(_ typed: String) {
    #expect(draft { $0.amount = typed }.problems["amount"] != nil)
    #expect(draft { ($0.amount, $0.cost) = ("1", typed) }.problems["cost"] != nil)
    #expect(draft { ($0.amount, $0.quantity) = ("1", typed) }.problems["quantity"] != nil)
    let line = draft { $0.lines = [self.line("礼盒", "1000000000", price: typed)] }
    #expect(!line.problems.isEmpty)
  }

  @Test func refusesTooMuchOfEverything() {
    let name = String(repeating: "长", count: 201)
    #expect(draft { $0.lines = [line(name, price: "1")] }.problems["lines.0.product"] != nil)
    #expect(
      draft { ($0.number, $0.amount) = (String(repeating: "9", count: 101), "1") }.problems["number"] != nil)
    #expect(
      draft { ($0.note, $0.amount) = (String(repeating: "n", count: 5_001), "1") }.problems["note"] != nil)
    let many = draft { $0.lines = Array(repeating: line("西湖龙井"), count: 1_001) }
    #expect(many.problems["lines"] == OrderWords.tooManyLines && many.lines.isEmpty)
    #expect(draft { $0.lines = Array(repeating: line("西湖龙井"), count: 1_000) }.problems.isEmpty)
    let heavy = draft { $0.lines = Array(repeating: line("x", amount: "1000000000000"), count: 3) }
    #expect(heavy.problems["lines"] == OrderWords.tooLarge)
    let nul = draft { ($0.lines, $0.note) = ([line("茶\0叶", price: "1")], "a\0b") }
    #expect(nul.lines.first?.name == "茶叶" && nul.note == "ab")
  }

  /// An order that is opened and saved again stays as it is, whatever it looks like.
  @Test(
    arguments: [
      (1_000, 1_999, 1_000), (3_000, 10_000, 0), (-2_000, -57_000, -34_200), (1_000, -500, 0),
      (-1_000, 500, 0),
      (0, 0, 0), (0, 700, 100), (1_500, 45_000, -3),
    ] as [(Int64, Int64, Int64)])
  func survivesItsForm(_ quantity: Int64, _ amount: Int64, _ cost: Int64) {
    let order = Order(
      id: .init(raw: 9), customerId: .init(raw: 8), orderedOn: Self.today,
      quantity: Quantity(thousandths: quantity),
      amount: amount, cost: cost, currency: "CNY", baseAmount: amount, baseCost: cost, createdAt: .now(),
      createdBy: nil, updatedAt: .now(), updatedBy: nil)
    let line = OrderLine(
      id: .init(raw: 7), orderId: order.id, position: 1, productId: Self.tea.id, productName: "龙井（旧名）",
      quantity: order.quantity, amount: amount, cost: cost)
    for lines in [[], [line]] {
      let draft = OrderDraft(
        OrderInput(order, lines: lines), products: TypedProducts([Self.tea], keeping: lines),
        settings: Settings(),
        today: Self.today, old: order)
      #expect(draft.problems.fields == [:])
      #expect([draft.quantity.thousandths, draft.amount, draft.cost] == [quantity, amount, cost])
      #expect(draft.lines.map(\.name) == lines.map(\.productName))
      #expect(draft.lines.map(\.productId) == lines.map(\.productId))
    }
  }

  @Test func pricesHaveMoreDecimals() throws {
    let price = try UnitPrice(typed: "0.0365", currency: "CNY")
    #expect(price.amount(for: Quantity(thousandths: 1_000_000)) == 3_650)
    // Half a smallest unit goes away from zero.
    #expect(price.amount(for: Quantity(thousandths: -10_000)) == -37)
    #expect(price.description == "0.0365")
    #expect(try UnitPrice(typed: "285", currency: "CNY").description == "285.00")
    #expect(try UnitPrice(typed: "285", currency: "JPY").description == "285")
    #expect(UnitPrice(of: 10_000, Quantity(thousandths: 3_000), in: "CNY") == nil)
    #expect(UnitPrice(of: .max, Quantity(thousandths: 1), in: "CNY") == nil)
    #expect(UnitPrice(of: 1, Quantity(thousandths: 0), in: "CNY") == nil)
  }
}
