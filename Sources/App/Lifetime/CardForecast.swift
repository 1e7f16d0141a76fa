import Analytics
import Store
import Web

/// What the models expect of one customer, and what speaks for that, for the data card.
struct CardForecast: Codable, Equatable, Sendable {
  /// What will be bought: on average, and the range that holds it with 95 %.
  struct Purchases: Codable, Equatable, Sendable {
    let mean: Double
    let lower: Int
    let upper: Int

    init(_ prediction: Prediction) {
      (mean, lower, upper) = (prediction.mean, Int(prediction.lower), Int(prediction.upper))
    }
  }

  /// What a worksheet begins with: year by year, so that with its retention it comes to what the models expect.
  struct Plan: Codable, Equatable, Sendable {
    /// The share of a year's purchases that the year after still has.
    let retention: Double
    /// If the customer stays; that it may have left already is in these.
    let revenues: [Money]
  }

  /// The last day that counted, and what it was forecast with.
  let asOf: Day
  let model: Word
  let fittedOn: Day
  let fittedTo: Int
  let warnings: [Word]
  /// Margin so far.
  let historic: Money
  /// Discounted margin to come in three years, and the range that holds it with 95 %.
  let future: Money
  let futureLower: Money
  let futureUpper: Money
  /// P(alive); nil where orders do not show who leaves.
  let alive: Double?
  /// In three years.
  let purchases: Purchases
  /// A purchase on average, and the 95 % interval of what the model leaves open of it.
  let spend: Money
  let spendLower: Money
  let spendUpper: Money
  let marginRate: Double
  /// By when half of such customers have bought again, and the range that holds the day with 95 %; nil for never.
  let nextOn: Day?
  let nextFrom: Day?
  let nextUntil: Day?
  let plan: Plan
  let history: RhythmPicture
  /// P(no purchase in so many days).
  let noPurchase: Double
  let quietDays: Int
  let warning: LeavingView
  let loyalty: LoyaltyType?
  /// What loyalty is told from where several brands are sold.
  let brands: BrandHabit?
  /// What it is told from otherwise: how much the gaps vary, and the share that the present one has outgrown, 0…1, of them
  /// and of two more like everybody's.
  let variation: Double?
  let lateness: Double?
}

/// How a customer came and stayed away: days of purchases, and P(alive) in between.
struct RhythmPicture: Codable, Equatable, Sendable {
  struct Point: Codable, Equatable, Sendable {
    let day: Day
    let alive: Double
  }

  let from: Day
  let to: Day
  let purchases: [Day]
  let points: [Point]

  private static let mostPoints = 72

  /// - Parameter days: of purchases, rising, each once.
  init(_ days: [Day], asOf end: Day, _ lifetime: LifetimeModel) {
    let (model, season) = (lifetime.purchases.model, lifetime.season)
    from = days.first ?? end
    to = end
    purchases = days
    let span = max(end.number - from.number, 1)
    let step = max(1, span / Self.mostPoints)
    // Where P(alive) jumps the picture must not miss: on each purchase and on the day before.
    let jumps = days.suffix(Self.mostPoints).flatMap { [$0.number - 1, $0.number] }
    // Where orders do not show who leaves, there is nothing to draw.
    let wanted =
      !lifetime.showsLeaving
      ? [] : Set(stride(from: from.number, through: end.number, by: step)).union(jumps).union([end.number])
    var seen = 0
    let first = from.number
    points = wanted.filter { first...max(first, end.number) ~= $0 }.sorted().compactMap { number in
      while seen < days.count, days[seen].number <= number { seen += 1 }
      guard seen > 0 else { return nil }
      let history = PurchaseHistory(
        purchaseDays: seen, firstDay: days[0].number, lastDay: days[seen - 1].number, asOf: number, season: season)
      return history.map { Point(day: Day(number: number), alive: model.pAlive($0)) }
    }
  }

  /// P(alive) some days before the end, nil before the first purchase.
  func alive(daysBefore days: Int) -> Double? {
    points.last { $0.day.number <= to.number - days }?.alive
  }
}

typealias FitShelf = Shelf<LifetimeFit.ID, CurrentFit>

extension FitShelf {
  func latest(in tx: Transaction) throws -> CurrentFit? { try latest(tx.value(LifetimeFit.newest), in: tx) }

  func latest(_ newest: LifetimeFit.ID?, in tx: Transaction) throws -> CurrentFit? {
    try content(newest) { try newest.flatMap { try CurrentFit.find($0, in: tx) } }
  }
}

extension CardForecast {
  /// What forecasts need to know of one customer.
  struct Facts: Sendable {
    /// All, also those of days to come, rising by their days.
    let orders: [CustomerOrderDay]
    let brands: (purchases: [BrandHabit.Purchase], choices: Set<String>)

    static func of(_ id: Customer.ID, until day: Day) -> Question<Facts> {
      let orders: Question<[CustomerOrderDay]> = .all(
        """
        SELECT ordered_on, base_amount, base_cost, CASE WHEN \(Order.isPurchase) THEN 1 ELSE 0 END AS is_purchase
        FROM sales_order WHERE customer_id = \(id) ORDER BY ordered_on
        """)
      return orders.and(BrandHabit.Purchase.of(id, until: day)).then { Facts(orders: $0.0, brands: $0.1) }
    }
  }

