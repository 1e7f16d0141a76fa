import Foundation
import Testing

@testable import Analytics

/// Simulated firms of which the future is known: ranges hold what happens, and the choice finds who foresees it best.
struct ForesightTests {
  typealias World = SimulatedFirm.World
  private static let weeks = 26.0

  /// Half a year to come: ranges of 95 % hold 93 to 98.5 of 100 customers' purchases and 92 to 98 of what they spend. Counts
  /// are whole, so that those of 80 % hold more: what spend holds of them is told too.
  @Test(arguments: World.allCases) func rangesHoldWhatHappens(world: World) throws {
    let (large, small) = (
      try Outcome(world, customers: 3_000, seed: 7),
      try (1...4).map {
        try Outcome(world, customers: 300, seed: UInt64($0))
      }
    )
    for held in [large, Outcome(of: small)] {
      #expect(0.93...0.985 ~= held.purchases95, "\(world) \(held)")
      #expect(0.92...0.98 ~= held.value95, "\(world) \(held)")
      #expect(0.76...0.93 ~= held.value80, "\(world) \(held)")
      #expect(held.purchases80 >= 0.78, "\(world) \(held)")
    }
  }

  /// What all spend together, with what the parameters leave open for all at once: 95 % of firms of 300.
  @Test func rangesOfSumsHold() throws {
    let firms = try [World.nbd, .bg, .paretoSlow, .returns].flatMap { world in
      try (50..<65).map { try Outcome(world, customers: 300, seed: UInt64($0)) }
    }
    let held = firms.count { abs($0.deviations) < 1.96 }
    #expect(52...60 ~= held, "\(held) of \(firms.count)")
  }

  /// What each customer did falls as often into each tenth of what was foretold.
  @Test(arguments: World.allCases.filter { $0 != .season }) func theTenthsAreEven(world: World) throws {
    let firm = SimulatedFirm(world, customers: 2_000, seed: 11)
    let backtest = try #require(Backtest(firm.rows(until: SimulatedFirm.days), until: SimulatedFirm.days))
    #expect(backtest.cuts.count == 3)
    let best = try #require(
      PurchaseModelKind.likelihoodModels.compactMap(backtest.standing).min { $0.error < $1.error })
    for cut in backtest.cuts {
      let score = try #require(cut.score(of: best.kind))
      #expect(score.tenths.reduce(0, +) == cut.customers)
      for tenth in score.tenths { #expect(0.075...0.125 ~= Double(tenth) / Double(cut.customers), "\(score)") }
    }
  }

