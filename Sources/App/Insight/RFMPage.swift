import Analytics
import Store
import Web

/// The page of an RFM or RFA analysis.
struct RFMPage: Codable, Equatable, Sendable {
  struct Cell: Codable, Equatable, Sendable {
    let r: Int
    let f: Int
    let segment: RFMSegment
    let customers: Int
    let value: Figure
  }

  struct SegmentTotal: Codable, Equatable, Sendable {
    let segment: RFMSegment
    let customers: Int
    let share: Double
    let value: Figure
    /// Days since the last purchase, of the customer in the middle.
    var medianRecency: Int?
  }

  /// Which values earned a score.
  struct ScoreBand: Codable, Equatable, Sendable {
    let score: Int
    var from: Figure?
    var to: Figure?
    let customers: Int
  }

  let method: AnalysisParameters.Method
  var parameters: AnalysisQuery
  let asOf: Day
  let hasOrders: Bool
  let customers: Int
  let total: Figure
  /// R from 5 down to 1, within it F from 1 to 5.
  let grid: [Cell]
  let segments: [SegmentTotal]
  let recency: [ScoreBand]
  let frequency: [ScoreBand]
  /// Of money, or for RFA of quantity.
  let monetary: [ScoreBand]
  /// Nil where nothing was sold to walk-in customers.
  var walkIn: WalkInSales?
}

extension RFMPage {
  init(_ analysis: Analysis, _ query: AnalysisQuery, hasOrders: Bool, currency: String) {
    let unit = analysis.parameters.unit(currency)
    let rfm = analysis.rfm ?? RFM([])
    let medians = Self.medianRecency(analysis, rfm)
    method = analysis.parameters.method
    parameters = query
    asOf = analysis.asOf
    self.hasOrders = hasOrders
    customers = rfm.summary.count
    total = Figure(rfm.summary.monetary, unit)
    grid = rfm.summary.grid.map {
      Cell(r: $0.r, f: $0.f, segment: $0.segment, customers: $0.count, value: Figure($0.monetary, unit))
    }
    segments = rfm.summary.segments.map {
      SegmentTotal(
        segment: $0.segment, customers: $0.count,
        share: rfm.summary.count == 0 ? 0 : Double($0.count) / Double(rfm.summary.count),
        value: Figure($0.monetary, unit), medianRecency: medians[$0.segment])
    }
    recency = rfm.recencyBands.map { ScoreBand($0, .day) }
    frequency = rfm.frequencyBands.map { ScoreBand($0, .occasion) }
    monetary = rfm.monetaryBands.map { ScoreBand($0, unit) }
    walkIn = WalkInSales(analysis, unit)
  }

  private static func medianRecency(_ analysis: Analysis, _ rfm: RFM) -> [RFMSegment: Int] {
    let places = Dictionary(grouping: rfm.scores.indices) { rfm.scores[$0].segment }
    return places.mapValues { places in
      places.map { analysis.columns.recency($0, asOf: analysis.asOf) }.sorted()[places.count / 2]
    }
  }
}

extension RFMPage.ScoreBand {
  fileprivate init(_ band: Band, _ unit: Figure.Unit) {
    self.init(
      score: band.score, from: band.lower.map { Figure($0, unit) }, to: band.upper.map { Figure($0, unit) },
      customers: band.count)
  }
}
