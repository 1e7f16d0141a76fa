import Analytics
import Foundation
import Store
import Web

/// What customers are worth: so far and to come, and who of value is leaving.
struct ValuePage: Codable, Equatable, Sendable {
  struct Sum: Codable, Equatable, Sendable {
    let customers: Int
    let historic: Money
    let future: Money
    /// Standard deviation of the margin to come of these customers together, by what each does.
    let futureDeviation: Money

    /// The range that holds it with 95 %.
    /// - Parameter shared: by what all forecasts are wrong at once; see ``FitSummary``.
    func range(_ shared: Double) -> (lower: Money, upper: Money) {
      let deviation = Double(futureDeviation.minor)
      let prediction = Prediction(sumOf: Double(future.minor), variance: deviation * deviation, logVariance: shared)
      return (
        Money(Int64(nearest: prediction.lower), future.currency),
        Money(Int64(nearest: prediction.upper), future.currency)
      )
    }
  }

  struct ClassSum: Codable, Equatable, Sendable {
    let `class`: ValueClass
    let sum: Sum
  }

  struct Cell: Codable, Equatable, Sendable {
    let `class`: ValueClass
    let band: AliveBand
    let sum: Sum
  }

  /// Customers in order of their value, a tenth each, the greatest first.
  struct Tenth: Codable, Equatable, Sendable {
    let number: Int
    let sum: Sum
  }

  var query: ValueQuery
  let asOf: Day
  let fit: FitSummary?
  let total: Sum
  let classes: [ClassSum]
  let tenths: [Tenth]
  let cells: [Cell]
  /// Valuable and leaving, the most at stake first.
  let atRisk: [ForecastCustomer]
  let owners: [CustomerList.Choice]
  let regions: [CustomerList.Choice]
  let hasOrders: Bool
  /// Why there is no fit, where there cannot be one.
  let lacking: Word?
}

/// Which model the numbers come from.
struct FitSummary: Codable, Equatable, Sendable {
  let model: Word
  let fittedOn: Day
  let customers: Int
  let repeaters: Int
  let warnings: [Word]
  /// Whether orders show who leaves, and in how many days somebody who stays silent is missed.
  let showsLeaving: Bool
  let quietDays: Int
  /// Variance of the logarithm of sums of value to come, by what the parameters leave open.
  let sharedVariance: Double

  init(_ fit: CurrentFit, _ reader: Reader) {
    model = LifetimeWords.model(fit.model.purchases.kind)
    fittedOn = fit.fittedAt.day(in: reader.timeZone)
    (customers, repeaters) = (fit.customers, fit.repeaters)
    (showsLeaving, quietDays) = (fit.model.showsLeaving, fit.model.quietDays)
    sharedVariance = fit.model.sharedVariance
    warnings = fit.model.purchases.estimate.warnings.map(LifetimeWords.warning)
  }

  var sentence: Word { LifetimeWords.fitted(model, fittedOn, customers) }
}

/// A part of a sheet: everything given must hold.
struct ValueSelection: Codable, Equatable, Sendable {
  var valueClass: ValueClass?
  var band: AliveBand?
  /// Warned of at least like this.
  var level: LeavingWarning.Level?

  static let atRisk = ValueSelection(valueClass: .a, level: .leaving)

  func holds(_ entry: ValueSheet.Entry) -> Bool {
    guard valueClass == nil || valueClass == entry.valueClass, band == nil || band == entry.band else { return false }
    return level.map { entry.level >= $0 } ?? true
  }

  var fields: [(name: String, value: String)] {
    [("value_class", valueClass?.rawValue), ("band", band?.rawValue), ("level", level?.rawValue)].compactMap { field in
      field.1.map { (name: field.0, value: $0) }
    }
  }
}

/// A customer with its forecast, as lists show it.
struct ForecastCustomer: Codable, Equatable, Sendable {
  let id: Customer.ID
  let name: String
  let valueClass: ValueClass
  /// Nil where orders do not show who leaves.
  let alive: Double?
  /// P(no purchase) in the days that the model looks ahead for it, and the warning that follows.
  let noPurchase: Double
  let level: LeavingWarning.Level
  let purchases: Double
  let historic: Money
  let future: Money

  /// With their names of now. Whoever is gone meanwhile is left out.
  static func list(
    _ entries: some Sequence<ValueSheet.Entry>, showsLeaving: Bool, currency: String, _ access: Access,
    in tx: Transaction
  ) throws -> [ForecastCustomer] {
    let entries = Array(entries)
    let names = try AnalysedName.find(entries.map(\.id), access, in: tx)
    return entries.compactMap { entry in
      names[entry.id].map { name in
        ForecastCustomer(
          id: name.id, name: name.name, valueClass: entry.valueClass,
          alive: showsLeaving ? Double(entry.alive) : nil, noPurchase: Double(entry.quiet), level: entry.level,
          purchases: Double(entry.purchases), historic: Money(entry.historic, currency),
          future: Money(entry.future, currency))
      }
    }
  }
}

extension ValuePage {
  static let atRiskShown = 10

