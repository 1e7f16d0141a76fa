import Analytics
import Foundation
import Store
import Web

/// What is asked of the models at the command line.
public struct StudyParameters: Equatable, Sendable {
  /// Nil for the best of them.
  let model: PurchaseModelKind?
  /// The last day that counts; nil for that of the last order.
  let asOf: Day?
  /// The models are fitted to the time until this day, and judged by the time after it.
  let calibrateUntil: Day?
  let horizonWeeks: Int
  let discount: Double
  let horizon: Horizon

  /// As they are typed on the command line.
  /// - Throws: ``Problems`` at `model`, `as_of`, `calibrate_until`, `horizon`.
  public init(
    model: String?, asOf: String?, calibrateUntil: String?, horizon weeks: Int?, discount: Double?
  ) throws {
    var problems = Problems.none
    self.asOf = Typed.day(asOf, "as_of", &problems)
    self.calibrateUntil = Typed.day(calibrateUntil, "calibrate_until", &problems)
    let kinds: [String: PurchaseModelKind] = [
      "nbd": .nbd, "bgnbd": .bgNBD, "mbgnbd": .mbgNBD, "paretonbd": .paretoNBD,
    ]
    self.model = model.flatMap { kinds[$0] }
    if let model, model != "auto", self.model == nil { problems["model"] = LifetimeWords.modelProblem }
    if let end = self.asOf, let until = self.calibrateUntil, until >= end {
      problems["calibrate_until"] = LifetimeWords.calibrationProblem
    }
    horizonWeeks = weeks ?? Horizon.standardWeeks
    self.discount = discount ?? Horizon.standardDiscount
    let horizon = Horizon(weeks: horizonWeeks, yearlyRate: self.discount)
    if horizon == nil { problems["horizon"] = LifetimeWords.horizonProblem }
    self.horizon = horizon ?? .standard
    guard problems.isEmpty else { throw problems }
  }
}

extension StudyParameters {
  /// The day as of which customers are scored, given the last one that counts.
  fileprivate func day(before end: Day) throws -> Day {
    guard let calibrateUntil else { return end }
    guard calibrateUntil < end else {
      var problems = Problems.none
      problems["calibrate_until"] = LifetimeWords.calibrationProblem
      throw problems
    }
    return calibrateUntil
  }

  /// A day as it is typed on the command line.
  /// - Throws: ``Problems`` at `as_of`.
  public static func day(_ typed: String?) throws -> Day? {
    var problems = Problems.none
    let day = Typed.day(typed, "as_of", &problems)
    guard problems.isEmpty else { throw problems }
    return day
  }
}

/// Orders to study: of the database, or of a file.
struct StudiedOrders: Sendable {
  let buyers: [Buyer]
  let sample: PurchaseSample
  /// The day as of which the buyers are scored, and the last one that counts.
  let day: Day
  let end: Day
}

/// A fit made for one question, and what it says of everybody.
struct LifetimeStudy: Sendable {
  let parameters: StudyParameters
  let orders: StudiedOrders
  let fit: PurchaseFit
  /// Why this model; nil where it was asked for.
  let reason: ModelChoice.Reason?
  let model: LifetimeModel
  let judgement: Judgement?
  /// In the order of the buyers; nil for whom the dates contradict each other.
  let lines: [Line?]

  /// What is said of one customer.
  struct Line: Sendable {
    let forecast: ValueForecast
    /// The day of the next purchase: earliest, median, latest; nil for never.
    let next: [Day?]
    let outlook: LeavingWarning.Outlook
  }

