import Store
import Web

extension Feature {
  static let search = Feature(
    migrations: SearchRefresh.migrations + NameRefresh.migrations, routes: { SearchRoutes(services: $0).all },
    jobs: {
      [
        SearchRefresh.kind: SearchRefresh.handler($0), SearchRefresh.kindOfRenewal: SearchRefresh.renewal($0),
        NameRefresh.kind: NameRefresh.handler($0),
      ]
    })
}

/// What a search found, over every kind of record, and the commands of that name.
struct Found: Codable, Equatable, Sendable {
  struct CustomerHit: Codable, Equatable, Sendable {
    let id: Customer.ID
    let name: String
    let valueClass: String
    let region: String
    let phone: String
    let amount: Money
  }

  struct Hit: Codable, Equatable, Sendable {
    let id: String
    let name: String
    let more: String
  }

  let q: String
  let customers: [CustomerHit]
  let orders: [Hit]
  let products: [Hit]

  var isEmpty: Bool { customers.isEmpty && orders.isEmpty && products.isEmpty }

  /// The likeliest first.
  static func read(_ text: String, _ access: Access, currency: String, limit: Int, in tx: Transaction) throws -> Found {
    guard let query = SearchQuery(text) else { return Found(q: text, customers: [], orders: [], products: []) }
    let customers = try Customer.likeliest(text, access, limit: limit, in: tx).map { found in
      let customer = found.customer
      return CustomerHit(
        id: customer.id, name: customer.name, valueClass: found.standing.valueClass,
        region: Region.shown(customer.regionCode, typed: customer.region),
        phone: customer.phones.first?.shown ?? "", amount: Money(found.totals.amount, currency))
    }
    return Found(
      q: text, customers: customers, orders: try orders(text, access, limit: limit, in: tx),
      products: try products(query, limit: limit, in: tx))
  }

  private static func orders(
    _ text: String, _ access: Access, limit: Int, in tx: Transaction
  ) throws -> [Hit] {
    try tx.map(
      """
      SELECT sales_order.id, sales_order.outside_id, customer.name, sales_order.ordered_on
      FROM sales_order JOIN customer ON customer.id = sales_order.customer_id
      WHERE sales_order.id IN \(try Order.numbered(text, limit: 1_000, in: tx)) AND \(access.customers)
      ORDER BY sales_order.ordered_on DESC, sales_order.id DESC LIMIT \(limit)
      """
    ) { row in
      let (id, number, name, day): (Order.ID, String?, String, String) = (
        try row[0], try row[1], try row[2], try row[3]
      )
      return Hit(id: id.description, name: Order.number(number, id), more: "\(name) · \(day)")
    }
  }

  private static func products(_ query: SearchQuery, limit: Int, in tx: Transaction) throws -> [Hit] {
    try tx.map(
      """
      SELECT id, name, outside_id FROM product WHERE id IN \(SQL.matching(query, kind: .product))
      ORDER BY sort_name, id LIMIT \(limit)
      """
    ) { row in
      let (id, name, code): (Product.ID, String, String?) = (try row[0], try row[1], try row[2])
      return Hit(id: id.description, name: name, more: code ?? "")
    }
  }
}

struct SearchRoutes: Sendable {
  let services: Services

  struct Query: Codable, Sendable {
    var q: String?
  }

  var all: [Route] {
    [
      Route(.get, "/search", Word("搜索", "Search everything"), index, view: SearchPages.index),
      Route(.get, "/search/options", Word("边输入边搜索", "Search while typing"), options),
      Route(.get, "/new", SearchWords.add) { call, site in site.reply(SearchPages.add, for: call) },
      Route(.get, "/more", SearchWords.more) { call, site in site.reply(SearchPages.more, for: call) },
    ]
  }

  @Sendable func index(_ query: Query, _ call: Call) async throws -> Answer<Found> {
    .show(try await found(query.q, limit: 30, call))
  }

  /// What stands under the search field while somebody types.
  @Sendable func options(_ call: Call) async throws -> Reply {
    let options = SearchPages.options(try await found(call.query["q"], limit: 8, call))
    return Reply(type: "text/html; charset=utf-8", body: options.rendered(for: call.reader))
  }

  private func found(_ text: String?, limit: Int, _ call: Call) async throws -> Found {
    let access = try call.access
    let text = String((text ?? "").prefix(100))
    return try await services.db.read { tx in
      try Found.read(text, access, currency: call.reader.currency, limit: limit, in: tx)
    }
  }
}
