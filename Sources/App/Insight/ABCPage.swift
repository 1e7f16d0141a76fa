import Analytics
import Store
import Web

/// The page of an ABC analysis.
struct ABCPage: Codable, Equatable, Sendable {
  struct ClassTotal: Codable, Equatable, Sendable {
    let `class`: ValueClass
    let customers: Int
    let shareOfCustomers: Double
    let value: Figure
    let shareOfValue: Double
    var mean: Figure?
    /// Of a single customer in the class.
    var least: Figure?
    var greatest: Figure?
  }

  var parameters: AnalysisQuery
  let asOf: Day
  /// Whether the firm has orders at all.
  let hasOrders: Bool
  let customers: Int
  let total: Figure
  var gini: Double?
  let classes: [ClassTotal]
  /// The greatest customers first.
  let pareto: [CurvePoint]
  let largest: [AnalysedCustomer]
  /// Nil where nothing was sold to walk-in customers.
  var walkIn: WalkInSales?
}

extension ABCPage {
  /// How many of the largest customers the page names.
  private static let named = 10

  init(
    _ analysis: Analysis, _ query: AnalysisQuery, hasOrders: Bool, currency: String, _ access: Access,
    in tx: Transaction
  ) throws {
    let unit = analysis.parameters.unit(currency)
    let summary = analysis.abc?.summary
    parameters = query
    asOf = analysis.asOf
    self.hasOrders = hasOrders
    customers = analysis.count
    total = Figure(summary?.netTotal ?? 0, unit)
    gini = summary?.concentration.gini
    classes = Self.classes(analysis, unit)
    walkIn = WalkInSales(analysis, unit)
    pareto = summary?.concentration.pareto ?? []
    largest = try AnalysedCustomer.list(
      analysis, ranks: Array(0..<min(Self.named, analysis.count)), currency: currency, access, in: tx)
  }

  private static func classes(_ analysis: Analysis, _ unit: Figure.Unit) -> [ClassTotal] {
    guard let summary = analysis.abc?.summary else { return [] }
    var start = 0
    return summary.classes.map { total in
      let members = analysis.ranking[start..<(start + total.count)]
      start += total.count
      let positive = members.reduce(into: Int64(0)) {
        $0 = $0.clampedPlus(max(0, analysis.columns.values[$1]))
      }
      return ClassTotal(
        class: total.valueClass, customers: total.count,
        shareOfCustomers: Self.share(total.count, of: analysis.count), value: Figure(total.sum, unit),
        shareOfValue: Self.share(positive, of: summary.positiveTotal),
        mean: total.count == 0 ? nil : Figure(total.sum / Int64(total.count), unit),
        least: members.last.map { Figure(analysis.columns.values[$0], unit) },
        greatest: members.first.map { Figure(analysis.columns.values[$0], unit) })
    }
  }

  private static func share(_ part: some BinaryInteger, of whole: some BinaryInteger) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
