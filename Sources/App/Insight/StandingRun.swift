import Analytics
import Store

/// How the standings of the customers came about: the last run of the firm's standard analysis, which is
/// ABC by amount and RFM by fifths, both over all history. There is one row of it.
struct StandingRun: Record, Equatable {
  /// The values that earned a score, both ends included.
  struct ScoreBand: Codable, Equatable, Sendable {
    let score: Int
    let lower: Int64?
    let upper: Int64?
    let customers: Int
  }

  let id: ID<StandingRun>
  let finishedAt: Instant
  let asOf: Day
  let currency: String
  /// With any order, and with at least one that is not a return.
  let customers: Int
  let buyers: Int
  /// Of the positive amounts: what shares are shares of.
  let total: Int64
  /// The smallest amount in class A and in class B, nil where the class is empty.
  let leastA: Int64?
  let leastB: Int64?
  let recencyBands: [ScoreBand]
  let frequencyBands: [ScoreBand]
  let monetaryBands: [ScoreBand]
}

extension StandingRun {
  private static let only = ID<StandingRun>(raw: 1)

  static var lastFinish: SQL { "SELECT finished_at FROM standing_run WHERE id = \(only)" }

  static func last(in tx: Transaction) throws -> StandingRun? {
    try tx.first("SELECT * FROM standing_run WHERE id = \(only)")
  }

  func save(in tx: Transaction) throws {
    try tx.delete(StandingRun.self, Self.only)
    try tx.insert(self)
  }

  init(_ abc: Analysis, _ rfm: Analysis, currency: String, at now: Instant) {
    func bands(_ bands: [Band]?) -> [ScoreBand] {
      (bands ?? []).map {
        ScoreBand(score: $0.score, lower: $0.lower, upper: $0.upper, customers: $0.count)
      }
    }
    self.init(
      id: Self.only, finishedAt: now, asOf: abc.asOf, currency: currency, customers: abc.count,
      buyers: rfm.count, total: abc.abc?.summary.positiveTotal ?? 0, leastA: abc.least(.a),
      leastB: abc.least(.b),
      recencyBands: bands(rfm.rfm?.recencyBands), frequencyBands: bands(rfm.rfm?.frequencyBands),
      monetaryBands: bands(rfm.rfm?.monetaryBands))
  }
}

extension Analysis {
  /// The smallest value in a class.
  fileprivate func least(_ valueClass: ValueClass) -> Int64? {
    guard let abc else { return nil }
    return columns.indices.lazy.filter { abc.standings[$0].valueClass == valueClass }.map {
      columns.values[$0]
    }.min()
  }
}
