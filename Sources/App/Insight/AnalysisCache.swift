import Store

/// Analyses made lately, so that a click on a cell does not compute everything again.
final class AnalysisCache: Sendable {
  private struct Key: Hashable {
    let parameters: AnalysisParameters
    let asOf: Day
    let sight: Access.Sight
  }

  private let kept: Shelves<Key, OrderVersion, Analysis>

  /// - Parameter mostCustomers: in all kept analyses together; about 60 bytes each.
  init(mostCustomers: Int = 2_000_000) { kept = Shelves(most: mostCustomers, weigh: \.count) }

  /// For all analyses together.
  var customersKept: Int { kept.weight }

  /// A kept analysis, or a new one from the database.
  func analysis(
    _ parameters: AnalysisParameters, today: Day, _ access: Access, in tx: Transaction
  ) throws -> Analysis {
    let span = try OrderSpan.find(today: today, in: tx)
    let key = Key(parameters: parameters, asOf: Analysis.asOf(parameters, span, today: today), sight: access.sight)
    return try kept.content(key, of: .find(span, in: tx)) {
      try Analysis.run(parameters, today: today, access, in: tx)
    }
  }
}

/// Changes whenever orders do; cheap to ask for.
struct OrderVersion: Hashable, Sendable {
  let newest: Day?
  let lastOrder: Int64?
  /// Marks left by transactions that changed orders.
  let changes: Int
  let lastChange: Int64?
}

extension OrderVersion {
  static func find(_ span: OrderSpan, in tx: Transaction) throws -> OrderVersion {
    OrderVersion(
      newest: span.newest, lastOrder: try tx.value("SELECT max(id) FROM sales_order"),
      changes: try tx.value("SELECT count(*) FROM order_change") ?? 0,
      lastChange: try tx.value("SELECT max(id) FROM order_change"))
  }
}
