import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

/// Expected profitability: by the models, and corrected.
@Suite struct WorksheetTests {
  private func open(_ engine: EngineKind, _ body: (TestSite, _ path: String) async throws -> Void) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(600))
      try await LifetimeRefresh.refresh(shop.services)
      let id: Customer.ID = try #require(
        try await shop.db.read { tx in try tx.value("SELECT id FROM customer WHERE name = 'c7'") })
      try await body(try await shop.site(), "/api/v1/customers/\(id)/worksheet")
    }
  }

  private func sheet(_ answer: TestSite.Answer) throws -> Worksheet {
    #expect(answer.status == 200, "\(answer.text)")
    return try Wire.decode(Worksheet.self, from: answer.body)
  }

  private func value(_ sheet: Worksheet, _ field: Worksheet.Field) -> String {
    sheet.entries.first { $0.field == field }?.value ?? ""
  }

  @Test(arguments: EngineKind.available) func correctionsAreKeptWithTheirAuthor(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let before = try sheet(try await site.get(path))
      #expect(before.entries.allSatisfy { $0.correction == nil && $0.value == $0.prefilled })
      #expect(before.total != nil)
      let answer = try await site.send(
        .put, path,
        json: #"""
          {"revenue": "10000", "revenue2": "10000", "revenue3": "10000", "margin_rate": "40", "retention": "80",
           "service": "100", "sales": "200", "discount_rate": "10", "referral_value": "500", "acquisition_cost": "50"}
          """#)
      let after = try sheet(answer)
      // (0.8/1.1 + (0.8/1.1)² + (0.8/1.1)³) · (4000 − 300) + 450, line by line to the cent.
      #expect(after.years.map(\.presentValue.minor) == [269_091, 195_702, 142_329])
      #expect(after.total == Money(652_122, "CNY"))
      let revenue = try #require(after.entries.first { $0.field == .revenue })
      #expect(revenue.correctedBy == "Lin")
      #expect(revenue.correctedOn == Shop.today)
      #expect(revenue.prefilled == value(before, .revenue))
    }
  }

  @Test(arguments: EngineKind.available) func anEmptyFieldGoesBackToTheModels(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let before = try sheet(try await site.get(path))
      _ = try await site.send(.put, path, json: #"{"retention": "50"}"#)
      #expect(value(try sheet(try await site.get(path)), .retention) == "50")
      // What is not named stays.
      _ = try await site.send(.put, path, json: #"{"sales": "70.5"}"#)
      let both = try sheet(try await site.get(path))
      #expect(value(both, .retention) == "50")
      #expect(value(both, .sales) == "70.50")
      let after = try sheet(try await site.send(.put, path, json: #"{"retention": "", "sales": ""}"#))
      #expect(after.entries == before.entries)
      #expect(after.total == before.total)
      #expect(after.changes.map(\.value) == ["", "", "70.50", "50"])
      #expect(after.changes.allSatisfy { $0.by == "Lin" && $0.on == Shop.today })
    }
  }

  /// A form that was open for long says nothing of what it only showed.
  @Test(arguments: EngineKind.available) func whatTheModelsSayIsNoCorrection(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let before = try sheet(try await site.get(path))
      let typed = value(before, .marginRate)
      let after = try sheet(try await site.send(.put, path, json: "{\"margin_rate\": \"\(typed)\"}"))
      #expect(after == before)
    }
  }

  /// Before discounting, the years of the sheet come to what the models expect.
  @Test(arguments: EngineKind.available) func theSheetAddsUpToTheForecast(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let sheet = try sheet(try await site.get(path))
      let card = try Wire.decode(
        CustomerCard.self, from: try await site.get(path.replacing("/worksheet", with: "")).body)
      let forecast = try #require(card.forecast)
      let expected = forecast.purchases.mean * Double(forecast.spend.minor) * forecast.marginRate
      let planned = sheet.years.reduce(0) { $0 + Double($1.profit.minor) * $1.staying }
      #expect(sheet.years.count == 3)
      #expect(abs(planned / expected - 1) < 0.01)
    }
  }

  @Test(arguments: EngineKind.available) func whatCannotBeIsSaidAndNothingIsWritten(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let before = try sheet(try await site.get(path))
      for (field, typed) in [
        ("revenue", "many"), ("service", "-1"), ("retention", "101"), ("retention", "nan"), ("retention", "0x10"),
        ("discount_rate", String(repeating: "1", count: 90)),
        ("margin_rate", "-101"),
        ("acquisition_cost", "-5"),
      ] {
        let answer = try await site.send(.put, path, json: "{\"sales\": \"7\", \"\(field)\": \"\(typed)\"}")
        #expect(answer.status == 422, "\(field) \(typed)")
        #expect(answer.text.contains("\"\(field)\""))
      }
      #expect(try sheet(try await site.get(path)) == before)
    }
  }

  @Test(arguments: EngineKind.available) func nobodyElsesAndNothing(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      #expect(try await site.get("/customers/0000000000000/worksheet").status == 404)
      // Before the first fit there is nothing to fill in by.
      let id: Customer.ID = try #require(
        try await shop.db.read { tx in try tx.value("SELECT id FROM customer WHERE name = 'sun'") })
      let empty = try sheet(try await site.get("/api/v1/customers/\(id)/worksheet"))
      #expect(empty.total?.minor == 0)
    }
  }
}
