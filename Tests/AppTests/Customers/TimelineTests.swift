import Foundation
import Store
import TestKit
import Testing

@testable import App

/// What happened with a customer, page by page.
@Suite struct TimelineTests {
  private static let zone = Settings.standardZone

  /// The pages from the newest day on, of which each goes on where the one before ended.
  private func pages(_ id: Customer.ID, _ shop: Shop, in zone: TimeZone = zone) async throws -> [Timeline] {
    var (pages, end): ([Timeline], Day?) = ([], nil)
    repeat {
      let page = try await shop.db.read { [end] tx in Timeline(try tx.ask(Timeline.last(of: id, before: end, in: zone)))
      }
      pages.append(page)
      end = page.earlier
    } while end != nil && pages.count < 100
    return pages
  }

  private func write(_ times: [Instant], on id: Customer.ID, _ shop: Shop) async throws {
    let notes = times.map { time in
      Note(
        id: shop.services.ids.next(), customerId: id, kind: .note, topic: .none, text: "一句", happenedAt: time,
        pinnedAt: nil, createdAt: time, createdBy: nil, updatedAt: time, updatedBy: nil)
    }
    try await shop.db.write { tx in try tx.insert(all: notes) }
  }

  private func expectWhole(_ pages: [Timeline], _ count: Int) {
    let days = pages.map { Set($0.entries.map(\.day)) }
    for (page, next) in zip(pages, pages.dropFirst()) {
      #expect(page.entries.count >= 30)
      #expect(page.earlier == page.entries.last?.day)
      #expect(page.entries.last.map { last in next.entries.allSatisfy { $0.day < last.day } } == true)
    }
    #expect(days.reduce(0) { $0 + $1.count } == Set(days.joined()).count, "a day stands on one page")
    let entries = pages.flatMap(\.entries)
    #expect(entries.count == count)
    #expect(Set(entries.compactMap { $0.order?.id.raw ?? $0.note?.id.raw }).count == count)
    #expect(entries.map(\.day) == entries.map(\.day).sorted(by: >))
  }

  @Test(arguments: EngineKind.available) func pagesAreWholeDaysAndNothingIsLeftOut(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      // Days of one order, a day of forty, and a few before that.
      let days =
        (0..<50).map { Shop.today.adding(days: -$0) }
        + Array(repeating: Shop.today.adding(days: -60), count: 40) + (61..<64).map { Shop.today.adding(days: -$0) }
      try await shop.sell(days.map { Shop.Sale("cloud", $0.description, 10, 1) })
      let id = try #require(try await shop.db.read { tx in try tx.value("SELECT id FROM customer") as Customer.ID? })
      let orders = try await pages(id, shop)
      expectWhole(orders, 93)
      #expect(orders.map(\.entries.count) == [30, 60, 3])

      // Every seventh hour: days of three and of four notes, and as many on one as on all others.
      let noon = Instant(startOf: Shop.today, in: Self.zone).adding(seconds: 12 * 3600)
      let times =
        (0..<200).map { noon.adding(seconds: -$0 * 7 * 3600) }
        + (0..<35).map { noon.adding(seconds: -90 * 86_400 - $0 * 60) } + [noon.adding(seconds: -91 * 86_400)]
      try await write(times, on: id, shop)
      for zone in [Self.zone, try #require(TimeZone(identifier: "America/St_Johns"))] {
        expectWhole(try await pages(id, shop, in: zone), 93 + 236)
      }
    }
  }

  @Test(arguments: EngineKind.available) func aFullPageWithNothingBeforeItIsTheLast(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let days = Array(repeating: Shop.today, count: 33)
      try await shop.sell(days.map { Shop.Sale("cloud", $0.description, 10, 1) })
      let id = try #require(try await shop.db.read { tx in try tx.value("SELECT id FROM customer") as Customer.ID? })
      #expect(try await pages(id, shop).map(\.entries.count) == [33])
      try await write([Instant(startOf: Shop.today.adding(days: -25_000), in: Self.zone)], on: id, shop)
      #expect(try await pages(id, shop).map(\.entries.count) == [33, 1])
    }
  }
}
