import Foundation
import Testing

@testable import Analytics

struct SalesOutlookTests {
  static let firms: [(name: String, firm: MonthlyFirm)] = [
    ("even", MonthlyFirm()), ("small", MonthlyFirm(level: 8, scatter: 0)), ("scattered", MonthlyFirm(scatter: 0.2)),
    ("growing", MonthlyFirm(growth: 0.02, scatter: 0.08)), ("season", MonthlyFirm(level: 500, swing: 0.5)),
    ("season, growing, drifting", MonthlyFirm(level: 500, growth: 0.01, drift: 0.04, swing: 0.4)),
  ]

  private struct Held {
    var (months, within80, within95) = (0, 0, 0)

    mutating func add(_ prediction: Prediction, _ actual: Double) {
      months += 1
      within80 += prediction.lower80...prediction.upper80 ~= actual ? 1 : 0
      within95 += prediction.lower...prediction.upper ~= actual ? 1 : 0
    }

    var share80: Double { Double(within80) / Double(months) }
    var share95: Double { Double(within95) / Double(months) }
  }

  /// Over firms of all kinds, months and sums, purchases and sales.
  @Test(arguments: [18, 24, 36, 48])
  func intervalsHoldWhatHappens(known: Int) throws {
    var (purchases, sales, sums) = (Held(), Held(), Held())
    for (_, firm) in Self.firms {
      for seed in 0..<25 {
        let months = firm.months(known + 12, seed: UInt64(seed * 100 + known))
        let outlook = try SalesOutlook(MonthlyHistory(Array(months.prefix(known))))
        let soldOutlook = try #require(outlook.sales)
        for (index, total) in months.dropFirst(known).enumerated() {
          #expect(outlook.months[index] == total.month)
          purchases.add(outlook.purchases.months[index], Double(total.purchases))
          sales.add(soldOutlook.months[index], Double(total.sales))
        }
        sums.add(outlook.purchases.total, months.dropFirst(known).reduce(0) { $0 + Double($1.purchases) })
        sums.add(soldOutlook.total, months.dropFirst(known).reduce(0) { $0 + Double($1.sales) })
      }
    }
    #expect(0.93...0.985 ~= purchases.share95, "\(purchases)")
    #expect(0.93...0.985 ~= sales.share95, "\(sales)")
    #expect(0.77...0.88 ~= purchases.share80, "\(purchases)")
    #expect(0.77...0.88 ~= sales.share80, "\(sales)")
    // Sums come out a little wide where nothing drifts; they must not come out narrow.
    #expect(sums.share95 >= 0.93 && sums.share80 >= 0.77, "\(sums)")
  }

  @Test func theOutlookForeseesBetterThanRepeatingThePast() throws {
    var errors: [OutlookMethod: Double] = [:]
    var own = 0.0
    for (_, firm) in Self.firms {
      for seed in 0..<15 {
        let months = firm.months(48, seed: UInt64(seed + 9_000))
        let history = MonthlyHistory(Array(months.prefix(36)))
        let outlook = try SalesOutlook(history)
        func error(_ predicted: [Double]) -> Double {
          zip(predicted, months.dropFirst(36)).reduce(0) { $0 + abs($1.0 - Double($1.1.purchases)) } / firm.level
        }
        own += error(outlook.purchases.months.map(\.mean))
        for method in OutlookMethod.baselines {
          let predicted = try #require(method.forecast(history.purchases, season: .flat, count: 12))
          errors[method, default: 0] += error(predicted)
        }
      }
    }
    for (method, error) in errors { #expect(own < 0.8 * error, "\(own) \(method) \(error)") }
  }

  /// With a season that two years do not show yet, last year's months are better, and are taken.
  @Test func aBetterBaselineIsUsed() throws {
    let months = MonthlyFirm(level: 2_000, swing: 0.6).months(20, seed: 3)
    let outlook = try SalesOutlook(MonthlyHistory(months))
    #expect(outlook.season == nil)
    #expect(outlook.purchases.method == .sameMonthLastYear)
    let judgement = outlook.purchases.judgement
    let scores = Dictionary(uniqueKeysWithValues: judgement.scores.map { ($0.method, $0.meanAbsoluteError) })
    #expect(scores.count == 3 && judgement.cuts == 17)
    let year = try #require(scores[.sameMonthLastYear])
    #expect(scores.allSatisfy { $0.key == .sameMonthLastYear || $0.value > year })
    // Chosen by hand, the season is known.
    let season = try #require(SeasonProfile(factors: (1...12).map(MonthlyFirm(swing: 0.6).season)))
    let known = try SalesOutlook(MonthlyHistory(months), season: season)
    #expect(known.season == season)
    guard case .trend = known.purchases.method else {
      Issue.record("\(known.purchases.method)")
      return
    }
  }

  @Test func theJudgementIsOfIntervalsKnownThen() throws {
    var (held80, held95) = (0.0, 0.0)
    for seed in 0..<20 {
      let outlook = try SalesOutlook(MonthlyHistory(MonthlyFirm().months(48, seed: UInt64(seed + 50))))
      held80 += try #require(outlook.purchases.judgement.held80) / 20
      held95 += try #require(outlook.purchases.judgement.held95) / 20
      #expect(outlook.purchases.judgement.scores[0].meanAbsolutePercentageError ?? 1 < 0.2)
    }
    #expect(0.93...1 ~= held95 && 0.75...0.95 ~= held80, "\(held80) \(held95)")
  }

  @Test func expectationsOfAModelTakeThePlaceOfTheTrend() throws {
    let history = MonthlyHistory(MonthlyFirm(swing: 0.4).months(36, seed: 2))
    let own = try SalesOutlook(history, months: 6)
    let outlook = try SalesOutlook(history, months: 6, expected: Array(repeating: 1_000, count: 6))
    let season = try #require(outlook.season)
    #expect(outlook.purchases.method == .purchaseModel)
    expect(outlook.purchases.months.map(\.mean), near: outlook.months.map { 1_000 * season[$0] }, relative: 1e-9)
    expect(
      [outlook.purchases.total.upper / outlook.purchases.total.mean],
      near: [own.purchases.total.upper / own.purchases.total.mean], relative: 1e-9)
    for useless in [[], [1, 2], Array(repeating: .nan, count: 6), Array(repeating: 0, count: 6)] as [[Double]] {
      #expect(try SalesOutlook(history, months: 6, expected: useless) == own)
    }
  }

  @Test func tooFewMonths() throws {
    let months = MonthlyFirm().months(6, seed: 1)
    for count in 0..<6 {
      #expect(throws: SalesOutlook.Problem.tooFewMonths(count)) {
        try SalesOutlook(MonthlyHistory(Array(months.prefix(count))))
      }
    }
    let outlook = try SalesOutlook(MonthlyHistory(months), months: 99)
    #expect(outlook.months.count == SalesOutlook.mostMonths)
    #expect(try JSONDecoder().decode(SalesOutlook.self, from: JSONEncoder().encode(outlook)) == outlook)
    let silent = [MonthTotal(month: CalendarMonth(containing: 0), purchases: 0, sales: 0)]
    #expect(throws: SalesOutlook.Problem.tooFewMonths(0)) { try SalesOutlook(MonthlyHistory(silent)) }
  }

