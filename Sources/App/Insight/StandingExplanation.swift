import Store
import Web

/// Why a customer stands where it does: what went in, where the cuts were, and when.
struct StandingExplanation: Codable, Equatable, Sendable {
  /// One of R, F and M.
  struct ScoreReason: Codable, Equatable, Sendable {
    /// 1…5, or 0 where there is no purchase.
    let score: Int
    let value: Figure
    /// The values that earned this score, both ends included.
    var from: Figure?
    var to: Figure?
    /// The worst value that earned 5, 4, 3 and 2, as far as those scores were given.
    let cuts: [Figure]
    let words: Word
  }

  let asOf: Day
  /// With any order, and with at least one purchase.
  let customers: Int
  let buyers: Int
  /// `A`, `B`, `C` or empty.
  let valueClass: String
  let amount: Figure
  /// Of the total of all customers.
  let share: Double
  /// The smallest amount in class A and in class B.
  var leastA: Figure?
  var leastB: Figure?
  let classWords: Word
  var lastOn: Day?
  let recency: ScoreReason
  let frequency: ScoreReason
  let monetary: ScoreReason
  var segment: String?
}

extension Standing {
  /// Nil before the first analysis, and for customers without an order.
  static func explanation(for valued: ValuedCustomer, _ run: StandingRun?) -> StandingExplanation? {
    guard !valued.standing.valueClass.isEmpty, let run else { return nil }
    return StandingExplanation(valued.totals, valued.standing, run)
  }
}

extension StandingExplanation {
  init(_ totals: Totals, _ standing: Standing, _ run: StandingRun) {
    let unit = Figure.Unit.money(run.currency)
    let last = Day(totals.lastOn)
    let recency = last.map { Figure(run.asOf.days(since: $0), .day) } ?? Figure(0, .day)
    asOf = run.asOf
    customers = run.customers
    buyers = run.buyers
    valueClass = standing.valueClass
    amount = Figure(totals.amount, unit)
    share = run.total > 0 ? Double(max(0, totals.amount)) / Double(run.total) : 0
    leastA = run.leastA.map { Figure($0, unit) }
    leastB = run.leastB.map { Figure($0, unit) }
    classWords = StandingWords.reason(standing.valueClass)
    lastOn = last
    self.recency = ScoreReason(standing.recencyScore, recency, run.recencyBands, .recency)
    frequency = ScoreReason(
      standing.frequencyScore, Figure(totals.purchaseDays, .occasion), run.frequencyBands, .frequency)
    monetary = ScoreReason(standing.monetaryScore, Figure(totals.amount, unit), run.monetaryBands, .monetary)
    segment = standing.segment.isEmpty ? nil : standing.segment
  }
}

/// The three dimensions of RFM.
enum ScoreDimension { case recency, frequency, monetary }

extension StandingExplanation.ScoreReason {
  fileprivate init(
    _ score: Int, _ value: Figure, _ bands: [StandingRun.ScoreBand], _ dimension: ScoreDimension
  ) {
    let band = bands.first { $0.score == score }
    func figure(_ number: Int64?) -> Figure? { number.map { Figure($0, value.unit) } }
    self.score = score
    self.value = value
    from = figure(band?.lower)
    to = figure(band?.upper)
    cuts = bands.filter { $0.score > 1 }.compactMap { figure(dimension == .recency ? $0.upper : $0.lower) }
    words = StandingWords.reason(score, dimension)
  }
}
