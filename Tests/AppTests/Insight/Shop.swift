import Store
import TestKit
import Web

@testable import App

/// A firm small enough to reckon by hand. Today is 2026-11-20, amounts are in yuan.
struct Shop: Sendable {
  static let today = day("2026-11-20")

  let services: Services
  var db: Database { services.db }

  static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

  /// A shop without customers.
  static func open(_ engine: EngineKind, _ body: (Shop) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: Features.migrations) { db in
      // Noon in Shanghai.
      let noon = Instant(startOf: today, in: Settings.standardZone).adding(seconds: 12 * 3600)
      try await body(Shop(services: Services(db: db, clock: { noon })))
    }
  }

  /// The shop with the customers and orders of ``sales``.
  static func full(_ engine: EngineKind, _ body: (Shop) async throws -> Void) async throws {
    try await open(engine) { shop in
      try await shop.sell(sales)
      try await body(shop)
    }
  }

  struct Sale: Sendable {
    let customer: String
    let day: Day
    let yuan: Int64
    let pieces: Int64
    let cost: Int64

    init(_ customer: String, _ day: String, _ yuan: Int64, _ pieces: Int64, cost: Int64 = 0) {
      self.customer = customer
      self.day = Shop.day(day)
      self.yuan = yuan
      self.pieces = pieces
      self.cost = cost
    }

    var fact: OrderFact {
      OrderFact(
        customer: customer, day: day, amount: yuan * 100, cost: cost * 100,
        quantity: Quantity(thousandths: pieces * 1000))
    }
  }

  static let sales = [
    // Two occasions: the two orders of one day are one.
    Sale("cloud", "2026-11-17", 1000, 10, cost: 600), Sale("cloud", "2026-11-17", 200, 2, cost: 100),
    Sale("cloud", "2026-01-05", 500, 5, cost: 300),
    // One occasion, and a return that takes value but is no occasion.
    Sale("wei", "2026-10-01", 300, 3, cost: 200), Sale("wei", "2026-10-15", -100, -1, cost: -50),
    // Nothing but a return.
    Sale("yang", "2026-09-01", -5, -1),
    // On the edge of a window of 365 days: outside; and an order to come.
    Sale("six", "2025-11-20", 80, 1), Sale("six", "2026-12-01", 90, 1),
    // The first day inside.
    Sale("sun", "2025-11-21", 70, 7),
    // A gift is an occasion without value.
    Sale("gift", "2026-11-20", 0, 1),
  ]

  /// Makes the customers that are missing and writes the orders, with totals.
  func sell(_ sales: [Sale]) async throws {
    let services = services
    try await db.write { tx in
      var ids: [String: Customer.ID] = [:]
      for (id, name) in try tx.map(
        "SELECT id, name FROM customer", { (try $0[0] as Customer.ID, try $0[1] as String) })
      {
        ids[name] = id
      }
      for sale in sales where ids[sale.customer] == nil {
        var customer = Customer(
          id: services.ids.next(), kind: .person, name: sale.customer, at: services.clock(), by: nil)
        customer.outsideId = "no-\(sale.customer)"
        ids[sale.customer] = customer.id
        try Customer.add([customer], in: tx)
      }
      let orders = sales.compactMap { sale in ids[sale.customer].map { Shop.order(sale, of: $0, services) } }
      try tx.insert(all: orders)
      try Totals.recountAll(in: tx)
      try Standing.refreshLater(services, in: tx)
    }
  }

  static func order(_ sale: Sale, of customer: Customer.ID, _ services: Services) -> App.Order {
    let now = services.clock()
    return App.Order(
      id: services.ids.next(), customerId: customer, orderedOn: sale.day,
      quantity: Quantity(thousandths: sale.pieces * 1000), amount: sale.yuan * 100, cost: sale.cost * 100,
      currency: "CNY", baseAmount: sale.yuan * 100, baseCost: sale.cost * 100, createdAt: now, createdBy: nil,
      updatedAt: now, updatedBy: nil)
  }

  /// A site in which an administrator asks with a token.
  func site() async throws -> TestSite {
    let accounts = Accounts(services)
    let user = try await accounts.create(
      email: "lin@example.cn", name: "Lin", password: "correct horse battery", isAdministrator: true)
    return TestSite(House.site(services), token: try await accounts.issueToken(for: user, name: "test"))
  }

  /// What an analysis finds of everybody, by name.
  func analysed(_ parameters: AnalysisParameters) async throws -> [String: Found] {
    try await db.read { tx in
      let analysis = try Analysis.run(parameters, today: Shop.today, .system, in: tx)
      let labels = try CustomerLabel.read(nil, .system, in: tx)
      return Found.all(analysis) { labels[$0]?.name ?? "?" }
    }
  }
}

/// One customer's inputs and result, as a test compares them.
struct Found: Equatable, Sendable {
  let occasions: Int
  let value: Int64
  let result: String

  static func all(_ analysis: Analysis, name: (Int64) -> String) -> [String: Found] {
    var all: [String: Found] = [:]
    for index in analysis.columns.indices {
      let result =
        analysis.abc.map { $0.standings[index].valueClass.rawValue }
        ?? analysis.rfm.map { rfm in
          let score = rfm.scores[index]
          return "\(analysis.columns.recency(index, asOf: analysis.asOf)) \(score.r)\(score.f)\(score.m)"
        }
      all[name(analysis.columns.ids[index])] = Found(
        occasions: analysis.columns.occasions[index], value: analysis.columns.values[index],
        result: result ?? "")
    }
    return all
  }
}