  @Test func oddMonths() throws {
    let months = MonthlyFirm(level: 50).months(30, seed: 6)
    func changed(_ change: (Int, MonthTotal) -> (Int, Int64)) -> [MonthTotal] {
      months.enumerated().map { index, total in
        let (purchases, sales) = change(index, total)
        return MonthTotal(month: total.month, purchases: purchases, sales: sales)
      }
    }
    let odd = [
      changed { $0 % 7 == 3 ? ($1.purchases, -5 * abs($1.sales)) : ($1.purchases, $1.sales) },
      changed { $0 > 20 ? (0, 0) : ($1.purchases, $1.sales) }, changed { _, _ in (1, 0) },
      changed { index, _ in index % 2 == 0 ? (Int.max / 2, Int64.max) : (1, Int64.min) },
      changed { index, _ in (index % 3, 5) },
      changed { _, total in (-total.purchases + 1_000 * total.month.month, total.sales) },
    ]
    for history in odd.map(MonthlyHistory.init) {
      let outlook = try SalesOutlook(history)
      for prediction in [outlook.purchases, outlook.sales].compactMap(\.self).flatMap({ $0.months + [$0.total] }) {
        #expect(0 <= prediction.lower && prediction.lower <= prediction.lower80, "\(prediction)")
        #expect(prediction.lower80 <= prediction.mean && prediction.mean <= prediction.upper80, "\(prediction)")
        #expect(prediction.upper80 <= prediction.upper && prediction.upper.isFinite, "\(prediction)")
      }
    }
    #expect(
      try SalesOutlook(MonthlyHistory(changed { index, total in (total.purchases, Int64(index) - total.sales) })).sales
        == nil)
  }

  @Test func monthsAreFilledAndAdded() throws {
    let first = try #require(CalendarMonth(year: 2024, month: 1))
    let totals = [(3, 5), (0, 2), (0, 4), (-1, 0)].map {
      MonthTotal(month: first.advanced(by: $0.0), purchases: $0.1, sales: Int64($0.1 * 10))
    }
    let history = MonthlyHistory(totals)
    #expect(history.purchases.values == [6, 0, 0, 5] && history.sales.values == [60, 0, 0, 50])
    #expect(history.purchases.start == first && history.next == first.advanced(by: 4))
    let typo = MonthTotal(month: CalendarMonth(containing: -700_000), purchases: 1, sales: 1)
    #expect(MonthlyHistory(totals + [typo]) == history)
  }

  /// Table values of Student's t, two-sided 95 %, 80 % and one-sided 99 %.
  @Test func quantilesOfStudent() {
    let table: [(Double, Double, Double, Double)] = [
      (1, 12.706, 3.078, 31.821), (2, 4.303, 1.886, 6.965), (3, 3.182, 1.638, 4.541), (5, 2.571, 1.476, 3.365),
      (10, 2.228, 1.372, 2.764), (30, 2.042, 1.310, 2.457), (120, 1.980, 1.289, 2.358),
    ]
    for (freedom, twoSided, eighty, oneSided) in table {
      expect(
        [0.975, 0.9, 0.99].map { StudentT.quantile($0, freedom: freedom) }, near: [twoSided, eighty, oneSided],
        absolute: 1.5e-3)
    }
    expect(
      [StudentT.normalQuantile(0.975), StudentT.normalQuantile(0.01)], near: [1.959964, -2.326348], absolute: 1e-6)
  }
}
