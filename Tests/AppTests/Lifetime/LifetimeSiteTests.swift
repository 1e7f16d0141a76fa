import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// The pages of value and their JSON, asked as a browser and a program ask.
@Suite struct LifetimeSiteTests {
  private func read<Model: Decodable>(_ site: TestSite, _ path: String, as type: Model.Type = Model.self)
    async throws -> Model
  {
    let answer = try await site.get("/api/v1" + path)
    #expect(answer.status == 200, "\(path): \(answer.text)")
    return try Wire.decode(type, from: answer.body)
  }

  private func open(_ engine: EngineKind, _ body: (Shop, TestSite) async throws -> Void) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(900))
      try await LifetimeRefresh.refresh(shop.services)
      try await body(shop, try await shop.site())
    }
  }

  /// Every cell of the map opens a list that adds up to it, today and on an earlier day.
  @Test(arguments: EngineKind.available) func cellsAddUpToTheirLists(_ engine: EngineKind) async throws {
    try await open(engine) { _, site in
      for day in ["", "as_of=2026-07-01&"] {
        let page: ValuePage = try await read(site, "/insight/value?\(day)")
        #expect(page.total.customers > 50)
        #expect(page.cells.map(\.sum.customers).reduce(0, +) == page.total.customers)
        #expect(page.tenths.map(\.sum.customers).reduce(0, +) == page.total.customers)
        for cell in page.cells {
          let list: ForecastCustomersPage = try await read(
            site,
            "/insight/value/customers?\(day)value_class=\(cell.class.rawValue)&band=\(cell.band.rawValue)")
          #expect(list.sum == cell.sum)
          #expect(list.customers.count == min(cell.sum.customers, 50))
        }
        let risk: ForecastCustomersPage = try await read(
          site, "/insight/value/customers?\(day)value_class=A&level=leaving")
        #expect(Array(risk.customers.map(\.customer).prefix(10)) == page.atRisk)
      }
    }
  }

  @Test(arguments: EngineKind.available) func narrowedByOwnerAndSegment(_ engine: EngineKind) async throws {
    try await open(engine) { shop, site in
      try await StandingRefresh.refresh(shop.services)
      let owner = try await shop.db.write { tx -> User.ID in
        let user = try #require(try tx.ask(User.all).first)
        try tx.run("UPDATE customer SET owner_id = \(user.id) WHERE name IN ('c1', 'c2', 'c3')")
        return user.id
      }
      let mine: ValuePage = try await read(site, "/insight/value?owner=\(owner)")
      #expect(mine.total.customers == 3)
      let all: ValuePage = try await read(site, "/insight/value")
      var sum = 0
      for segment in RFMSegment.allCases {
        let page: ValuePage = try await read(site, "/insight/value?segment=\(segment.rawValue)")
        sum += page.total.customers
      }
      #expect(sum == all.total.customers)
    }
  }

  /// Every cell of the triangle opens as many customers as it says.
  @Test(arguments: EngineKind.available) func cohortsOpenTheirCustomers(_ engine: EngineKind) async throws {
    try await open(engine) { _, site in
      let page: CohortPage = try await read(site, "/insight/cohorts?by=quarter")
      #expect(page.rows.map(\.acquired).reduce(0, +) == page.buyers)
      for row in page.rows {
        for (age, cell) in row.cells.enumerated() {
          let end = try #require(row.ends.first)
          let bought = age == 0 ? "" : "&bought=\(row.ends[age - 1])&bought_before=\(row.ends[age])"
          let list: ForecastCustomersPage = try await read(
            site, "/insight/value/customers?began=\(row.start)&began_before=\(end)\(bought)")
          #expect(list.sum.customers == cell.active, "\(row.name) \(age)")
        }
      }
    }
  }

  /// Studies are kept, but not beyond a change of orders.
  @Test(arguments: EngineKind.available) func cohortsKnowOfNewOrders(_ engine: EngineKind) async throws {
    try await open(engine) { shop, site in
      let before: CohortPage = try await read(site, "/insight/cohorts")
      #expect(try await read(site, "/insight/cohorts") == before)
      try await shop.sell([Shop.Sale("新来的", Shop.today.description, 100, 1)])
      let after: CohortPage = try await read(site, "/insight/cohorts")
      #expect(after.buyers == before.buyers + 1)
    }
  }

  @Test(arguments: EngineKind.available) func pagesInBothLanguages(_ engine: EngineKind) async throws {
    try await open(engine) { _, site in
      for path in ["value", "value/customers", "cohorts", "models", "crossings"] {
        for (language, word) in [("zh-CN", "客户"), ("en", "ustomer")] {
          let page = try await site.get("/insight/\(path)", headers: ["Accept-Language": language])
          #expect(page.status == 200)
          #expect(page.text.contains(word), "\(path) \(language)")
          #expect(!page.text.contains("nan"), "\(path)")
        }
      }
    }
  }

  @Test(arguments: EngineKind.available) func beforeTheFirstFit(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      for path in ["value", "cohorts", "models", "crossings"] {
        #expect(try await site.get("/insight/\(path)").status == 200, "\(path)")
      }
      #expect(try await site.get("/insight/value/customers").status == 404)
      let asked = try await site.send(.post, "/api/v1/insight/fits", json: "{}")
      #expect(asked.status == 201)
      let waiting = try await shop.db.read { tx in
        try tx.value("SELECT count(*) FROM job WHERE kind = 'lifetime.refit'", as: Int.self)
      }
      #expect(waiting == 1)
    }
  }

  /// Of a handful of customers nothing can be foretold: the job ends well, and pages say why there are no numbers.
  @Test(arguments: EngineKind.available) func tooFewToTell(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell((0..<40).map { Shop.Sale("c\($0 % 12)", "2026-0\(1 + $0 % 9)-11", 50, 1) })
      #expect(try await LifetimeRefresh.refresh(shop.services) == nil)
      let site = try await shop.site()
      for path in ["value", "models", "crossings"] {
        let page = try await site.get("/insight/\(path)", headers: ["Accept-Language": "en"])
        #expect(page.text.contains("Only 12 customers bought anything"), "\(path)")
      }
      // Enough of them, and none came back.
      try await shop.sell((0..<60).map { Shop.Sale("d\($0)", "2026-03-11", 50, 1) })
      try await shop.db.write { tx in try tx.run("UPDATE customer_total SET purchase_days = 1 WHERE purchase_days > 1")
      }
      #expect(try await site.get("/insight/value").text.contains("没有客户买过第二次"))
    }
  }

  @Test(arguments: EngineKind.available) func modelPageTellsWhatIsStored(_ engine: EngineKind) async throws {
    try await open(engine) { shop, site in
      let page: ModelPage = try await read(site, "/insight/models")
      let fit = try #require(try await shop.db.read { tx in try LifetimeFit.latest(in: tx) })
      let isTried = fit.choice.candidates.contains { $0.kind == fit.choice.fit.kind }
      #expect(page.candidates.filter(\.isChosen).count == (isTried ? 1 : 0))
      let estimate = fit.model.purchases.estimate
      #expect(Array(page.parameters.map(\.value).prefix(estimate.values.count)) == estimate.values)
      let judged = try #require(page.judged)
      #expect(judged.frequencies.map(\.customers).reduce(0, +) == judged.customers)
      #expect(judged.accuracies.count == 3)
    }
  }

  /// Parts of the customers make up the whole, in what was expected of them and in what they did.
  @Test(arguments: EngineKind.available) func modelsAreJudgedBySomeToo(_ engine: EngineKind) async throws {
    try await open(engine) { shop, site in
      try await StandingRefresh.refresh(shop.services)
      for day in ["", "as_of=2026-07-01&"] {
        let whole: ModelPage = try await read(site, "/insight/models?\(day)")
        let all = try #require(whole.judged)
        var parts: [ModelPage.Judged] = []
        for segment in RFMSegment.allCases {
          let page: ModelPage = try await read(site, "/insight/models?\(day)segment=\(segment.rawValue)")
          #expect(page.parameters == whole.parameters)
          if let judged = page.judged { parts.append(judged) }
        }
        #expect(parts.allSatisfy { $0.until == all.until && $0.end == all.end && $0.customers < all.customers })
        #expect(parts.map(\.customers).reduce(0, +) == all.customers)
        for (place, accuracy) in all.accuracies.enumerated() where place != 1 {
          let expected = parts.map { $0.accuracies[place].expected }.reduce(0, +)
          #expect(abs(expected - accuracy.expected) < 1e-6 * max(1, accuracy.expected))
          #expect(parts.map { $0.accuracies[place].actual }.reduce(0, +) == accuracy.actual)
        }
      }
      let nobody: ModelPage = try await read(site, "/insight/models?region=650000")
      #expect(nobody.judged == nil)
      #expect(try await site.get("/insight/models?region=650000").text.contains("无法检验"))
    }
  }

  /// The card and the sheet are two ways to the same numbers.
  @Test(arguments: EngineKind.available) func theCardSaysWhatTheSheetSays(_ engine: EngineKind) async throws {
    try await open(engine) { shop, site in
      let sheet = try await shop.db.read { tx in
        try ValueSheet.read(try #require(try ValueSheet.kept(in: tx).first), in: tx)
      }
      for entry in sheet.entries.prefix(12) {
        let card: CustomerCard = try await read(site, "/customers/\(Customer.ID(raw: entry.id))")
        let forecast = try #require(card.forecast)
        #expect(forecast.historic.minor == entry.historic)
        #expect(forecast.future.minor == entry.future)
        #expect(Float(forecast.alive ?? 1) == entry.alive)
        #expect(Float(forecast.noPurchase) == entry.quiet)
        #expect(forecast.warning.level == entry.level)
        #expect(forecast.futureLower.minor <= forecast.futureUpper.minor)
        #expect(Double(forecast.purchases.lower) <= forecast.purchases.mean.rounded(.up))
        if let next = forecast.nextOn { #expect(try next >= forecast.asOf && #require(forecast.nextFrom) <= next) }
        #expect(forecast.spendLower.minor <= forecast.spend.minor && forecast.spend.minor <= forecast.spendUpper.minor)
      }
    }
  }
}