  /// The next purchase, if there is one within the year that is known.
  @Test(arguments: [World.nbd, .bg, .paretoSlow]) func theNextPurchaseLiesInItsRange(world: World) throws {
    let firm = SimulatedFirm(world, customers: 700, seed: 3)
    let seen = firm.seen(until: SimulatedFirm.days, then: 52)
    let histories = try seen.map {
      try #require(PurchaseHistory(purchaseDays: $0.past.map(\.day), asOf: SimulatedFirm.days))
    }
    let forecaster = ValueForecaster(
      try Outcome.best(histories), horizon: try #require(Horizon(quarters: 4, yearlyRate: 0)))
    var (held, tooEarly, told, early) = (0, 0, 0, 0)
    for (history, customer) in zip(histories, seen) {
      let wait = forecaster.nextPurchase(history)
      let next = customer.future.first.map { Double($0.day - SimulatedFirm.days) / 7 } ?? .infinity
      // Beyond the year nothing is known but that it has not come yet.
      let (from, to) = (wait.lower ?? .infinity, wait.upper ?? .infinity)
      if next < from - 1 / 7 { tooEarly += 1 } else if next <= to || next == .infinity && to >= 52 { held += 1 }
      guard let median = wait.median, 1...50 ~= median else { continue }
      told += 1
      if next <= median { early += 1 }
    }
    let count = Double(seen.count)
    #expect(Double(held) / count >= 0.93 && Double(tooEarly) / count <= 0.04, "\(held) \(tooEarly) of \(count)")
    #expect(told > 150 && abs(Double(early) / Double(told) - 0.5) < 0.1, "\(early) of \(told)")
  }

  /// Within two hundredths of the least error that any of them makes of the future; and it says whether anybody leaves.
  @Test(arguments: World.allCases) func theChoiceForeseesBest(world: World) throws {
    let firm = SimulatedFirm(world, customers: 1_500, seed: 21)
    let today = SimulatedFirm.days
    let (known, all) = (firm.rows(until: today), firm.rows(until: .max))
    let season = known.season(until: today)
    let statistics = try #require(all.statistics(until: today, end: today + 182))
    let seen = statistics.histories(in: season)
    let choice = try ModelChoice(for: seen.map(\.history), foreseen: known, until: today)
    let actual = seen.map { Int(statistics.customers[$0.customer].holdoutOccasions) }
    func error(_ fit: PurchaseFit) -> Double {
      let weeks = season.weeks(fromDay: today, toDay: today + 182)
      let expected = seen.map { fit.model.expectedPurchases($0.history, weeks: weeks) }
      return ForecastAccuracy(expected: expected, actual: actual).meanAbsoluteError
    }
    let errors = choice.candidates.compactMap(\.fit).map(error)
    #expect(error(choice.fit) <= 1.02 * (errors.min() ?? 0), "\(choice.fit.kind)")
    #expect(choice.showsLeaving == [.bg, .paretoFast, .paretoSlow].contains(world), "\(choice.fit.kind)")
    let baseline = PurchaseFit(
      baseline: .sameCount, from: try #require(known.statistics(until: today - 182, end: today)))
    let again = statistics.histories.map { baseline.model.expectedPurchases($0.history, weeks: 26) }
    #expect(error(choice.fit) < ForecastAccuracy(expected: again, actual: actual).meanAbsoluteError)
  }

  /// Day by day for two months, as somebody walks `--as-of`: the forecast changes seldom.
  @Test(arguments: [World.nbd, .bg, .returns]) func theChoiceStays(world: World) throws {
    let firm = SimulatedFirm(world, customers: 300, seed: 5)
    let kinds = try stride(from: SimulatedFirm.days - 60, through: SimulatedFirm.days, by: 6).map { day in
      let known = firm.rows(until: day)
      let histories = try #require(known.statistics(until: day, end: day)).histories.map(\.history)
      return try ModelChoice(for: histories, foreseen: known, until: day).fit.kind
    }
    #expect(zip(kinds, kinds.dropFirst()).count { $0 != $1 } <= 2, "\(kinds)")
  }

  /// One that was used before stays unless it is beaten by more than chance.
  @Test func whatWasUsedStays() throws {
    let firm = SimulatedFirm(.bg, customers: 1_000, seed: 9)
    let known = firm.rows(until: SimulatedFirm.days)
    let histories = try #require(known.statistics(until: SimulatedFirm.days, end: SimulatedFirm.days)).histories
      .map(\.history)
    func choice(_ before: PurchaseModelKind?) throws -> ModelChoice {
      try ModelChoice(for: histories, foreseen: known, until: SimulatedFirm.days, before: before)
    }
    #expect(try choice(.paretoNBD).fit.kind == .paretoNBD)
    #expect(try choice(.mbgNBD).fit.kind == .mbgNBD)
    // In this firm people leave: a model that does not know of it is beaten.
    #expect(try choice(.nbd).fit.kind.knowsLeaving)
    #expect(try choice(.sameRate).fit.kind.knowsLeaving)
  }

  /// Regular customers who come every week: nothing foresees them better than that they do so again.
  @Test func aBaselineIsUsedWhereItForeseesBest() throws {
    var (customers, days, random) = ([Int32](), [Int32](), SplitMix(state: 4))
    for customer in 0..<200 {
      // They change their pace twice a year, so that what was long ago says little.
      for half in 0..<6 {
        let gap = [2, 5, 11, 30, 60][Int(random.uniform() * 5)]
        for day in stride(from: half * 182, to: (half + 1) * 182, by: gap) where half % 2 == customer % 2 || half > 3 {
          customers.append(Int32(customer))
          days.append(Int32(day + 90))
        }
      }
    }
    let rows = PurchaseRows(count: 200, customers: customers, days: days, amounts: days.map { _ in 100 })
    let backtest = try #require(Backtest(rows, until: 1_092))
    let standings = (PurchaseModelKind.likelihoodModels + PurchaseModelKind.baselines).compactMap(backtest.standing)
    let nearest = try #require(standings.min { $0.error < $1.error })
    let histories = try #require(rows.statistics(until: 1_092, end: 1_092)).histories.map(\.history)
    let choice = try ModelChoice(for: histories, foreseen: rows, until: 1_092)
    let models = standings.filter { !PurchaseModelKind.baselines.contains($0.kind) }
    let ahead = (models.map(\.error).min() ?? 0) - nearest.error
    #expect(
      PurchaseModelKind.baselines.contains(choice.fit.kind) == (ahead > 2 * (models.map(\.noise).max() ?? 0)),
      "\(choice.reason) \(standings)")
  }
}

/// How many customers of a firm did what was foretold.
private struct Outcome: CustomStringConvertible {
  private(set) var customers = 0.0
  private var (counts95, counts80, values95, values80) = (0.0, 0.0, 0.0, 0.0)
  /// What all spent beyond what was expected, in standard deviations.
  private(set) var deviations = 0.0

