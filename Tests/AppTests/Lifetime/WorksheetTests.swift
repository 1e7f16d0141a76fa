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
      #expect(before.entries.allSatisfy { $0.correctedOn == nil && $0.value == $0.prefilled })
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
      let after = try sheet(try await site.send(.put, path, json: #"{"retention": ""}"#))
      #expect(after == before)
    }
  }

  @Test(arguments: EngineKind.available) func whatCannotBeIsSaidAndNothingIsWritten(_ engine: EngineKind) async throws {
    try await open(engine) { site, path in
      let before = try sheet(try await site.get(path))
      for (field, typed) in [
        ("revenue", "many"), ("service", "-1"), ("retention", "101"), ("retention", "nan"), ("margin_rate", "-101"),
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
