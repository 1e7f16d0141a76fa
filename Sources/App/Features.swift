import Store
import Web

/// Every capability, in the order of the menu.
enum Features {
  static let all: [Feature] = [
    .accounts, .customers, .customFields, .contacts, .tags, .notes, .orders, .products, .insight, .lifetime, .search,
    .imports, .regions, .settings, .deletions, .idempotency,
  ]

  static let migrations = JobSchema.migrations + SearchSchema.migrations + all.flatMap(\.migrations)
  static let menu = all.flatMap(\.menu)

  static func routes(_ services: Services) -> [Route] { all.flatMap { $0.routes(services) } }

  static func jobs(_ services: Services) -> [String: JobHandler] {
    all.reduce(into: [:]) { $0.merge($1.jobs(services)) { first, _ in first } }
  }
}
