import Store
import Synchronization

/// Analyses made lately, so that a click on a cell does not compute everything again. In memory, bounded, and
/// never older than the last change of orders.
final class AnalysisCache: Sendable {
  private struct Key: Hashable {
    let parameters: AnalysisParameters
    let asOf: Day
    let user: Int64?
    let isAdministrator: Bool
    let version: OrderVersion
  }

  private let kept = Mutex<[(key: Key, analysis: Analysis)]>([])
  /// Customers in all kept analyses together; about 60 bytes each.
  private let mostCustomers: Int

  init(mostCustomers: Int = 2_000_000) { self.mostCustomers = mostCustomers }

  /// For all analyses together.
  var customersKept: Int { kept.withLock { $0.reduce(0) { $0 + $1.analysis.count } } }

  /// A kept analysis, or a new one from the database.
  func analysis(
    _ parameters: AnalysisParameters, today: Day, _ access: Access, in tx: Transaction
  ) throws -> Analysis {
    let span = try OrderSpan.find(today: today, in: tx)
    let key = Key(
      parameters: parameters, asOf: Analysis.asOf(parameters, span, today: today), user: access.user?.raw,
      isAdministrator: access.isAdministrator, version: try OrderVersion.find(span, in: tx))
    if let analysis = find(key) { return analysis }
    let analysis = try Analysis.run(parameters, today: today, access, in: tx)
    keep(analysis, as: key)
    return analysis
  }

  private func find(_ key: Key) -> Analysis? {
    kept.withLock { kept in
      guard let place = kept.firstIndex(where: { $0.key == key }) else { return nil }
      let found = kept.remove(at: place)
      kept.append(found)
      return found.analysis
    }
  }

  /// Adds one and lets go of those not used for the longest time, and of what was made before a change.
  private func keep(_ analysis: Analysis, as key: Key) {
    kept.withLock { kept in
      kept.removeAll { $0.key == key || $0.key.version != key.version }
      kept.append((key, analysis))
      var customers = kept.reduce(0) { $0 + $1.analysis.count }
      while kept.count > 1, customers > mostCustomers || kept.count > 40 {
        customers -= kept.removeFirst().analysis.count
      }
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