  init(
    _ query: ValueQuery, _ sheet: ValueSheet?, _ fit: CurrentFit?, asOf: Day, hasOrders: Bool, _ reader: Reader,
    _ access: Access, in tx: Transaction
  ) throws {
    let entries = sheet?.entries ?? []
    let currency = reader.currency
    func sum(_ entries: some Sequence<ValueSheet.Entry>) -> Sum { Sum(entries, currency) }
    self.query = query
    self.asOf = sheet?.day ?? asOf
    self.fit = fit.map { FitSummary($0, reader) }
    total = sum(entries)
    var cells: [Cell] = []
    for valueClass in ValueClass.allCases {
      let ofClass = entries.filter { $0.valueClass == valueClass }
      cells += AliveBand.allCases.map { band in
        Cell(class: valueClass, band: band, sum: sum(ofClass.lazy.filter { $0.band == band }))
      }
    }
    self.cells = cells
    classes = ValueClass.allCases.map { valueClass in
      ClassSum(class: valueClass, sum: Sum(of: cells.filter { $0.class == valueClass }.map(\.sum), currency))
    }
    tenths = Self.tenths(entries, currency)
    let leaving = entries.filter(ValueSelection.atRisk.holds)
      .sorted { ($1.historic, $0.id) < ($0.historic, $1.id) }
    atRisk = try ForecastCustomer.list(
      leaving.prefix(Self.atRiskShown), showsLeaving: fit?.model.showsLeaving ?? false, currency: currency, access,
      in: tx)
    owners = try tx.ask(CustomerList.Choice.owners)
    regions = CustomerList.Choice.regions
    self.hasOrders = hasOrders
    lacking = fit == nil ? try LifetimeFit.lacking(in: tx) : nil
  }

  private static func tenths(_ entries: [ValueSheet.Entry], _ currency: String) -> [Tenth] {
    let ranking = entries.map(\.value).ranking
    guard ranking.count >= 10 else { return [] }
    return (0..<10).map { tenth in
      let places = ranking[tenth * ranking.count / 10..<(tenth + 1) * ranking.count / 10]
      return Tenth(number: tenth + 1, sum: Sum(places.lazy.map { entries[$0] }, currency))
    }
  }
}

extension ValuePage.Sum {
  init(_ entries: some Sequence<ValueSheet.Entry>, _ currency: String) {
    var (customers, historic, future, variance) = (0, Int64(0), Int64(0), 0.0)
    for entry in entries {
      variance += Double(entry.futureDeviation) * Double(entry.futureDeviation)
      customers += 1
      historic = historic.clampedPlus(entry.historic)
      future = future.clampedPlus(entry.future)
    }
    self.init(
      customers: customers, historic: Money(historic, currency), future: Money(future, currency),
      futureDeviation: Money(Int64(nearest: variance.squareRoot()), currency))
  }

  init(of sums: [Self], _ currency: String) {
    self.init(
      customers: sums.reduce(0) { $0 + $1.customers },
      historic: Money(sums.reduce(0) { $0.clampedPlus($1.historic.minor) }, currency),
      future: Money(sums.reduce(0) { $0.clampedPlus($1.future.minor) }, currency),
      futureDeviation: Money(
        Int64(nearest: sums.reduce(0) { $0 + pow(Double($1.futureDeviation.minor), 2) }.squareRoot()), currency))
  }
}

extension AliveBand: Comparable {
  static func < (a: Self, b: Self) -> Bool { a.least < b.least }
}

/// The customers of a cell of the map.
struct ForecastCustomersPage: Codable, Equatable, Sendable {
  var query: ValueQuery
  let selection: ValueSelection
  let asOf: Day
  let fit: FitSummary
  let sum: ValuePage.Sum
  let page: Int
  let pages: Int
  let customers: [Row]

  struct Row: Codable, Equatable, Sendable {
    let customer: ForecastCustomer
    let warning: LeavingView?
  }

  static let size = 50
}

struct ForecastCustomersQuery: Decodable, Equatable, Sendable {
  var value: ValueQuery
  var selection: ValueSelection
  var page: Int?

  private enum CodingKeys: CodingKey { case page }

  init(from decoder: any Decoder) throws {
    value = try ValueQuery(from: decoder)
    selection = try ValueSelection(from: decoder)
    page = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Int.self, forKey: .page)
  }
}

extension ForecastCustomersPage {
  init(
    _ asked: ForecastCustomersQuery, _ sheet: ValueSheet, _ fit: CurrentFit, _ reader: Reader,
    _ access: Access, in tx: Transaction
  ) throws {
    let found = sheet.entries.filter(asked.selection.holds).sorted { ($1.historic, $0.id) < ($0.historic, $1.id) }
    query = asked.value
    selection = asked.selection
    asOf = sheet.day
    self.fit = FitSummary(fit, reader)
    sum = ValuePage.Sum(found, reader.currency)
    let part = try RankPage(asked.page, of: found.count, size: Self.size)
    (page, pages) = (part.page, part.pages)
    let listed = try ForecastCustomer.list(
      part.shown(found), showsLeaving: fit.model.showsLeaving, currency: reader.currency, access, in: tx)
    customers = try listed.map { customer in
      let facts = try tx.ask(CardForecast.Facts.of(customer.id, until: sheet.day))
      let forecast = CardForecast(customer.id, facts, fit, asOf: sheet.day, reader)
      return Row(customer: customer, warning: forecast?.warning)
    }
  }
}
