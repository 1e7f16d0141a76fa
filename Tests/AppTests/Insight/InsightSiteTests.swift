import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// The pages and their JSON, asked as a browser and a program ask.
@Suite struct InsightSiteTests {
  private func read<Model: Decodable>(_ site: TestSite, _ path: String, as type: Model.Type = Model.self)
    async throws -> Model
  {
    let answer = try await site.get("/api/v1" + path)
    #expect(answer.status == 200, "\(path): \(answer.text)")
    return try Wire.decode(type, from: answer.body)
  }

  /// Every class of the Pareto page and every cell, segment and score of the grids opens a list that adds up to it.
  @Test(arguments: EngineKind.available) func cellsAddUpToTheirLists(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(900))
      let site = try await shop.site()
      let abc: ABCPage = try await read(site, "/insight/abc?window=200&by=margin")
      for total in abc.classes {
        let list: CustomersPage = try await read(
          site, "/insight/abc/customers?window=200&by=margin&class=\(total.class.rawValue)")
        #expect(list.count == total.customers)
        #expect(list.total == total.value)
      }
      #expect(abc.classes.reduce(Figure(0, .money("CNY"))) { $0 + $1.value } == abc.total)
      for method in ["rfm", "rfa"] {
        let page: RFMPage = try await read(site, "/insight/\(method)?as_of=2026-10-01")
        #expect(page.grid.map(\.customers).reduce(0, +) == page.customers)
        for cell in page.grid where cell.customers > 0 {
          let list: CustomersPage = try await read(
            site, "/insight/\(method)/customers?as_of=2026-10-01&r=\(cell.r)&f=\(cell.f)")
          #expect(list.count == cell.customers)
          #expect(list.total == cell.value)
        }
        for total in page.segments {
          let list: CustomersPage = try await read(
            site, "/insight/\(method)/customers?as_of=2026-10-01&segment=\(total.segment.rawValue)")
          #expect(list.count == total.customers)
          #expect(list.total == total.value)
        }
        for band in page.monetary {
          let list: CustomersPage = try await read(
            site, "/insight/\(method)/customers?as_of=2026-10-01&m=\(band.score)")
          #expect(list.count == band.customers)
        }
      }
    }
  }

  @Test(arguments: EngineKind.available) func pagesOfAList(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(900))
      let site = try await shop.site()
      let first: CustomersPage = try await read(site, "/insight/abc/customers")
      let last: CustomersPage = try await read(site, "/insight/abc/customers?page=\(first.pages)")
      let beyond: CustomersPage = try await read(site, "/insight/abc/customers?page=999999")
      #expect(first.customers.count == 50)
      #expect(first.pages == (first.count + 49) / 50)
      #expect(first.customers.map(\.rank) == Array(1...50))
      #expect(last.customers.last?.rank == first.count)
      #expect(beyond == last)
    }
  }

  @Test(arguments: EngineKind.available) func changesOfClass(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      try await shop.sell([Shop.Sale("sun", "2026-11-19", 90_000, 1)])
      let site = try await shop.site()
      let path = "/insight/changes?from=2026-11-18&to=2026-11-20"
      let page: ChangesPage = try await read(site, path)
      #expect(page.moves.first?.name == "sun")
      #expect(page.moves.first?.before == .c)
      #expect(page.moves.first?.after == .a)
      #expect(page.moves.first?.difference == Figure(9_000_000, .money("CNY")))
      // cloud was A and is C now; gift came.
      #expect(page.ways.first { $0.before == .none && $0.after == .c }?.customers == 1)
      #expect(page.ways.map(\.customers).reduce(0, +) == 6)
      for way in page.ways where way.customers > 0 {
        let cell: ChangesPage = try await read(
          site, path + "&before=\(way.before.rawValue)&after=\(way.after.rawValue)")
        #expect(cell.count == way.customers)
        #expect(cell.moves.allSatisfy { $0.before == way.before && $0.after == way.after })
      }
      expectEqual(try await site.get("/api/v1/insight/changes?from=2026-11-20&to=2026-11-20").status, 422)
    }
  }

  @Test(arguments: EngineKind.available) func aChangeIsSeenAtOnce(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let before: ABCPage = try await read(site, "/insight/abc")
      try await shop.sell([Shop.Sale("wei", "2026-11-01", 1, 1)])
      let after: ABCPage = try await read(site, "/insight/abc")
      #expect(after.total.number == before.total.number + 100)
    }
  }

  /// Every page in both languages, without orders, with them, and where there are none in the window.
  @Test func pages() async throws {
    try await Shop.open(.sqlite) { shop in
      let site = try await shop.site()
      let paths = ["/insight/abc", "/insight/rfm", "/insight/rfa", "/insight/changes"]
      for path in paths { expectEqual(try await site.get(path).text.contains("还没有订单"), true) }
      try await shop.sell(Shop.sales)
      for path in paths + [
        "/insight/rfm?cuts=fixed", "/insight/abc/customers?class=A", "/insight/rfa/customers?r=1",
      ] {
        for language in ["zh", "en"] {
          let answer = try await site.get(path, headers: ["Cookie": "language=\(language)"])
          #expect(answer.status == 200)
          #expect(answer.text.contains("<main"))
          #expect(!answer.text.contains("还没有订单"))
        }
      }
      expectEqual(try await site.get("/insight").headers[.location], "/insight/abc")
      let nothing = try await site.get("/insight/rfm?as_of=2001-01-01")
      #expect(nothing.text.contains("这段时间里没有订单"))
      let data = try await site.get("/insight/abc").text.matches(
        of: /<script type='application\/json'>(.*?)<\/script>/.dotMatchesNewlines())
      #expect(data.count == 1)
      for found in data { _ = try JSONSerialization.jsonObject(with: Data(found.1.utf8)) }
    }
  }

  /// What was typed stays, with a message at each field; a program gets the same as a problem.
  @Test func mistakes() async throws {
    try await Shop.full(.sqlite) { shop in
      let site = try await shop.site()
      for path in [
        "/insight/abc?a=90&b=80", "/insight/abc?a=nan", "/insight/abc?window=0",
        "/insight/rfm?cuts=fixed&recency_cuts=9,8,7,6", "/insight/rfm?cuts=fixed&value_cuts=1,2,3,a",
        "/insight/rfm?by=quantity", "/insight/rfa?by=amount", "/insight/changes?window=-1",
      ] {
        expectEqual(try await site.get("/api/v1" + path).status, 422)
        expectEqual(try await site.get(path).status, 422)
      }
      for path in ["/insight/abc?as_of=yesterday", "/insight/rfm/customers?segment=kings"] {
        expectEqual(try await site.get("/api/v1" + path).status, 400)
        expectEqual(try await site.get(path).status, 400)
      }
      let page = try await site.get("/insight/rfm?cuts=fixed&recency_cuts=9,8,7,6")
      #expect(page.text.contains("value='9,8,7,6'"))
      #expect(page.text.contains("请填四个由小到大的数"))
    }
  }

  @Test(arguments: EngineKind.available) func fixedCuts(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let list: CustomersPage = try await read(
        site,
        "/insight/rfm/customers?cuts=fixed&recency_cuts=1,10,100,1000&frequency_cuts=2,3,4,5"
          + "&value_cuts=0.01%3B100%3B500%3B1700")
      let scores = Dictionary(
        list.customers.map { ($0.name, [$0.r, $0.f, $0.m].compactMap(\.self)) }, uniquingKeysWith: { $1 })
      #expect(
        scores == [
          "gift": [5, 1, 1], "cloud": [4, 2, 5], "wei": [3, 1, 3], "sun": [2, 1, 2], "six": [2, 1, 2],
        ])
    }
  }

  @Test func theCacheIsBounded() async throws {
    try await Shop.full(.sqlite) { shop in
      let cache = AnalysisCache(mostCustomers: 12)
      let counts = try await shop.db.read { tx in
        try (1...30).map { window in
          _ = try cache.analysis(
            AnalysisParameters(.abc, window: window * 20), today: Shop.today, .system, in: tx)
          return cache.customersKept
        }
      }
      #expect(counts.max() ?? 0 <= 12)
      #expect(counts.last ?? 0 > 0)
    }
  }
}
