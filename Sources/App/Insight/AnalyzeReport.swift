import Analytics
import Store
import Web

/// Whom a row of a report is about.
struct CustomerLabel: Equatable, Sendable {
  /// The outside id where there is one, else ours; from a file, what it says.
  let id: String
  let name: String
}

/// The whole result of an analysis for other programs: everybody, with inputs, scores and class. Amounts and
/// quantities are decimal texts.
public struct AnalyzeReport: Encodable, Sendable {
  public struct Parameters: Encodable, Sendable {
    let window: Int?
    let by: AnalysisParameters.Measure
    /// Of ABC: shares of the total.
    let cuts: [String: Double]?
    /// Of scores: which values earned which.
    let bands: [String: [Band]]?
  }

  public struct Band: Encodable, Sendable {
    let score: Int
    let from: String?
    let to: String?
    let customers: Int
  }

  public struct Summary: Encodable, Sendable {
    let customers: Int
    let value: String
    let unit: String
    var gini: Double?
    /// What walk-in customers bought, which is not in the value.
    var walkIn: WalkInSales?
    var classes: [Group]?
    var segments: [Group]?
  }

  public struct Group: Encodable, Sendable {
    let name: String
    let customers: Int
    let value: String
  }

  /// What a method does not have is left out.
  public struct Line: Encodable, Equatable, Sendable {
    let id: String
    let name: String
    var value: String?
    var shareBefore: Double?
    var cumulativeShare: Double?
    var rank: Int?
    var `class`: ValueClass?
    var recency: Int?
    var frequency: Int?
    var monetary: String?
    var quantity: String?
    var r: Int?
    var f: Int?
    var m: Int?
    var a: Int?
    var segment: RFMSegment?

    init(_ label: CustomerLabel) {
      id = label.id
      name = label.name
    }
  }

  public let asOf: Day
  public let method: AnalysisParameters.Method
  public let parameters: Parameters
  public let summary: Summary
  /// The greatest value first: everybody, or as many as were asked for.
  public let customers: [Line]

  init(_ analysis: Analysis, currency: String, limit: Int?, label: (_ id: Int64) -> CustomerLabel) {
    let unit = analysis.parameters.unit(currency)
    asOf = analysis.asOf
    method = analysis.parameters.method
    parameters = Parameters(analysis, unit)
    summary = Summary(analysis, unit)
    customers = analysis.first(limit).map { index in
      Line(label(analysis.columns.ids[index]), analysis, index, unit)
    }
  }

  /// The report as JSON in snake case.
  public func json() throws -> [UInt8] { try Wire.encode(self) }
}

extension AnalyzeReport {
  /// From orders alone, without a database.
  /// - Parameter currency: that of the amounts; it decides where their decimal point is.
  init(
    _ parameters: AnalysisParameters, orders: [OrderFact], currency: String, today: Day, limit: Int? = nil
  ) {
    let (analysis, customers) = Analysis.run(parameters, orders: orders, today: today)
    self.init(analysis, currency: currency, limit: limit) { customers[Int($0)] }
  }

  /// From the database.
  /// - Parameter limit: how many customers are listed; nil for everybody.
  public static func run(
    _ parameters: AnalysisParameters, limit: Int? = nil, _ services: Services
  ) async throws -> AnalyzeReport {
    let now = services.clock()
    return try await services.db.read { tx in
      let settings = try tx.ask(Settings.stored)
      let analysis = try Analysis.run(
        parameters, today: now.day(in: settings.timeZone), .system, in: tx)
      let listed = limit.map { analysis.first($0).map { analysis.columns.ids[$0] } }
      let labels = try CustomerLabel.read(listed, .system, in: tx)
      return AnalyzeReport(analysis, currency: settings.currency, limit: limit) { id in
        labels[id] ?? CustomerLabel(id: Customer.ID(raw: id).description, name: "")
      }
    }
  }
}

extension Analysis {
  /// Places in the columns of those with the greatest value; of all when there is no limit.
  fileprivate func first(_ limit: Int?) -> ArraySlice<Int> { ranking.prefix(limit.map { max(0, $0) } ?? count) }
}

extension CustomerLabel {
  /// By our id.
  /// - Parameter ids: of whom; nil for everybody.
  static func read(
    _ ids: [Int64]?, _ access: Access, in tx: Transaction
  ) throws -> [Int64: CustomerLabel] {
    let wanted: SQL = ids.map { "id IN \(in: $0)" } ?? "1 = 1"
    var labels: [Int64: CustomerLabel] = [:]
    try tx.each(
      "SELECT id, outside_id, name FROM customer WHERE \(wanted) AND \(access.customers)"
    ) { row in
      let outside: String? = try row[1]
      let id = Customer.ID(raw: row.integer(0))
      labels[id.raw] = CustomerLabel(id: outside ?? id.description, name: try row[2])
    }
    return labels
  }
}

extension AnalyzeReport.Parameters {
  fileprivate init(_ analysis: Analysis, _ unit: Figure.Unit) {
    window = analysis.parameters.window
    by = analysis.parameters.by
    let cuts = analysis.parameters.abcCuts
    self.cuts = analysis.abc == nil ? nil : ["a": cuts.a, "b": cuts.b]
    bands = analysis.rfm.map { rfm in
      func shown(_ bands: [Analytics.Band], _ unit: Figure.Unit) -> [AnalyzeReport.Band] {
        bands.map { band in
          AnalyzeReport.Band(
            score: band.score, from: band.lower.map { Figure($0, unit).decimal },
            to: band.upper.map { Figure($0, unit).decimal }, customers: band.count)
        }
      }
      return [
        "recency": shown(rfm.recencyBands, .day), "frequency": shown(rfm.frequencyBands, .occasion),
        analysis.parameters.method == .rfa ? "quantity" : "monetary": shown(rfm.monetaryBands, unit),
      ]
    }
  }
}

extension AnalyzeReport.Summary {
  fileprivate init(_ analysis: Analysis, _ unit: Figure.Unit) {
    customers = analysis.count
    self.unit = unit.name
    walkIn = WalkInSales(analysis, unit)
    switch analysis.outcome {
    case .abc(let abc):
      value = Figure(abc.summary.netTotal, unit).decimal
      gini = abc.summary.concentration.gini
      classes = abc.summary.classes.map {
        .init(name: $0.valueClass.rawValue, customers: $0.count, value: Figure($0.sum, unit).decimal)
      }
    case .rfm(let rfm):
      value = Figure(rfm.summary.monetary, unit).decimal
      segments = rfm.summary.segments.map {
        .init(name: $0.segment.rawValue, customers: $0.count, value: Figure($0.monetary, unit).decimal)
      }
    }
  }
}

extension AnalyzeReport.Line {
  fileprivate init(_ label: CustomerLabel, _ analysis: Analysis, _ index: Int, _ unit: Figure.Unit) {
    self.init(label)
    let figure = Figure(analysis.columns.values[index], unit).decimal
    switch analysis.outcome {
    case .abc(let abc):
      let standing = abc.standings[index]
      value = figure
      shareBefore = standing.shareBefore
      cumulativeShare = standing.cumulativeShare
      rank = standing.rank
      `class` = standing.valueClass
    case .rfm(let rfm):
      let score = rfm.scores[index]
      recency = analysis.columns.recency(index, asOf: analysis.asOf)
      frequency = analysis.columns.occasions[index]
      (r, f) = (score.r, score.f)
      segment = score.segment
      if analysis.parameters.method == .rfa {
        (quantity, a) = (figure, score.m)
      } else {
        (monetary, m) = (figure, score.m)
      }
    }
  }
}
