import Store
import Web

/// A search from the command line.
public struct Finds: Encodable, Sendable {
  private let found: Found

  /// What is found of each kind, the most important first.
  /// - Parameter limit: 1 to 1,000 of each kind; what lies outside is brought inside.
  public static func of(_ text: String, limit: Int, _ services: Services) async throws -> Finds {
    try await services.db.read { tx in
      let currency = try tx.ask(Settings.stored).currency
      return Finds(
        found: try Found.read(text, .system, currency: currency, limit: min(max(limit, 1), 1_000), in: tx))
    }
  }

  /// One line for each: id, name, and what tells it from others.
  public var lines: [String] {
    let customers = found.customers.map {
      "\($0.id)  \($0.valueClass.isEmpty ? "-" : $0.valueClass)  \($0.name)  \($0.region)  \($0.phone)"
    }
    return customers + (found.orders + found.products).map { "\($0.id)  \($0.name)  \($0.more)" }
  }

  public func encode(to encoder: any Encoder) throws { try found.encode(to: encoder) }
}
