import Analytics
import Store
import Web

/// ABC, RFM or RFA of all customers who bought in a window: who they are, what they did, and where that puts
/// them.
struct Analysis: Sendable {
  enum Outcome: Sendable {
    case abc(ABC)
    case rfm(RFM)
  }

  let parameters: AnalysisParameters
  let asOf: Day
  let columns: PurchaseColumns
  let outcome: Outcome
  /// Places in the columns, the greatest value first; equal values by id.
  let ranking: [Int]
  /// What walk-in customers bought besides, by the same measure.
  let walkIn: Int64

  /// - Parameter columns: everybody with an order in the window, ids rising.
  init(_ parameters: AnalysisParameters, asOf: Day, _ columns: PurchaseColumns, walkIn: Int64 = 0) {
    self.parameters = parameters
    self.asOf = asOf
    self.walkIn = walkIn
    switch parameters.method {
    case .abc:
      let abc = ABC(values: columns.values, cuts: parameters.abcCuts)
      self.columns = columns
      outcome = .abc(abc)
      ranking = Self.ranking(abc)
    case .rfm, .rfa:
      let buyers = columns.buyers
      self.columns = buyers
      outcome = .rfm(RFM(buyers.purchases(asOf: asOf), cuts: parameters.rfmCuts))
      ranking = buyers.values.ranking
    }
  }

  private static func ranking(_ abc: ABC) -> [Int] {
    var places = [Int](repeating: 0, count: abc.standings.count)
    for (index, standing) in abc.standings.enumerated() { places[standing.rank - 1] = index }
    return places
  }

  var count: Int { columns.count }
  var abc: ABC? { if case .abc(let abc) = outcome { abc } else { nil } }
  var rfm: RFM? { if case .rfm(let rfm) = outcome { rfm } else { nil } }

  /// Where the day is not given it is that of the last order, but never one to come.
  static func asOf(_ parameters: AnalysisParameters, _ span: OrderSpan, today: Day) -> Day {
    parameters.asOf ?? span.last ?? today
  }

  /// Whether the totals kept for customers say the same as the orders would.
  static func totalsSuffice(_ parameters: AnalysisParameters, asOf: Day, _ span: OrderSpan) -> Bool {
    parameters.window == nil && (span.newest.map { $0 <= asOf } ?? true)
  }

  /// Analyses what the database holds.
  static func run(
    _ parameters: AnalysisParameters, today: Day, _ access: Access, in tx: Transaction
  ) throws -> Analysis {
    let span = try OrderSpan.find(today: today, in: tx)
    let asOf = Self.asOf(parameters, span, today: today)
    let suffices = totalsSuffice(parameters, asOf: asOf, span)
    let columns =
      suffices
      ? try PurchaseColumns.fromTotals(by: parameters.by, access, in: tx)
      : try PurchaseColumns.fromOrders(
        by: parameters.by, asOf: asOf, window: parameters.window, access, in: tx)
    let walkIn = try WalkInSales.value(
      by: parameters.by, asOf: suffices ? nil : asOf, window: parameters.window, access, in: tx)
    return Analysis(parameters, asOf: asOf, columns, walkIn: walkIn)
  }
}