  /// - Throws: ``FitError``.
  init(_ parameters: StudyParameters, _ orders: StudiedOrders) throws {
    let (day, sample) = (orders.day, orders.sample.until(orders.day))
    let season = sample.rows.season(until: day.number)
    let known = orders.buyers.compactMap { $0.history(asOf: day, in: season) }
    let usualGap = RhythmPopulation(sample.gaps(asOf: day))?.usual
    var buyers = orders.buyers
    if let kind = parameters.model {
      (fit, reason) = (try PurchaseFit(kind, to: known), nil)
      var asked = LifetimeModel(purchases: fit, usualGap: usualGap, season: season, of: buyers)
      asked.learnLeaving(sample, of: buyers.count, asOf: day)
      model = asked
    } else {
      let choice = try ModelChoice(for: known, foreseen: sample.rows, until: day.number)
      (fit, reason) = (choice.fit, choice.reason)
      model = LifetimeModel(choice, usualGap: usualGap, season: season, sample, of: buyers, asOf: day)
    }
    let days = sample.purchaseDays(until: day)
    if let recent = model.recentDays {
      for place in buyers.indices {
        buyers[place].recent = days[buyers[place].id]?.days.count { $0 > day.number - recent } ?? 0
      }
    }
    judgement =
      parameters.calibrateUntil == nil
      ? Judgement(fit.kind, orders.sample, asOf: orders.end)
      : Judgement(fit.kind, orders.sample, until: orders.day, end: orders.end)
    var forecaster = model.forecaster(parameters.horizon, from: day)
    let model = model
    lines = buyers.map { buyer in
      model.history(of: buyer, asOf: day).map { history in
        let next = forecaster.nextPurchase(history)
        return Line(
          forecast: forecaster.forecast(history, spend: buyer.spend),
          next: [next.lower, next.median, next.upper].map { model.day($0, after: day) },
          outlook: model.outlook(of: buyer, history, days[buyer.id], asOf: day))
      }
    }
    self.parameters = parameters
    self.orders = orders
  }
}

extension StudiedOrders {
  static func read(_ parameters: StudyParameters, today: Day, in tx: Transaction) throws -> StudiedOrders {
    let span = try OrderSpan.find(today: today, in: tx)
    let end = parameters.asOf ?? span.last ?? today
    let day = try parameters.day(before: end)
    let buyers = try Buyer.all(asOf: day, newest: span.newest, .system, in: tx)
    return StudiedOrders(
      buyers: buyers, sample: try PurchaseSample.read(of: buyers.count, asOf: end, in: tx), day: day, end: end)
  }

  /// Of a file: a buyer's id is its place among the labels.
  static func filed(
    _ facts: [OrderFact], _ parameters: StudyParameters, today: Day
  ) throws -> (orders: StudiedOrders, labels: [CustomerLabel]) {
    let end = parameters.asOf ?? facts.lazy.map(\.day).filter { $0 <= today }.max() ?? today
    let day = try parameters.day(before: end)
    let byCustomer = Dictionary(grouping: facts.filter { $0.day <= end }, by: \.customer).sorted { $0.key < $1.key }
    let labels = byCustomer.map { CustomerLabel(id: $0.key, name: $0.value.first { !$0.name.isEmpty }?.name ?? "") }
    let buyers = byCustomer.enumerated().compactMap { place, entry in
      Buyer(id: Int64(place), entry.value.filter { $0.day <= day })
    }
    let sample = PurchaseSample(byCustomer.map { $0.value.filter { !$0.isReturn } })
    return (StudiedOrders(buyers: buyers, sample: sample, day: day, end: end), labels)
  }
}

extension Buyer {
  /// Nil without a purchase.
  fileprivate init?(id: Int64, _ orders: [OrderFact]) {
    let purchases = orders.filter { !$0.isReturn }
    let days = Set(purchases.map(\.day))
    guard let first = days.min(), let last = days.max() else { return nil }
    let amount = orders.reduce(Int64(0)) { $0.clampedPlus($1.amount) }
    self.init(
      id: id, purchaseDays: days.count, firstDay: first.number, lastDay: last.number, amount: amount,
      margin: orders.reduce(amount) { $0.clampedMinus($1.cost) },
      firstAmount: purchases.reduce(0) { $1.day == first ? $0.clampedPlus($1.amount) : $0 })
  }
}
