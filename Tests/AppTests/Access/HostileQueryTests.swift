import Foundation
import HTTPTypes
import Store
import TestKit
import Testing

@testable import App
@testable import Web

/// What an address asks for is what a stranger typed: whatever it is, no route ends in an error of its own, and a place
/// that a list does not have is refused.
@Suite struct HostileQueryTests {
  private static let values = [
    "", "x", "%00", "%FF", "%27%22%3B--", "-1", "1.5", "1e308", "nan", "9223372036854775807", "-9223372036854775808",
    "99999999999999999999", "true", "%5B%5D", "0000000000000", "0001-01-01", "9999-12-31", "2026-13-45",
    "..%2F..%2Fetc",
    "%E5%BC%A0", "eyJpZCI6MX0",
  ]

  private static let shop: @Sendable (Office, User) async throws -> [String: String] = { office, boss in
    let site = TestSite(
      House.site(office.services), token: try await office.accounts.issueToken(for: boss, name: "shop"))
    let customer = try await site.id(
      .post, "/customers", #"{"name":"云岚","kind":"company"}"#)
    let order = try await site.id(
      .post, "/orders",
      #"{"customer_id":"\#(customer)","ordered_on":"2026-11-20","lines":[{"product":"茶","quantity":"2","amount":"5"}]}"#
    )
    let product = try await site.id(.post, "/products", #"{"name":"壶"}"#)
    let file = try await site.id(.post, "/imports", #"{"kind":"customers","file_name":"a.csv","text":"姓名\n王\n"}"#)
    return ["customers": customer, "orders": order, "products": product, "imports": file]
  }

  /// Every route that reads, by every field of its query, with everything that somebody might put there.
  @Test(arguments: EngineKind.available) func nothingTypedIsAnErrorOfOurs(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let ids = try await Self.shop(office, boss)
      let site = House.site(office.services)
      let visitor = TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "test"))
      let places = try await Self.places(visitor)
      var asked = 0
      for route in site.routes where route.method == .get && route.path != "/bench/echo" {
        let kind = route.path.split(separator: "/").first.map(String.init) ?? ""
        let path = route.path.replacing(/\{[a-z_]+\}/, with: ids[kind] ?? "0000000000000")
        let names =
          route.operation.map { $0.input.properties.map(\.name) } ?? ["q", "kind", "to", "key", "sort", "lines[0]"]
        for name in names {
          for value in Self.values + (name == "position" ? places : []) {
            let address = "\(route.isInAPI && asked % 2 == 0 ? "/api/v1" : "")\(path)?\(name)=\(value)"
            let answer = try await visitor.get(address)
            #expect(answer.status < 500, "\(address): \(answer.status)")
            asked += 1
          }
        }
      }
      #expect(asked > 800)
    }
  }

  private static let lists = ["/customers", "/orders", "/products", "/imports"]

  /// Places that lists give out, and others that somebody made up from them.
  private static func places(_ site: TestSite) async throws -> [String] {
    let orders = OrderFilter.order.list
    let forged = [Value.integer(5), .real(.infinity), .text("a\0b"), .text(""), .null].flatMap { key in
      [orders, CustomerFilter().order.list, ProductFilter().order.list].map {
        Position(key: key, id: .max, isBefore: true, in: $0).description
      }
    }
    return forged
  }

  @Test(arguments: EngineKind.available) func placesThatAListDoesNotHave(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let site = TestSite(
        House.site(office.services), token: try await office.accounts.issueToken(for: boss, name: "test"))
      let orders = Position(key: .text("2026-01-01"), id: 1, in: OrderFilter.order.list)
      expectEqual(try await site.get("/orders?position=\(orders)").status, 200)
      for path in Self.lists {
        for place in ["x", "1", "-1", "99999999999999999999", "eyJpZCI6MX0", "%FF"] {
          for path in [path, "/api/v1" + path] {
            let answer = try await site.get("\(path)?position=\(place)")
            #expect(answer.status == 400, "\(path)?position=\(place): \(answer.status)")
            #expect(answer.text.contains("position"))
          }
        }
        for kind in [Value.integer(1), .real(1), .text("\0"), .null] {
          let forged = Position(key: kind, id: 1, in: OrderFilter.order.list)
          expectEqual(try await site.get("\(path)?position=\(forged)").status, 400)
        }
        if path != "/orders" { expectEqual(try await site.get("\(path)?position=\(orders)").status, 400) }
      }
      // The same list in another order is another list.
      let byName = Position(key: .text("a"), id: 1, in: CustomerFilter(sort: .name).order.list)
      expectEqual(try await site.get("/customers?sort=name&position=\(byName)").status, 200)
      expectEqual(try await site.get("/customers?sort=last&position=\(byName)").status, 400)
      expectEqual(try await site.get("/products?sort=name&position=\(byName)").status, 400)
    }
  }

  @Test(arguments: ["x", "0", "-1", "1.5", "99999999999", "99999999999999999999"]) func pagesThatAreNone(
    _ page: String
  ) async throws {
    try await Office.open(.sqlite) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      _ = try await Self.shop(office, boss)
      let site = TestSite(
        House.site(office.services), token: try await office.accounts.issueToken(for: boss, name: "test"))
      for path in ["/insight/abc/customers", "/insight/rfm/customers", "/insight/changes"] {
        expectEqual(try await site.get("\(path)?page=\(page)").status, 400)
        expectEqual(try await site.get("/api/v1\(path)?page=\(page)").status, 400)
      }
    }
  }
}

extension TestSite {
  /// Makes something and tells its id.
  fileprivate func id(_ method: HTTPRequest.Method, _ path: String, _ json: String) async throws -> String {
    let made = try await send(method, "/api/v1" + path, json: json)
    return String(try #require(made.text.firstMatch(of: /"id":"(\w{13})"/), "\(made.text)").1)
  }
}
