import Analytics
import Store
import TestKit
import Testing
import Web

@testable import App

/// Fits and the scores of a day, as they are kept.
@Suite struct LifetimeRefreshTests {
  @Test(arguments: EngineKind.available) func everybodyWhoBoughtIsScored(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(900))
      try await LifetimeRefresh.refresh(shop.services)
      try await shop.db.read { tx in
        let fit = try #require(try LifetimeFit.latest(in: tx))
        let kept = try ValueSheet.kept(in: tx)
        let newest = try #require(kept.first)
        let sheet = try ValueSheet.read(newest, in: tx)
        let buyers = try Buyer.all(
          asOf: Shop.today, newest: nil, recentDays: fit.model.recentDays, .system, in: tx)
        #expect(kept.map(\.day) == [newest.day, newest.day.adding(days: -7)])
        #expect(newest.fitId == fit.id)
        #expect(sheet.entries.map(\.id) == buyers.map(\.id))
        #expect(sheet.entries.count == newest.customers)
        // What was packed and unpacked is what the models say.
        let days = try fit.model.days(of: buyers.count, asOf: newest.day, in: tx)
        #expect(sheet == ValueSheet(buyers, days, asOf: newest.day, fit: fit.id, fit.model))
        #expect(fit.customers == buyers.count)
        #expect(fit.repeaters == buyers.count { $0.purchaseDays > 1 })
        #expect(sheet.entries.allSatisfy { 0...1 ~= $0.alive && $0.purchases >= 0 })
      }
    }
  }

  @Test(arguments: EngineKind.available) func fitsOnceADayAndOnDemand(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      try await shop.sell(AnalysisTests.randomSales(300))
      let first = try await LifetimeRefresh.refresh(shop.services)
      let again = try await LifetimeRefresh.refresh(shop.services)
      let asked = try await LifetimeRefresh.refresh(shop.services, refits: true)
      #expect(first != nil)
      #expect(again == first)
      #expect(asked != first)
      let days = try await shop.db.read { tx in try ValueSheet.kept(in: tx).map(\.day) }
      #expect(Set(days).count == days.count)
    }
  }

  @Test(arguments: EngineKind.available) func nobodyBoughtYet(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      #expect(try await LifetimeRefresh.refresh(shop.services) == nil)
      try await shop.sell([Shop.Sale("only returns", "2026-01-01", -5, -1)])
      #expect(try await LifetimeRefresh.refresh(shop.services) == nil)
    }
  }

  /// Totals cut off at a day are those that the orders until then add up to.
  @Test(arguments: EngineKind.available) func buyersOfAnEarlierDay(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let (day, sales) = (Shop.day("2026-05-01"), AnalysisTests.randomSales(600))
      try await shop.sell(sales)
      let (now, earlier) = try await shop.db.read { tx in
        let newest = try OrderSpan.find(today: Shop.today, in: tx).newest
        return (
          try Buyer.all(asOf: Shop.today, newest: newest, .system, in: tx),
          try Buyer.all(asOf: day, newest: newest, .system, in: tx)
        )
      }
      for (buyers, end) in [(now, Shop.today), (earlier, day)] {
        let parameters = try StudyParameters(
          model: nil, asOf: end.description, calibrateUntil: nil, horizon: nil, discount: nil)
        let filed = try StudiedOrders.filed(sales.map(\.fact), parameters, today: Shop.today)
        #expect(buyers.count == filed.orders.buyers.count)
        #expect(buyers.map(\.firstAmount).sorted() == filed.orders.buyers.map(\.firstAmount).sorted())
        #expect(buyers.map(\.amount).sorted() == filed.orders.buyers.map(\.amount).sorted())
        #expect(buyers.map(\.margin).sorted() == filed.orders.buyers.map(\.margin).sorted())
        #expect(buyers.map(\.lastDay).sorted() == filed.orders.buyers.map(\.lastDay).sorted())
        #expect(buyers.map(\.purchaseDays).sorted() == filed.orders.buyers.map(\.purchaseDays).sorted())
      }
    }
  }

  @Test func crossingsAreFoundByBandAndClass() {
    func entry(_ id: Int64, _ alive: Float, _ valueClass: ValueClass) -> ValueSheet.Entry {
      .init(
        id: id, alive: alive, quiet: 0.2, level: .none, purchases: 1, historic: 0, future: 0, futureDeviation: 0,
        valueClass: valueClass)
    }
    func sheet(_ entries: [ValueSheet.Entry]) -> ValueSheet {
      ValueSheet(day: Shop.today, fit: LifetimeFit.ID(raw: 1), entries: entries)
    }
    let before = sheet([entry(1, 0.9, .a), entry(2, 0.9, .a), entry(3, 0.5, .b), entry(5, 0.1, .c)])
    let after = sheet([entry(2, 0.79, .a), entry(3, 0.51, .b), entry(4, 0.9, .a), entry(5, 0.1, .b)])
    #expect(ValueSheet.crossings(before, after).map(\.after.id) == [2, 5])
    #expect(ValueSheet.crossings(sheet([]), after).isEmpty)
    #expect(before.only([2, 4, 5]).entries.map(\.id) == [2, 5])
  }
}
