import Analytics
import Store
import Web

struct OutlookQuery: Codable, Equatable, Sendable {
  /// Months that end after it do not count.
  var asOf: Day?
}

/// What a firm will sell in the next twelve months, and how far that can be trusted.
struct OutlookPage: Codable, Equatable, Sendable {
  /// Purchases, with the ranges that hold them with 80 % and 95 %.
  struct Purchases: Codable, Equatable, Sendable {
    let expected: Double
    let lower: Int64
    let upper: Int64
    let lower80: Int64
    let upper80: Int64
  }

  /// Net sales, with the ranges that hold them with 80 % and 95 %.
  struct Sales: Codable, Equatable, Sendable {
    let expected: Money
    let lower: Money
    let upper: Money
    let lower80: Money
    let upper80: Money
  }

  struct Past: Codable, Equatable, Sendable {
    /// `2026-03`.
    let month: String
    let purchases: Int64
    let sales: Money
  }

  struct Coming: Codable, Equatable, Sendable {
    let month: String
    let purchases: Purchases
    /// Nil where more was given back than sold, so that nothing can be expected.
    let sales: Sales?
  }

  /// The coming months together; its ranges are not the sums of theirs.
  struct Year: Codable, Equatable, Sendable {
    let purchases: Purchases
    let sales: Sales?
  }

  /// How a method did when it was tried on earlier months.
  struct Trial: Codable, Equatable, Sendable {
    let method: Word
    let isUsed: Bool
    /// Months foreseen, from all cuts together.
    let forecasts: Int
    /// A month, in purchases or in units of the currency.
    let meanAbsoluteError: Double
    let meanAbsolutePercentageError: Double?
  }

  struct Judged: Codable, Equatable, Sendable {
    /// Ends of months at which forecasts were made.
    let cuts: Int
    let trials: [Trial]
    /// Shares of what happened that the ranges known before held; nil where there were none to judge.
    let held80: Double?
    let held95: Double?
  }

  /// Customers who were there before the first order on record.
  struct OlderCustomers: Codable, Equatable, Sendable {
    let count: Int
    let firstDay: Day
    /// From here on most first purchases are first ones.
    let settledFrom: Day
  }

  let query: OutlookQuery
  /// The last day that counts; nil without orders.
  let asOf: Day?
  /// Whole months since the first purchase.
  let wholeMonths: Int
  /// The last two years of them.
  let past: [Past]
  let months: [Coming]
  let year: Year?
  let purchasesJudged: Judged?
  let salesJudged: Judged?
  /// How much more or less than usual is bought on a day of each month, January first; nil where it cannot be told.
  let season: [Double]?
  /// Chinese New Year moves, so that January and February are told together.
  let poolsNewYear: Bool
  /// Why nothing is expected.
  let problem: Word?
  let olderCustomers: OlderCustomers?

  private static let monthsShown = 24

  /// - Parameter study: nil without orders.
  init(_ query: OutlookQuery, _ study: OutlookStudy?, currency: String) {
    let outlook = try? study?.outlook.get()
    self.query = query
    asOf = study.map { Day(number: $0.end.firstDay + $0.end.days - 1) }
    wholeMonths = study?.past.count ?? 0
    past = (study?.past ?? []).suffix(Self.monthsShown).map {
      Past(month: $0.month.name, purchases: Int64($0.purchases), sales: Money($0.sales, currency))
    }
    months =
      outlook.map { outlook in
        outlook.months.indices.map { index in
          Coming(
            month: outlook.months[index].name, purchases: Purchases(outlook.purchases.months[index]),
            sales: Sales(outlook.sales?.months[index], currency))
        }
      } ?? []
    year = outlook.map { Year(purchases: Purchases($0.purchases.total), sales: Sales($0.sales?.total, currency)) }
    let hasSeason = outlook?.season.map { !$0.isFlat } ?? false
    purchasesJudged = outlook.map { Judged($0.purchases, hasSeason: hasSeason, unit: 1) }
    salesJudged = outlook?.sales.map { Judged($0, hasSeason: hasSeason, unit: Money.unit(of: currency)) }
    season = outlook?.season?.factors
    poolsNewYear = outlook?.season?.poolsNewYear ?? false
    if case .failure(let error) = study?.outlook { problem = OutlookWords.problem(error) } else { problem = nil }
    olderCustomers = study?.truncatedStart.flatMap(OlderCustomers.init)
  }
}

extension CalendarMonth {
  /// `2026-03`.
  var name: String { String(Day(number: firstDay).description.prefix(7)) }
}

extension OutlookPage.Purchases {
  fileprivate init(_ prediction: Prediction) {
    // Counts are whole: a range ends on those it holds.
    expected = prediction.mean
    (lower, upper) = (Int64(nearest: prediction.lower.rounded(.down)), Int64(nearest: prediction.upper.rounded(.up)))
    (lower80, upper80) = (
      Int64(nearest: prediction.lower80.rounded(.down)), Int64(nearest: prediction.upper80.rounded(.up))
    )
  }
}

extension OutlookPage.Sales {
  fileprivate init?(_ prediction: Prediction?, _ currency: String) {
    guard let prediction else { return nil }
    func money(_ amount: Double) -> Money { Money(Int64(nearest: amount), currency) }
    expected = money(prediction.mean)
    (lower, upper) = (money(prediction.lower), money(prediction.upper))
    (lower80, upper80) = (money(prediction.lower80), money(prediction.upper80))
  }
}

extension OutlookPage.Judged {
  fileprivate init(_ outlook: MonthlyOutlook, hasSeason: Bool, unit: Double) {
    let judgement = outlook.judgement
    cuts = judgement.cuts
    trials = judgement.scores.map { score in
      OutlookPage.Trial(
        method: OutlookWords.method(score.method, hasSeason: hasSeason), isUsed: score.method == outlook.method,
        forecasts: score.forecasts, meanAbsoluteError: score.meanAbsoluteError / unit,
        meanAbsolutePercentageError: score.meanAbsolutePercentageError)
    }
    (held80, held95) = (judgement.held80, judgement.held95)
  }
}

extension OutlookPage.OlderCustomers {
  fileprivate init?(_ start: TruncatedStart) {
    guard let older = start.olderCustomers else { return nil }
    count = Int(Int64(nearest: older))
    (firstDay, settledFrom) = (Day(number: start.firstDay), Day(number: start.settledFrom))
  }
}
