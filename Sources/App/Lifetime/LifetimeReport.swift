import Analytics
import Foundation
import Store
import Web

/// What a study says, for other programs. Amounts are decimal texts, lengths of time days.
public struct LifetimeReport: Encodable, Sendable {
  public struct Accuracy: Encodable, Sendable {
    let expectedTotal: Double
    let mae: Double
    let rmse: Double
    let correlation: Double?

    init(_ accuracy: ForecastAccuracy) {
      expectedTotal = accuracy.expectedTotal
      mae = accuracy.meanAbsoluteError
      rmse = accuracy.rootMeanSquareError
      correlation = accuracy.correlation
    }
  }

  public struct Holdout: Encodable, Sendable {
    let model: String
    let calibratedUntil: Day
    let until: Day
    let customers: Int
    let actualTotal: Double
    let forecast: Accuracy
    let alwaysZero: Accuracy
    let sameRate: Accuracy
    let byFrequency: [HoldoutReport.FrequencyClass]
  }

  public struct Spend: Encodable, Sendable {
    let model = "Gamma-Gamma"
    let parameters: [String: Double]
    let standardErrors: [String: Double]
    let logLikelihood: Double
    let n: Int
  }

  public struct Line: Encodable, Sendable {
    let id: String
    let name: String
    let frequency: Int
    /// From the first purchase to the last, and to the day of the scores.
    let recencyDays: Int
    let ageDays: Int
    /// Nil where orders do not show who leaves.
    let pAlive: Double?
    let pAliveInterval: [Double]?
    /// P(no purchase) in so many days, and the warning that follows from it.
    let noPurchase: Double
    let noPurchaseDays: Int
    let leaving: LeavingWarning.Level
    /// On average, and as likely more as less.
    let expectedPurchases: Double
    let medianPurchases: Double
    let expectedPurchasesInterval: [Double]
    let expectedPurchasesInterval80: [Double]
    let expectedSpend: String
    let expectedSpendInterval: [String]
    /// Margin so far.
    let historic: String
    /// Discounted margin to come within the horizon, and the range that holds it.
    let clv: String
    let interval: [String]
    let interval80: [String]
    /// Median; nil where the next purchase is likely never.
    let nextPurchaseInDays: Int?
    let nextPurchaseInterval: [Int?]
  }

  /// What an interval holds: what will happen, or what the parameters leave open of a mean.
  public enum IntervalKind: String, Encodable, Sendable {
    case predictive95 = "predictive_95"
    case predictive80 = "predictive_80"
    case parameter95 = "parameter_95"
  }

  static let kinds: [String: IntervalKind] = [
    "p_alive_interval": .parameter95, "expected_purchases_interval": .predictive95,
    "expected_purchases_interval80": .predictive80, "expected_spend_interval": .parameter95, "interval": .predictive95,
    "interval80": .predictive80, "next_purchase_interval": .predictive95,
  ]

  public let asOf: Day
  public let model: String
  /// Why this model, in one sentence.
  let reason: Word?
  let parameters: [String: Double]
  let standardErrors: [String: Double]
  let logLikelihood: Double
  let bic: Double
  let iterations: Int
  /// Customers the model was fitted to, and those of them who bought again.
  let n: Int
  let repeaters: Int
  let warnings: [Word]
  let spend: Spend?
  let currency: String
  let horizonWeeks: Int
  let discount: Double
  /// Whether orders show who leaves; where not, nobody has a P(alive).
  let showsLeaving: Bool
  /// Of each interval of a customer.
  let intervals: [String: IntervalKind]
  let holdout: Holdout?
  let customers: [Line]
  let customersInAll: Int
  /// Buyers whose dates contradict each other.
  let leftOut: Int

  public func json() throws -> [UInt8] { try Wire.encode(self) }
}

/// In which order customers are listed.
public enum StudyOrder: Sendable {
  /// The greatest value to come first.
  case worth
  /// The most value so far that is likely gone first.
  case atRisk
}

extension LifetimeReport {
  init(
    _ study: LifetimeStudy, _ order: StudyOrder, limit: Int?, currency: String, label: (Int64) -> CustomerLabel
  ) {
    let estimate = study.fit.estimate
    asOf = study.orders.day
    model = study.fit.kind.rawValue
    reason = study.reason.map(LifetimeWords.reason)
    parameters = estimate.named(estimate.values)
    standardErrors = estimate.named(estimate.standardErrors)
    (logLikelihood, bic, iterations, n) = (
      estimate.logLikelihood, estimate.bic, estimate.iterations, estimate.observations
    )
    repeaters = study.orders.buyers.count { $0.purchaseDays > 1 }
    warnings = (estimate.warnings + (study.model.spend?.estimate.warnings ?? [])).map(LifetimeWords.warning)
    spend = study.model.spend.map { Spend($0, unit: Money.unit(of: currency)) }
    self.currency = currency
    (horizonWeeks, discount) = (study.parameters.horizonWeeks, study.parameters.discount)
    showsLeaving = study.model.showsLeaving
    intervals = Self.kinds
    holdout = study.judgement.map(Holdout.init)
    leftOut = study.lines.count { $0 == nil }
    customersInAll = study.lines.count - leftOut
    customers = study.places(order, limit: limit).compactMap { place in
      study.lines[place].map { line in
        let buyer = study.orders.buyers[place]
        return Line(label(buyer.id), buyer, line, study, currency)
      }
    }
  }
}

