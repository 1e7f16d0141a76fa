import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

/// The next twelve months. Today is 2026-11-20, so that October is the last whole month.
@Suite struct OutlookTests {
  private func read(_ site: TestSite, _ question: String = "") async throws -> OutlookPage {
    let answer = try await site.get("/api/v1/insight/outlook\(question)")
    #expect(answer.status == 200, "\(answer.text)")
    return try Wire.decode(OutlookPage.self, from: answer.body)
  }

  private func open(
    _ engine: EngineKind, _ sales: [Shop.Sale], _ body: (Shop, TestSite) async throws -> Void
  ) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(sales)
      try await body(shop, try await shop.site())
    }
  }

  /// So many months up to one, with as many sales a month as a rule says of it; customers come back and new ones come.
  private func sales(_ months: Int, upTo last: CalendarMonth, _ count: (CalendarMonth) -> Int) -> [Shop.Sale] {
    (0..<months).flatMap { back -> [Shop.Sale] in
      let month = last.advanced(by: -back)
      return (0..<count(month)).map { number in
        let day = Day(number: month.firstDay + number * 3 % month.days)
        return Shop.Sale("c\((back * 7 + number * 5) % 60)", day.description, Int64(100 + number % 7 * 10), 1)
      } + [Shop.Sale("c\(back % 60)", Day(number: month.firstDay + month.days - 1).description, 100, 1)]
    }
  }

  private func month(_ year: Int, _ month: Int) throws -> CalendarMonth {
    try #require(CalendarMonth(year: year, month: month))
  }

  /// Twice as much in November and December as in other months.
  private func seasoned(_ engine: EngineKind, _ body: (Shop, TestSite) async throws -> Void) async throws {
    try await open(engine, sales(30, upTo: try month(2026, 10)) { $0.month >= 11 ? 40 : 20 }, body)
  }

  /// Of 1 day up to the last whole month, whatever is kept: returns take off, wholly returned orders are no purchases,
  /// walk-in customers count, what was bought today does not.
  @Test(arguments: EngineKind.available) func monthsAreThoseOfTheOrders(_ engine: EngineKind) async throws {
    let some = sales(8, upTo: try month(2026, 10)) { $0.month % 3 + 4 }
    let more = [
      Shop.Sale("back", "2026-05-03", 300, 3), Shop.Sale("back", "2026-05-10", -300, -3),
      Shop.Sale("c1", "2026-06-03", -50, -1), Shop.Sale("counter", "2026-07-04", 70, 1),
      Shop.Sale("counter", "2026-07-04", 80, 1), Shop.Sale("c1", "2026-11-20", 999, 1),
      Shop.Sale("c1", "2026-11-21", 999, 1),
    ]
    try await open(engine, some + more) { shop, site in
      try await shop.db.write { tx in
        try tx.run("UPDATE customer SET kind = 'walk_in' WHERE name = 'counter'")
        try Totals.recountAll(in: tx)
        try SalesLedger.recountAll(in: tx)
      }
      let page = try await read(site)
      let inMonth = { (name: String) in (some + more).filter { $0.day.description.hasPrefix(name) } }
      let paired = try await shop.db.read { tx in
        try tx.value("SELECT count(*) FROM sales_order WHERE counterpart_id IS NOT NULL", as: Int.self)
      }
      #expect(paired == 2)
      #expect(page.past.map(\.month) == (3...10).map { "2026-\($0 < 10 ? "0" : "")\($0)" })
      for past in page.past {
        let isMay = past.month == "2026-05"
        #expect(past.purchases == inMonth(past.month).filter { $0.yuan >= 0 }.count - (isMay ? 1 : 0), "\(past.month)")
        #expect(past.sales == Money(inMonth(past.month).reduce(0) { $0 + $1.yuan * 100 }, "CNY"))
      }
      // From what is kept and from the orders one by one, as for somebody who sees a part.
      let (kept, counted) = try await shop.db.read { tx in
        let october = CalendarMonth(containing: Shop.day("2026-10-01").number)
        return (
          try MonthlySales.kept(until: october, in: tx), try MonthlySales.counted(until: october, .system, in: tx)
        )
      }
      #expect(kept == counted && kept.count == 8)
    }
  }

  @Test(arguments: EngineKind.available) func aFirmWithASeason(_ engine: EngineKind) async throws {
    try await seasoned(engine) { _, site in
      let page = try await read(site)
      #expect(page.asOf == Shop.day("2026-10-31") && page.wholeMonths == 30 && page.past.count == 24)
      #expect(page.months.map(\.month).first == "2026-11" && page.months.last?.month == "2027-10")
      let season = try #require(page.season)
      #expect(season.count == 12 && season[10] > 1.4 && season[5] < 1)
      let (december, june) = (page.months[1].purchases, page.months[7].purchases)
      #expect(30...50 ~= december.expected && 15...28 ~= june.expected)
      for month in page.months {
        let (purchases, sales) = (month.purchases, try #require(month.sales))
        #expect(Double(purchases.lower80) <= purchases.expected && purchases.expected <= Double(purchases.upper80))
        #expect(purchases.lower <= purchases.lower80 && purchases.upper80 <= purchases.upper)
        #expect(sales.lower80.minor < sales.expected.minor && sales.expected.minor < sales.upper80.minor)
        #expect(sales.lower.minor <= sales.lower80.minor && sales.upper80.minor <= sales.upper.minor)
      }
      let year = try #require(page.year)
      let sum = page.months.reduce(0) { $0 + $1.purchases.expected }
      #expect(abs(year.purchases.expected - sum) < 1e-6 * sum)
      #expect(
        year.purchases.upper - year.purchases.lower
          < page.months.reduce(0) { $0 + $1.purchases.upper - $1.purchases.lower })
      #expect(page.purchasesJudged?.trials.filter(\.isUsed).count == 1)
      #expect(page.problem == nil)
    }
  }

  /// As of an earlier day only the months that were over by then count; orders that come later change what is kept.
  @Test(arguments: EngineKind.available) func earlierDaysAndNewOrders(_ engine: EngineKind) async throws {
    try await seasoned(engine) { shop, site in
      #expect(try await read(site, "?as_of=2026-08-31").asOf == Shop.day("2026-08-31"))
      #expect(try await read(site, "?as_of=2026-08-30").asOf == Shop.day("2026-07-31"))
      #expect(try await read(site, "?as_of=2030-01-01").asOf == Shop.day("2026-10-31"))
      let before = try await read(site).past.last?.purchases ?? 0
      try await shop.sell([Shop.Sale("neu", "2026-10-30", 100, 1)])
      try await shop.db.write { tx in try SalesLedger.recountAll(in: tx) }
      #expect(try await read(site).past.last?.purchases == before + 1)
    }
  }

  @Test(arguments: EngineKind.available) func bothLanguages(_ engine: EngineKind) async throws {
    try await seasoned(engine) { _, site in
      for (language, words) in [
        ("zh-CN", ["旺季：", "11 月（+", "采用“"]), ("en", ["High season: ", "November (+", "is in use"]),
      ] {
        let page = try await site.get("/insight/outlook", headers: ["Accept-Language": language])
        #expect(page.status == 200)
        for word in words { #expect(page.text.contains(word), "\(language) \(word)") }
        #expect(!page.text.contains("nan"))
      }
    }
  }

  @Test(arguments: EngineKind.available) func aYoungFirm(_ engine: EngineKind) async throws {
    try await open(engine, sales(3, upTo: try month(2026, 10)) { _ in 5 }) { _, site in
      let page = try await read(site)
      #expect(page.year == nil && page.months.isEmpty && page.wholeMonths == 3)
      #expect(page.problem == OutlookWords.problem(.tooFewMonths(3)))
      let text = try await site.get("/insight/outlook", headers: ["Accept-Language": "en"]).text
      #expect(text.contains("only 3 whole months"))
    }
    try await open(engine, sales(9, upTo: try month(2026, 10)) { _ in 5 }) { _, site in
      let page = try await read(site)
      #expect(page.year != nil && page.season == nil)
      let text = try await site.get("/insight/outlook", headers: ["Accept-Language": "en"]).text
      #expect(text.contains("fewer than 12 whole months") && text.contains("No season can be told yet"))
    }
  }

  @Test(arguments: EngineKind.available) func nothingToExpect(_ engine: EngineKind) async throws {
    try await open(engine, []) { _, site in
      let page = try await read(site)
      #expect(page.asOf == nil && page.year == nil && page.problem == nil)
      #expect(try await site.get("/insight/outlook").status == 200)
    }
    // More is given back than sold.
    let returns = (1...10).map { Shop.Sale("c1", "2026-\($0 < 10 ? "0" : "")\($0)-28", -5_000, -1) }
    try await open(engine, sales(10, upTo: try month(2026, 10)) { _ in 5 } + returns) { _, site in
      let page = try await read(site)
      #expect(page.year != nil && page.year?.sales == nil && page.months.allSatisfy { $0.sales == nil })
      let text = try await site.get("/insight/outlook", headers: ["Accept-Language": "en"]).text
      #expect(text.contains("no net sales to expect"))
    }
  }

  /// Half a hundred customers are seen in the first weeks, then one new one now and then.
  @Test(arguments: EngineKind.available) func customersOlderThanTheOrders(_ engine: EngineKind) async throws {
    let start = try month(2025, 1).firstDay
    let old = (0..<60).flatMap { number in
      (0..<12).map { Shop.Sale("old\(number)", Day(number: start + number % 25 + $0 * 50).description, 100, 1) }
    }
    let new = (0..<60).map { Shop.Sale("new\($0)", Day(number: start + 5 + $0 * 11).description, 100, 1) }
    try await open(engine, old + new) { _, site in
      let older = try #require(try await read(site).olderCustomers)
      #expect(40...75 ~= older.count && older.firstDay == Shop.day("2025-01-01"))
      let text = try await site.get("/insight/outlook", headers: ["Accept-Language": "en"]).text
      #expect(text.contains("had bought before the first order here (2025-01-01)"))
    }
  }

  /// Orders that end in the middle of a month are those of a file: the month is not whole.
  @Test func theLastWholeMonth() throws {
    func last(_ open: String, _ lastOrder: String) -> String {
      MonthlySales.lastWholeMonth(before: Shop.day(open), lastOrder: Shop.day(lastOrder)).name
    }
    #expect(last("2026-11-20", "2026-11-19") == "2026-10")
    #expect(last("2026-11-20", "2026-10-25") == "2026-10")
    #expect(last("2026-11-20", "2026-10-24") == "2026-09")
    #expect(last("2026-11-01", "2026-10-31") == "2026-10")
    #expect(last("2026-10-31", "2026-10-31") == "2026-09")
    #expect(last("2026-01-15", "2025-12-12") == "2025-11")
  }
}
