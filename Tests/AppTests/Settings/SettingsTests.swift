import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct SettingsTests {
  @Test(arguments: EngineKind.available) func areKept(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      let boss = try await office.hire("boss")
      expectEqual(try await office.db.read { tx in try tx.ask(Settings.stored) }, Settings())
      var settings = Settings()
      settings.firmName = "湖畔贸易"
      settings.timeZone = try #require(TimeZone(identifier: "Asia/Urumqi"))
      settings.rates = ["USD": try #require(Rate("7.15")), "JPY": try #require(Rate("0.0475"))]
      try await office.save(settings, by: boss.id)
      expectEqual(try await office.db.read { tx in try tx.ask(Settings.stored) }, settings)
      settings.rates["JPY"] = nil
      office.clock.move(seconds: 60)
      try await office.save(settings, by: nil)
      expectEqual(try await office.db.read { tx in try tx.ask(Settings.stored) }, settings)
      // What did not change still tells who wrote it.
      let writers = try await office.db.read { tx in
        try tx.values("SELECT updated_by FROM setting WHERE name = 'firm_name'", as: User.ID.self)
      }
      #expect(writers == [boss.id])
      expectEqual(try await Reception(office.services).receive(nil).0.timeZone.identifier, "Asia/Urumqi")
    }
  }

  @Test func convertToTheFirmsCurrency() throws {
    var settings = Settings()
    settings.rates = ["USD": try #require(Rate("7.15")), "JPY": try #require(Rate("0.0475"))]
    #expect(settings.convert(100, from: "CNY") == 100)
    #expect(settings.convert(100, from: "USD") == 715)
    #expect(settings.convert(100, from: "JPY") == 475)
    #expect(settings.convert(100, from: "EUR") == nil)
    #expect(settings.currencies == ["CNY", "JPY", "USD"])
  }

  @Test func sayWhatCannotBe() {
    var settings = Settings()
    var input = SettingsInput(settings)
    input.timeZone = "Mars/Olympus"
    input.currency = "XXX"
    input.rates = [
      .init(currency: "USD", rate: "0"), .init(currency: "", rate: ""), .init(currency: "CNY", rate: "1"),
      .init(currency: "USD", rate: "7"), .init(currency: "EUR", rate: "7"), .init(currency: "EUR", rate: "8"),
    ]
    let problems = input.apply(to: &settings)
    #expect(
      problems.fields.keys.sorted() == [
        "currency", "rates[0][rate]", "rates[2][currency]", "rates[5][currency]", "time_zone",
      ])
  }

  @Test func aNewCurrencyDropsTheRatesOfTheOld() throws {
    var settings = Settings()
    settings.rates = ["USD": try #require(Rate("7.15"))]
    var input = SettingsInput(settings)
    input.currency = "EUR"
    input.rates = nil
    #expect(input.apply(to: &settings).isEmpty)
    #expect(settings.rates.isEmpty)
    #expect(settings.currency == "EUR")
  }

  @Test func offerChinaFirst() {
    #expect(TimeZones.all.first == "Asia/Shanghai")
    #expect(TimeZones.all.count > 300)
    #expect(Set(TimeZones.all).count == TimeZones.all.count)
    #expect(TimeZones.all.allSatisfy { TimeZone(identifier: $0) != nil })
    #expect(Set(Currencies.all).count == Currencies.all.count)
    #expect(Currencies.all.allSatisfy { $0.wholeMatch(of: /[A-Z]{3}/) != nil })
  }
}

extension Office {
  func save(_ settings: Settings, by user: User.ID?) async throws {
    let now = clock.now
    try await db.write { tx in try settings.save(at: now, by: user, in: tx) }
  }
}