extension LifetimeStudy {
  /// Places of buyers with a forecast.
  fileprivate func places(_ order: StudyOrder, limit: Int?) -> ArraySlice<Int> {
    let keys: [Double] = lines.indices.map { place in
      guard let line = lines[place] else { return -.infinity }
      return switch order {
      case .worth: Double(model.future(of: orders.buyers[place], line.forecast.value).value)
      case .atRisk: Double(orders.buyers[place].margin) * line.outlook.noPurchase
      }
    }
    let places = keys.indices.filter { lines[$0] != nil }
    return places.sorted { (keys[$1], $0) < (keys[$0], $1) }.prefix(limit.map { max(0, $0) } ?? places.count)
  }
}

extension ParameterEstimate {
  func named(_ numbers: [Double]) -> [String: Double] {
    Dictionary(zip(names, numbers), uniquingKeysWith: { first, _ in first })
  }
}

extension LifetimeReport.Spend {
  /// Amounts are fitted in minor units and told in units of so many.
  fileprivate init(_ fit: SpendFit, unit: Double) {
    func told(_ numbers: [Double]) -> [String: Double] {
      var named = fit.estimate.named(numbers)
      named["gamma"] = named["gamma"].map { $0 / unit }
      return named
    }
    parameters = told(fit.estimate.values)
    standardErrors = told(fit.estimate.standardErrors)
    logLikelihood = fit.estimate.logLikelihood + Double(fit.estimate.observations) * log(unit)
    n = fit.estimate.observations
  }
}

extension LifetimeReport.Holdout {
  fileprivate init(_ judgement: Judgement) {
    model = judgement.kind.rawValue
    calibratedUntil = judgement.until
    until = judgement.end
    customers = judgement.customers
    actualTotal = judgement.holdout.model.actualTotal
    forecast = .init(judgement.holdout.model)
    alwaysZero = .init(judgement.holdout.alwaysZero)
    sameRate = .init(judgement.holdout.sameRate)
    byFrequency = judgement.holdout.byFrequency
  }
}

extension LifetimeReport.Line {
  fileprivate init(
    _ label: CustomerLabel, _ buyer: Buyer, _ line: LifetimeStudy.Line, _ study: LifetimeStudy, _ currency: String
  ) {
    let (forecast, outlook) = (line.forecast, line.outlook)
    func money(_ minor: Int64) -> String { Money(minor, currency).decimal }
    let future = study.model.future(of: buyer, forecast.value)
    let isShown = study.model.showsLeaving
    (id, name) = (label.id, label.name)
    frequency = buyer.purchaseDays - 1
    recencyDays = buyer.lastDay - buyer.firstDay
    ageDays = study.orders.day.number - buyer.firstDay
    pAlive = isShown ? forecast.pAlive.value : nil
    pAliveInterval = isShown ? [forecast.pAlive.lower, forecast.pAlive.upper] : nil
    (noPurchase, noPurchaseDays) = (outlook.noPurchase, outlook.days)
    leaving = LeavingWarning.Rule().level(outlook)
    let purchases = forecast.purchases
    (expectedPurchases, medianPurchases) = (purchases.mean, purchases.median)
    expectedPurchasesInterval = [purchases.lower, purchases.upper]
    expectedPurchasesInterval80 = [purchases.lower80, purchases.upper80]
    func spend(_ minor: Double?) -> String { money(Int64(nearest: minor ?? 0)) }
    expectedSpend = spend(forecast.spend?.value)
    expectedSpendInterval = [spend(forecast.spend?.lower), spend(forecast.spend?.upper)]
    historic = money(buyer.margin)
    clv = money(future.value)
    interval = [money(future.lower), money(future.upper)]
    interval80 = [money(future.lower80), money(future.upper80)]
    let days = line.next.map { $0.map { $0.number - study.orders.day.number } }
    nextPurchaseInDays = days[1]
    nextPurchaseInterval = [days[0], days[2]]
  }
}

extension LifetimeReport {
  /// From the database.
  public static func run(
    _ parameters: StudyParameters, _ order: StudyOrder, limit: Int? = nil, _ services: Services
  ) async throws -> LifetimeReport {
    let now = services.clock()
    return try await services.db.read { tx in
      let settings = try tx.ask(Settings.stored)
      let orders = try StudiedOrders.read(parameters, today: now.day(in: settings.timeZone), in: tx)
      let study = try LifetimeStudy(parameters, orders)
      let listed = limit.map { study.places(order, limit: $0).map { orders.buyers[$0].id } }
      let labels = try CustomerLabel.read(listed, .system, in: tx)
      return LifetimeReport(study, order, limit: limit, currency: settings.currency) { id in
        labels[id] ?? CustomerLabel(id: Customer.ID(raw: id).description, name: "")
      }
    }
  }

  /// Of a file of orders, without a database.
  public init(
    _ parameters: StudyParameters, _ order: StudyOrder, of facts: OrderFile.Facts, limit: Int? = nil,
    at now: Instant = .now()
  ) throws {
    let settings = facts.settings
    let filed = try StudiedOrders.filed(facts.orders, parameters, today: now.day(in: settings.timeZone))
    let study = try LifetimeStudy(parameters, filed.orders)
    self.init(study, order, limit: limit, currency: settings.currency) { filed.labels[Int($0)] }
  }
}
