import Store
import TestKit
import Testing
import Web

@testable import App

/// Amounts of other currencies than the firm's.
@Suite struct ImportCurrencyTests {
  private static let dollars = "order_id,customer,date,amount\n1,Ann,2026-01-01,$120.00\n2,Ann,2026-01-02,USD 80\n"

  @Test(arguments: EngineKind.available) func aNewFirmTakesTheCurrencyOfItsFirstOrdersOnceItIsSaid(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array(Self.dollars.utf8))
      let report = try #require(try await desk.run(id).check())
      #expect(report.questions?.map(\.kind) == [.currency] && report.questions?.first?.suggested == "USD")
      await #expect(throws: ImportRefusal.self) { try await desk.run(id).apply() }
      expectEqual(try await desk.db.read { tx in try tx.ask(Settings.stored).currency }, "CNY")

      var options = ImportOptions()
      options.currency = "USD"
      let record = try await desk.bring(.orders, Self.dollars, options)
      #expect(record.counts.amount == 20_000 && record.counts.orders == .init(new: 2))
      expectEqual(try await desk.db.read { tx in try tx.ask(Settings.stored).currency }, "USD")
      // Taken back whole.
      _ = try await desk.undo(record.id)
      expectEqual(try await desk.db.read { tx in try tx.ask(Settings.stored).currency }, "CNY")
    }
  }

  @Test(arguments: EngineKind.available) func aFirmWithOrdersKeepsItsOwn(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.orders, "order_id,customer,date,amount\n9,Bob,2026-01-01,5\n")
      let record = try await desk.bring(.orders, Self.dollars)
      expectEqual(try await desk.problems(record.id).map(\.code), [.noRate, .noRate])
      #expect(record.counts.money?.rejected.amounts == ["USD": 20_000])
      var options = ImportOptions()
      options.currency = "USD"
      #expect(try await desk.bring(.orders, Self.dollars, options).counts.rejected == 2)
      expectEqual(try await desk.db.read { tx in try tx.ask(Settings.stored).currency }, "CNY")
    }
  }

  @Test(arguments: EngineKind.available) func amountsWithoutACurrencyBesideOthersAreAsked(
    _ engine: EngineKind
  ) async throws {
    let mixed = "order_id,customer,date,amount\n1,Ann,2026-01-01,€120\n2,Ann,2026-01-02,80\n"
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array(mixed.utf8))
      #expect(try await desk.run(id).check()?.questions?.map(\.kind) == [.currency])
      let plain = try await desk.upload(
        .orders, Array("order_id,customer,date,amount\n1,Ann,2026-01-01,¥120\n2,Ann,2026-01-01,120元\n".utf8))
      #expect(try await desk.run(plain).check()?.questions == [])
    }
  }

  @Test(arguments: EngineKind.available) func aSignThatIsNotTheColumnsIsQuestioned(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.db.write { tx in
        var settings = Settings()
        settings.rates = [
          "USD": try #require(Rate("7")), "CHF": try #require(Rate("8")), "JPY": try #require(Rate("0.05")),
        ]
        try settings.save(at: desk.services.clock(), by: nil, in: tx)
      }
      let record = try await desk.bring(
        .orders,
        """
        order_id,customer,date,currency,amount
        1,Ann,2026-01-01,CNY,$10
        2,Ann,2026-01-01,JPY,¥1000
        3,Ann,2026-01-01,USD,$10
        4,Ann,2026-01-01,CHF,CHF 120.00
        5,Ann,2026-01-01,CHF,120.00 CHF
        """)
      expectEqual(try await desk.problems(record.id).map(\.code), [.otherSign])
      #expect(record.counts.amount == 5_000 + 7_000 + 96_000 * 2)
    }
  }

  @Test func aFileIsAnalysedInItsOwnCurrency() throws {
    let facts = try OrderFile.facts(
      ByteSource(Array(Self.dollars.replacing("USD", with: "THB").replacing("$", with: "THB ").utf8)), ImportOptions(),
      nil)
    #expect(facts.settings.currency == "THB" && facts.orders.map(\.amount) == [12_000, 8_000] && facts.rejected == 0)
    let report = try AnalyzeReport(AnalysisParameters(.abc), of: facts)
    #expect(report.summary.unit == "THB")
  }

  @Test func allCurrenciesOfTheStandardAreKnown() {
    #expect(Currencies.known.count == Currencies.all.count && Currencies.known.count > 150)
    for code in ["NZD", "THB", "CHF", "BHD", "XOF", "MOP", "VND"] { #expect(Currencies.known.contains(code)) }
    #expect(Money.places(of: "JPY") == 0 && Money.places(of: "BHD") == 3 && Money.places(of: "NZD") == 2)
  }
}