  /// Nil for who never bought.
  init?(_ id: Customer.ID, _ facts: Facts, _ fit: CurrentFit, asOf day: Day, _ reader: Reader) {
    let orders = facts.orders.filter { $0.orderedOn <= day }
    let currency = reader.currency
    let days = Set(orders.filter(\.isPurchase).map(\.orderedOn)).sorted()
    guard
      let buyer = Buyer(
        id: id.raw, orders, days, recent: fit.model.recentDays.map { day.adding(days: -$0) }),
      let history = fit.model.history(of: buyer, asOf: day)
    else { return nil }
    let model = fit.model
    var forecaster = model.forecaster(.standard, from: day)
    let forecast = forecaster.forecast(history, spend: buyer.spend)
    let value = model.future(of: buyer, forecast.value)
    let gaps = PurchaseGaps(purchaseDays: days.map(\.number), asOf: day.number)
    let rhythm = gaps.flatMap { gaps in fit.rhythm.map { Rhythm(gaps, among: $0) } }
    let picture = RhythmPicture(days, asOf: day, model)
    asOf = day
    self.model = LifetimeWords.model(model.purchases.kind)
    (fittedOn, fittedTo) = (fit.fittedAt.day(in: reader.timeZone), fit.customers)
    warnings = model.purchases.estimate.warnings.map(LifetimeWords.warning)
    historic = Money(buyer.margin, currency)
    future = Money(value.value, currency)
    (futureLower, futureUpper) = (Money(value.lower, currency), Money(value.upper, currency))
    alive = model.showsLeaving ? forecast.pAlive.value : nil
    purchases = Purchases(forecast.purchases)
    func spend(_ minor: Double?) -> Money { Money(Int64(nearest: minor ?? 0), currency) }
    self.spend = spend(forecast.spend?.value)
    (spendLower, spendUpper) = (spend(forecast.spend?.lower), spend(forecast.spend?.upper))
    marginRate = model.marginRate(of: buyer)
    let next = forecaster.nextPurchase(history)
    (nextOn, nextFrom, nextUntil) = (
      model.day(next.median, after: day), model.day(next.lower, after: day), model.day(next.upper, after: day)
    )
    plan = Plan(
      history, model.purchases.model, spend: buyer.amount > 0 ? forecast.spend?.value ?? 0 : 0, currency)
    self.history = picture
    var reasons: [LeavingWarning.Signal] = []
    if let rhythm, days.count > 2 { reasons.append(.overdue(rhythm)) }
    if let change = SpendChange(orders.map { ($0.orderedOn.number, $0.baseAmount) }, asOf: day.number) {
      reasons.append(.spending(change))
    }
    if let alive { reasons.append(.alive(before: picture.alive(daysBefore: LeavingView.daysBefore), now: alive)) }
    let outlook = model.outlook(
      of: buyer, history, PurchaseDays(of: orders.filter(\.isPurchase)), asOf: day)
    (noPurchase, quietDays) = (outlook.noPurchase, outlook.days)
    warning = LeavingView(LeavingWarning(outlook, reasons: reasons), currency: currency)
    let habit = BrandHabit(facts.brands.purchases, choices: facts.brands.choices)
    brands = habit
    loyalty = Loyalty(brands: habit?.pattern, gaps: gaps, rhythm: rhythm)?.type
    (variation, lateness) = (gaps?.variation, rhythm?.lateness)
  }
}

extension CardForecast.Plan {
  fileprivate init(_ history: PurchaseHistory, _ model: any PurchaseModel, spend: Double, _ currency: String) {
    let until = (0...Worksheet.years).map { $0 == 0 ? 0 : model.expectedPurchases(history, weeks: 52 * Double($0)) }
    let yearly = zip(until, until.dropFirst()).map { max($1 - $0, 0) }
    let share = yearly.first.map { $0 > 0 ? yearly[1] / $0 : 0 } ?? 0
    // To the tenth of a percent that the sheet shows, so that the sheet adds up as it is read.
    let retention = (min(max(share, 0.001), 1) * 1000).rounded() / 1000
    self.retention = retention
    var staying = 1.0
    revenues = yearly.map { purchases in
      staying *= retention
      return Money(Int64(nearest: purchases * spend / staying), currency)
    }
  }
}

/// An order as far as forecasts need it.
struct CustomerOrderDay: Decodable, Equatable, Sendable {
  let orderedOn: Day
  let baseAmount: Int64
  let baseCost: Int64
  let isPurchase: Bool
}

extension Buyer {
  /// - Parameter days: of the purchases, rising.
  /// - Parameter recent: the last day before what counts as of late; nil where nobody asks.
  fileprivate init?(id: Int64, _ orders: [CustomerOrderDay], _ days: [Day], recent: Day?) {
    guard let first = days.first, let last = days.last else { return nil }
    let amount = orders.reduce(Int64(0)) { $0.clampedPlus($1.baseAmount) }
    self.init(
      id: id, purchaseDays: days.count, firstDay: first.number, lastDay: last.number, amount: amount,
      margin: orders.reduce(amount) { $0.clampedMinus($1.baseCost) },
      firstAmount: orders.reduce(0) { $1.isPurchase && $1.orderedOn == first ? $0.clampedPlus($1.baseAmount) : $0 },
      recent: recent.map { start in days.count { $0 > start } } ?? 0)
  }
}

extension PurchaseDays {
  fileprivate init(of orders: [CustomerOrderDay]) {
    self.init(days: orders.map(\.orderedOn.number), amounts: orders.map(\.baseAmount))
  }
}
