import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct CustomerListTests {
  private static let count = ListSum.most + 100

  /// A shop with more customers than a list counts by itself; no amount stands in the order of the ids.
  private static func withMany(_ engine: EngineKind, _ body: (Shop) async throws -> Void) async throws {
    try await Shop.open(engine) { shop in
      let services = shop.services
      try await shop.db.write { tx in
        let customers = (0..<count).map { number in
          var customer = Customer(
            id: services.ids.next(), kind: number % 7 == 0 ? .company : .person, name: "n\(number * 7_919 % count)",
            at: services.clock(), by: nil)
          customer.regionCode = "330106"
          return customer
        }
        try Customer.add(customers, in: tx)
        for (number, customer) in customers.enumerated() {
          try tx.run(
            """
            UPDATE customer_total SET amount = \(number * 6_101 % 997), order_count = \(number % 5),
              last_on = \("2026-01-\(10 + number % 20)"), value_class = \(["C", "B", "A", ""][number % 11 == 0 ? 3 : number * 6_101 % 997 / 700 + number % 2]),
              segment = \(number % 3 == 0 ? "lost" : "new") WHERE customer_id = \(customer.id)
            """)
        }
      }
      try await body(shop)
    }
  }

  private static func list(_ filter: CustomerFilter, _ shop: Shop) async throws -> CustomerList {
    try await shop.db.read { tx in
      try CustomerList.read(filter, .system, today: Shop.today, currency: "CNY", in: tx)
    }
  }

  @Test(arguments: EngineKind.available) func manyAreCountedWhenAskedFor(_ engine: EngineKind) async throws {
    try await Self.withMany(engine) { shop in
      let soon = try await Self.list(CustomerFilter(), shop)
      #expect(soon.count == ListSum.most && !soon.isCounted && soon.amount == nil)
      let whole = try await Self.list(CustomerFilter(count: .all), shop)
      #expect(whole.count == Self.count && whole.isCounted && whole.customers == soon.customers)
      let sum = (0..<Self.count).reduce(0) { $0 + $1 * 6_101 % 997 }
      #expect(whole.amount == Money(Int64(sum), "CNY"))
      let few = try await Self.list(CustomerFilter(kind: .company), shop)
      #expect(few.count == (Self.count + 6) / 7 && few.isCounted)
      let many = try await Self.list(CustomerFilter(region: "330000"), shop)
      #expect(many.count == ListSum.most && !many.isCounted && many.amount == nil)
    }
  }

  /// Few steps end before those of the class begin; then all are looked at.
  @Test(arguments: EngineKind.available) func ofAClassWhereverItStands(_ engine: EngineKind) async throws {
    try await Self.withMany(engine) { shop in
      let filters: [(CustomerFilter, SQL)] = [
        (CustomerFilter(valueClass: .c), "amount"),
        (CustomerFilter(kind: .person), "amount"),
        (CustomerFilter(valueClass: .c, segment: .lost, sort: .last), "last_on"),
        (CustomerFilter(segment: .new, sort: .orders), "order_count"),
        (CustomerFilter(valueClass: .b, bought: .in365), "amount"),
        (CustomerFilter(valueClass: .c, region: "330000"), "amount"),
      ]
      for (filter, column) in filters {
        let conditions = filter.conditions(.system, today: Shop.today)
        let expected: [Int64] = try await shop.db.read { tx in
          try tx.values(
            "SELECT customer_id FROM \(SQL.customersWithTotals)\(conditions.whereClause) ORDER BY \(column) DESC, id DESC"
          )
        }
        for steps in [[0], [300], [50, 300]] {
          var page = try await Self.page(filter, steps, shop)
          var there = page.items.map(\.raw)
          while let next = page.next {
            page = try await Self.page(filter, steps, at: next, shop)
            there += page.items.map(\.raw)
          }
          var back = page.items.map(\.raw)
          while let previous = page.previous {
            page = try await Self.page(filter, steps, at: previous, shop)
            back = page.items.map(\.raw) + back
          }
          #expect(!expected.isEmpty && [there, back].allSatisfy { $0.elementsEqual(expected) }, "\(column) \(steps)")
        }
      }
    }
  }

  /// However they are counted, they are the same.
  @Test(arguments: EngineKind.available) func countsWhoFits(_ engine: EngineKind) async throws {
    try await Self.withMany(engine) { shop in
      for bought in [nil] + CustomerFilter.Bought.allCases {
        let narrowings: [(ValueClass?, String?)] = [(nil, nil), (.c, nil), (.a, nil), (.c, "1")]
        for (valueClass, q) in narrowings {
          let filter = CustomerFilter(q: q, valueClass: valueClass, bought: bought, count: .all)
          let searched: [SQL] = filter.query.map { ["customer.id IN \(SQL.matching($0))"] } ?? []
          let conditions = filter.conditions(.system, today: Shop.today) + searched
          let rows: SQL = "FROM \(SQL.customersWithTotals)\(conditions.whereClause)"
          let (count, sum) = try await shop.db.read { tx in
            (
              try tx.value("SELECT count(*) \(rows)", as: Int.self),
              try tx.value("SELECT \(SQL.total("customer_total.amount")) \(rows)", as: Int64.self)
            )
          }
          let list = try await Self.list(filter, shop)
          let what = "\(String(describing: bought)) \(String(describing: valueClass)) \(q ?? "")"
          #expect(list.isCounted && list.count == count && list.amount?.minor == sum, "\(what)")
        }
      }
    }
  }

  private static func page(
    _ filter: CustomerFilter, _ steps: [Int], at position: Position? = nil, _ shop: Shop
  ) async throws -> Slice<Customer.ID> {
    var filter = filter
    filter.position = position
    return try await shop.db.read { [filter] tx in
      try filter.page(where: filter.conditions(.system, today: Shop.today), steps: steps, in: tx)
    }
  }

  /// Page by page, whichever way they are looked for.
  @Test(arguments: EngineKind.available) func everyOrderBringsEverybodyOnce(_ engine: EngineKind) async throws {
    try await Self.withMany(engine) { shop in
      for sort in CustomerFilter.Sort.allCases {
        for kind in [nil, Customer.Kind.company] {
          var filter = CustomerFilter(kind: kind, sort: sort)
          var rows: [CustomerList.Row] = []
          repeat {
            let page = try await Self.list(filter, shop).customers
            rows += page.items
            filter.position = page.next
          } while filter.position != nil
          #expect(Set(rows.map(\.id)).count == rows.count)
          #expect(rows.count == (kind == nil ? Self.count : (Self.count + 6) / 7), "\(sort)")
          let isInOrder = zip(rows, rows.dropFirst()).allSatisfy { one, next in
            switch sort {
            case .amount: one.amount.minor >= next.amount.minor
            case .last: (one.lastOn?.number ?? 0) >= (next.lastOn?.number ?? 0)
            case .orders: one.orderCount >= next.orderCount
            case .newest: one.id > next.id
            case .name: Pinyin.sortKey(one.name) <= Pinyin.sortKey(next.name)
            }
          }
          #expect(isInOrder, "\(sort)")
        }
      }
    }
  }

  /// The figures follow the page; without scripts a link brings them.
  @Test(arguments: EngineKind.available) func thePageFetchesItsSums(_ engine: EngineKind) async throws {
    try await Self.withMany(engine) { shop in
      let site = try await shop.site()
      let many = try await site.get("/customers", headers: ["Accept": "text/html"]).text
      #expect(many.contains("hx-get='/customers?count=all'") && many.contains("超过 2,000 位"))
      let all = try await site.get("/customers?count=all", headers: ["Accept": "text/html"]).text
      #expect(!all.contains("count=all' hx-trigger") && all.contains("全部客户 2,100 位"))
    }
  }
}
