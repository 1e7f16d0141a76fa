import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

/// What the page of the models says of forecasts that have been tried: it is what is stored with the fit.
@Suite struct ForecastTrustTests {
  private func open(
    _ engine: EngineKind, _ sales: [Shop.Sale], _ body: (LifetimeFit, TestSite) async throws -> Void
  ) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(sales)
      try await LifetimeRefresh.refresh(shop.services)
      let fit = try #require(try await shop.db.read { tx in try LifetimeFit.latest(in: tx) })
      try await body(fit, try await shop.site())
    }
  }

  private func trust(_ site: TestSite, _ query: String = "") async throws -> ForecastTrust {
    let answer = try await site.get("/api/v1/insight/models\(query)")
    return try #require(try Wire.decode(ModelPage.self, from: answer.body).trust)
  }

  /// Three years of customers who buy at rates of their own, most in autumn, until they leave; nothing of it by chance.
  private static let threeYears: [Shop.Sale] = {
    var seed: UInt64 = 7
    func next(_ limit: UInt64) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % limit)
    }
    return (0..<240).flatMap { customer -> [Shop.Sale] in
      let (gap, lifetime) = (15 + next(90), 100 + next(1600))
      var day = Shop.today.adding(days: -1080 + next(500))
      let end = min(day.adding(days: lifetime), Shop.today)
      var sales: [Shop.Sale] = []
      while day <= end {
        sales.append(Shop.Sale("c\(customer)", day.description, Int64(50 + next(400)), 1))
        let isHigh = (9...11).contains(day.month)
        day = day.adding(days: 1 + next(UInt64(2 * gap)) / (isHigh ? 3 : 1))
      }
      return sales
    }
  }()

  @Test(arguments: EngineKind.available) func cutsAreThoseStored(_ engine: EngineKind) async throws {
    try await open(engine, Self.threeYears) { fit, site in
      let (page, backtest) = (try await trust(site), try #require(fit.choice.backtest))
      #expect(page.cuts.count == backtest.cuts.count)
      for (shown, cut) in zip(page.cuts, backtest.cuts) {
        #expect(shown.until.number == cut.until && shown.end.number == cut.end)
        #expect(shown.customers == cut.customers && shown.happened == cut.actual)
        #expect(shown.forecasts.map(\.kind) == cut.scores.map(\.kind))
        #expect(shown.forecasts.map(\.foreseen) == cut.scores.map(\.accuracy.expectedTotal))
        #expect(shown.forecasts.map(\.meanAbsoluteError) == cut.scores.map(\.accuracy.meanAbsoluteError))
        #expect(shown.forecasts.map(\.held95) == cut.scores.map(\.held95))
        #expect(shown.forecasts.map(\.held80) == cut.scores.map(\.held80))
        #expect(shown.forecasts.filter(\.isInUse).map(\.kind) == [fit.choice.fit.kind])
        let used = try #require(shown.inUse)
        let share = try #require(used.share)
        let holds = abs(share - 1) <= 0.1 && used.held95 >= 0.93
        #expect((shown.verdict == .good) == holds)
      }
      let isGood = page.cuts.allSatisfy { $0.verdict == .good }
      #expect(page.verdict == (isGood ? .good : .weak))
      #expect(page.tenths == backtest.cuts.first?.score(of: fit.choice.fit.kind)?.tenths)
      #expect(page.tenths.reduce(0, +) == page.cuts.first?.customers)
      #expect(page.season == (fit.model.season.isFlat ? nil : fit.model.season.factors))
    }
  }

  @Test(arguments: EngineKind.available) func leavingIsAsJudged(_ engine: EngineKind) async throws {
    try await open(engine, Self.threeYears) { fit, site in
      let page = try await trust(site)
      let (shown, model) = (try #require(page.leaving), try #require(fit.model.leaving))
      let judged = model.judgement
      #expect(page.noLeaving == nil)
      #expect(shown.until.number == judged.asOf && shown.end.number == judged.asOf + model.days)
      #expect(shown.bands.count == 10)
      #expect(shown.bands.map(\.customers).reduce(0, +) == judged.customers)
      #expect(shown.bands.map(\.happened).reduce(0, +) == judged.silent)
      #expect(shown.bands.map(\.foretold) == judged.bands.map(\.meanPredicted))
      #expect(shown.bands.map(\.holds) == judged.bands.map(\.holds))
      let rules = judged.rules
      #expect(shown.rankings.prefix(4).map(\.right) == [judged.auc, rules.recency, rules.ownRhythm, rules.frequency])
      #expect(shown.lift == judged.lift)
    }
  }

  @Test(arguments: EngineKind.available) func inBothLanguages(_ engine: EngineKind) async throws {
    try await open(engine, Self.threeYears) { _, site in
      let page = try await trust(site)
      let leaving = try #require(page.leaving)
      for (language, tag) in [(Language.zh, "zh-CN"), (.en, "en")] {
        let text = try await site.get("/insight/models", headers: ["Accept-Language": tag]).text
        let words = [page.sentence] + page.cuts.map(\.sentence) + leaving.sentences + [TrustWords.basis]
        for word in words {
          #expect(text.contains(word[language].replacing("'", with: "&#39;")), "\(word[language])")
        }
        #expect(!text.contains("nan") && !text.contains("inf%"))
      }
    }
  }

  /// Of some customers the firm's figures are shown with a remark.
  @Test(arguments: EngineKind.available) func narrowedItIsStillTheFirms(_ engine: EngineKind) async throws {
    try await open(engine, Self.threeYears) { _, site in
      let (some, all) = (try await trust(site, "?region=650000"), try await trust(site))
      #expect(some == all)
      #expect(try await site.get("/insight/models?region=650000").text.contains(TrustWords.ofTheFirm.zh))
    }
  }

  @Test(arguments: EngineKind.available) func aYoungFirmIsTold(_ engine: EngineKind) async throws {
    try await open(engine, AnalysisTests.randomSales(900)) { fit, site in
      let page = try await trust(site)
      #expect(page.leaving == nil)
      let first = try #require(AnalysisTests.randomSales(900).filter { $0.pieces > 0 }.map(\.day).min())
      let days = fit.asOf.number - first.number
      let needed = LeavingModel.historyNeeded(toForesee: fit.model.quietDays)
      #expect(days < needed)
      #expect(page.noLeaving == TrustWords.tooShort(days, needed: needed))
    }
  }

  @Test(arguments: EngineKind.available) func untriedIsSaid(_ engine: EngineKind) async throws {
    try await open(engine, AnalysisTests.randomSales(60)) { _, site in
      let page = try await trust(site)
      #expect(page.verdict == .untried && page.cuts.isEmpty && page.tenths.isEmpty)
      #expect(try await site.get("/insight/models").text.contains(TrustWords.tooYoung.zh))
    }
  }

  @Test func aTotalHoldsAsItIsShown() {
    func held(_ foreseen: Double, of actual: Int, within: Double) -> (total: Bool, range: Bool) {
      let forecast = ForecastTrust.Forecast(
        kind: .nbd, model: Word(same: "NBD"), isInUse: true, foreseen: foreseen,
        share: actual > 0 ? foreseen / Double(actual) : nil, meanAbsoluteError: 1, held95: within, held80: 0.8)
      let sentence = TrustWords.cut(forecast, happened: actual)
      #expect(sentence.en.contains("less than 93 %") == !forecast.rangeHeld)
      if actual > 0 { #expect(sentence.en.contains("more than 10 %") == !forecast.totalHeld) }
      return (forecast.totalHeld, forecast.rangeHeld)
    }
    #expect(held(110, of: 100, within: 0.93) == (true, true))
    #expect(held(90, of: 100, within: 0.9296) == (true, true))
    #expect(held(110.2, of: 100, within: 0.929) == (false, false))
    #expect(held(0.2, of: 0, within: 1) == (true, true))
    #expect(held(3, of: 0, within: 1) == (false, true))
  }
}
