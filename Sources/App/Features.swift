import Store
import Web

/// Every capability, in the order of the menu.
enum Features {
  static let all: [Feature] = [
    .accounts, .customers, .customFields, .contacts, .tags, .notes, .orders, .products, .insight, .lifetime, .search,
    .imports, .regions, .settings, .backups, .deletions, .idempotency,
  ]

  static let migrations = JobSchema.migrations + SearchSchema.migrations + all.flatMap(\.migrations)
  /// The last step of the database's shape.
  static let newest = migrations.map(\.number).max() ?? 0
  static let menu = all.flatMap(\.menu)

  static func routes(_ services: Services) -> [Route] { all.flatMap { $0.routes(services) } }

  /// On threads of their own.
  static func jobs(_ services: Services) -> [String: JobHandler] {
    let handlers = all.reduce(into: [:]) { $0.merge($1.jobs(services)) { first, _ in first } }
    return handlers.mapValues { handler in
      { run in try await WorkThreads.jobs.run { try await handler(run) } }
    }
  }
}
