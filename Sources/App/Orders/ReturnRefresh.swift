import Store
import Web

/// Pairs the orders that were wholly taken back anew: once after an update, and when the days change within which that is
/// no purchase.
enum ReturnRefresh {
  static let kind = "orders.returns"
  /// Customers counted in one transaction, so that other writers need not wait long.
  private static let chunk = 1_000

  private struct Payload: Codable {}

  static func handler(_ services: Services) -> JobHandler {
    { run in try await refresh(services) { try await run.progress($0, of: $1) } }
  }

  static func later(_ services: Services, in tx: Transaction) throws {
    let queue = JobQueue(ids: services.ids, now: services.clock)
    try queue.add(kind: kind, payload: Payload(), runAt: services.clock(), in: tx)
  }

  static func refresh(
    _ services: Services, progress: (_ done: Int64, _ total: Int64) async throws -> Void = { _, _ in }
  ) async throws {
    let customers: [Customer.ID] = try await services.db.read { tx in
      try tx.values(
        """
        SELECT customer_id FROM sales_order WHERE \(Order.isReturnRow)
        UNION SELECT customer_id FROM sales_order WHERE counterpart_id IS NOT NULL ORDER BY 1
        """)
    }
    for start in stride(from: 0, to: customers.count, by: chunk) {
      let part = Array(customers[start..<min(start + chunk, customers.count)])
      try await services.db.write { tx in try Totals.recount(part, in: tx) }
      try await progress(Int64(start + part.count), Int64(customers.count))
    }
    try await services.db.write { tx in try Standing.refreshLater(services, in: tx) }
  }
}