  var purchases95: Double { counts95 / customers }
  var purchases80: Double { counts80 / customers }
  var value95: Double { values95 / customers }
  var value80: Double { values80 / customers }
  var description: String { "\(purchases95) \(purchases80) \(value95) \(value80) \(deviations)" }

  init(of parts: [Outcome]) {
    for part in parts {
      customers += part.customers
      counts95 += part.counts95
      counts80 += part.counts80
      values95 += part.values95
      values80 += part.values80
    }
  }

  init(_ world: SimulatedFirm.World, customers: Int, seed: UInt64) throws {
    let firm = SimulatedFirm(world, customers: customers, seed: seed)
    let today = SimulatedFirm.days
    let season = firm.rows(until: today).season(until: today)
    let seen = firm.seen(until: today, then: 26)
    let histories = try seen.map { customer in
      try #require(
        PurchaseHistory(
          purchaseDays: customer.past.count, firstDay: customer.past[0].day, lastDay: customer.past.last?.day ?? 0,
          asOf: today, season: season))
    }
    let spends = seen.map { SpendHistory($0.past.dropFirst(min(1, $0.past.count - 1))) }
    let repeated = zip(seen, spends).map { $0.past.count > 1 ? $1 : .none }
    let horizon = try #require(Horizon(periods: 2, weeksPerPeriod: 13, discountRate: 0))
    var forecaster = ValueForecaster(
      try Self.best(histories), spend: try SpendFit(to: repeated),
      horizon: horizon.stretched(by: season.weight(fromDay: today, toDay: today + 182)))
    var (spent, expected, variance) = (0.0, 0.0, 0.0)
    for (place, customer) in seen.enumerated() {
      let forecast = forecaster.forecast(histories[place], spend: spends[place])
      let value = try #require(forecast.value)
      let (count, total) = (Double(customer.future.count), Double(customer.future.reduce(0) { $0 + $1.amount }))
      if forecast.purchases.lower...forecast.purchases.upper ~= count { counts95 += 1 }
      if forecast.purchases.lower80...forecast.purchases.upper80 ~= count { counts80 += 1 }
      if value.lower...value.upper ~= total { values95 += 1 }
      if value.lower80...value.upper80 ~= total { values80 += 1 }
      (spent, expected) = (spent + total, expected + value.mean)
      variance += forecaster.expectation(histories[place], spend: spends[place]).valueVariance
    }
    self.customers = Double(seen.count)
    let shared = forecaster.sharedVariance(zip(histories, spends).map { (history: $0, spend: $1) })
    deviations = (spent - expected) / (variance + shared * expected * expected).squareRoot()
  }

  /// Of least BIC, among those within the range of their parameters.
  static func best(_ histories: [PurchaseHistory]) throws -> PurchaseFit {
    let fits = PurchaseModelKind.likelihoodModels.compactMap { try? PurchaseFit($0, to: histories) }
    return try #require(
      fits.filter { $0.kind == .nbd || !$0.estimate.isOnBoundary }.min { $0.estimate.bic < $1.estimate.bic })
  }
}

extension SpendHistory {
  fileprivate init(_ purchases: some Collection<SimulatedFirm.Purchase>) {
    self.init(occasions: purchases.count, total: Double(purchases.reduce(0) { $0 + $1.amount }))
  }
}

extension SimulatedFirm {
  /// What was known at the end of a day.
  func rows(until day: Int) -> PurchaseRows {
    var (numbers, days, amounts): ([Int32], [Int32], [Int64]) = ([], [], [])
    for (customer, purchases) in customers.enumerated() {
      for purchase in purchases where purchase.day <= day {
        numbers.append(Int32(customer))
        days.append(Int32(purchase.day))
        amounts.append(purchase.amount)
      }
    }
    return PurchaseRows(count: customers.count, customers: numbers, days: days, amounts: amounts)
  }
}
