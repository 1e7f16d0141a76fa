import Foundation
import Store
import TestKit

@testable import App
@testable import Web

/// Addresses with a query, asked of the site by somebody who is signed in, so that the SQL they lead to runs; and
/// what else is read from short texts that people type.
struct FilterTarget: FuzzTarget {
  static let longest = 1_024

  let seeds: [[UInt8]]
  let words: [String]
  private let demo: DemoSite
  private let site: TestSite

  init(_ folder: URL) throws {
    let demo = try finished { try await DemoSite.open(in: folder) }
    self.demo = demo
    site = TestSite(demo.site, token: demo.token)
    let positions = [Value.integer(1), .text("2026-01-01"), .real(0.5), .null].map {
      Position(key: $0, id: 1, isBefore: true, in: OrderFilter.order.list).description
    }
    let queries = [
      "q=张&kind=company&role=buyer&value_class=A&segment=champions&sort=name", "q=wei 138&bought=not90&sort=last",
      "region=330000&tag=CUSTOMER&owner=CUSTOMER&bought=never", "period=last_year&returns=true&customer=CUSTOMER",
      "from=2026-01-01&to=2026-12-31&product=PRODUCT&q=A-1", "as_of=2026-11-20&window=365&by=quantity&a=80&b=95.5",
      "cuts=fixed&recency_cuts=30, 90, 180, 365&frequency_cuts=2 3 5 10&value_cuts=1,2.5,3,4000&page=2&class=A&r=5&f=1",
    ]
    var addresses = demo.paths + demo.paths.map { "/api/v1" + $0 }
    for path in ["/customers", "/orders", "/products", "/search", "/insight/abc", "/insight/rfm/customers"] {
      addresses += queries.map { "\(path)?\($0)" }
      addresses += positions.map { "/api/v1\(path)?position=\($0)" }
    }
    seeds = addresses.map { Array($0.utf8) }
    let names = [
      "q", "kind", "role", "value_class", "segment", "owner", "region", "tag", "bought", "sort", "position", "period",
      "from", "to", "customer", "product", "returns", "as_of", "window", "by", "a", "b", "cuts", "recency_cuts",
      "frequency_cuts", "value_cuts", "page", "class", "score", "lines[0][amount]", "since", "until", "kinds",
    ]
    let values = [
      "%00", "%FF", "%E5%BC%A0", "%27", "%22", "*", "9223372036854775807", "-9223372036854775808", "1e308", "nan",
      "9999-12-31", "0001-01-01", "0000-00-00", "CUSTOMER", "ORDER", "PRODUCT", "CNY", "not365", "last_year", "[", "]",
      "+", "&&", "==", "/api/v1",
    ]
    words = names.map { "&\($0)=" } + positions + demo.paths + values
  }

  func run(_ bytes: [UInt8]) {
    let address = demo.filled(String(decoding: bytes, as: UTF8.self))
    let path = address.hasPrefix("/") ? address : "/customers?\(address)"
    let site = site
    let answer = try? finished { try await site.get(path) }
    guard let answer else { Target.found("no answer") }
    if answer.status >= 500 { Target.found("\(answer.status) \(answer.text.suffix(400))") }
    let query = address.split(separator: "?", maxSplits: 1).last.map(String.init) ?? ""
    let fields = Fields(encoded: query)
    Self.decode(fields)
    for text in fields.pairs.map(\.value) + [query] { Self.read(text) }
  }

  private static func decode(_ fields: Fields) {
    let kinds: [any Decodable.Type] = [
      CustomerFilter.self, OrderFilter.self, AnalysisQuery.self, CustomerInput.self, ContactInput.self,
      OrderInput.self, ProductInput.self, SettingsInput.self, ImportColumnsInput.self, NoteInput.self,
    ]
    for kind in kinds { _ = try? FieldsDecoder.decode(kind, from: fields) }
  }

  private static func read(_ text: String) {
    _ = Position(text)?.description
    _ = SearchQuery(text)
    _ = RowFilter(typed: text)
    _ = Delimiter(typed: text)
    _ = TextEncoding(typed: text)
    _ = try? DatabaseURL(text)
    _ = Day(text)?.adding(days: -365)
    _ = Quantity(text)?.description
    _ = try? UnitPrice(typed: text, currency: "CNY")
    _ = try? PhoneNumber.parseAll(text)
    _ = try? ParsedDay.parse(text)
  }
}
