import Analytics
import Store
import Web

/// What was sold to walk-in customers, who are nobody in an analysis: told beside it, so that its sums can be understood.
struct WalkInSales: Codable, Equatable, Sendable {
  let value: Figure
  /// Of all, theirs and that of the customers in the analysis; 0…1.
  let share: Double

  /// Nil where nothing was sold to them.
  init?(_ analysis: Analysis, _ unit: Figure.Unit) {
    guard analysis.walkIn != 0 else { return nil }
    let known = analysis.columns.values.reduce(Int64(0)) { $0.clampedPlus($1) }
    let all = known.clampedPlus(analysis.walkIn)
    value = Figure(analysis.walkIn, unit)
    share = all > 0 ? min(max(Double(analysis.walkIn) / Double(all), 0), 1) : 0
  }

  var sentence: Word {
    let percent = Figures.percent(share)
    let amount =
      if case .money(let currency) = value.unit { Money(value.number, currency).description } else { value.decimal }
    return Word(
      "另有散客销售 \(amount)，占全部 \(percent)，不参与排名和预测。",
      "Walk-in sales: \(amount), \(percent) of all; not ranked or forecast.")
  }

  /// What they bought in the time of an analysis, by its measure.
  static func value(
    by measure: AnalysisParameters.Measure, asOf: Day?, window: Int?, _ access: Access, in tx: Transaction
  ) throws -> Int64 {
    let theirs: SQL = "customer_id IN (SELECT id FROM customer WHERE kind = 'walk_in' AND \(access.customers))"
    let sums: (SQL, SQL, SQL) -> SQL = { "SELECT \(SQL.total($0)), \(SQL.total($1)), \(SQL.total($2)) FROM " }
    let since: SQL = window.flatMap { days in asOf.map { "AND ordered_on > \($0.adding(days: -days))" } } ?? .nothing
    let from: SQL =
      asOf.map {
        "\(sums("base_amount", "base_cost", "quantity")) sales_order WHERE \(theirs) AND ordered_on <= \($0) \(since)"
      }
      ?? "\(sums("amount", "cost", "quantity")) customer_total WHERE \(theirs)"
    let values = try tx.map(from) { row in
      measure.value(quantity: row.integer(2), amount: row.integer(0), cost: row.integer(1))
    }
    return values.first ?? 0
  }
}
