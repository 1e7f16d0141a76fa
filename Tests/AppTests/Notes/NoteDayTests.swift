import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct NoteDayTests {
  @Test(arguments: EngineKind.available) func happensOnTheDayThatIsSaid(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let site = try await shop.site()
      let customer: Customer.ID? = try await shop.db.read { tx in
        try tx.value("SELECT id FROM customer WHERE name = 'wei'")
      }
      let place = "/api/v1/customers/\(try #require(customer))/notes"
      for (day, status) in [("2026-11-18", 201), ("", 201), ("2026-11-20", 201), ("2026-11-21", 422), ("soon", 422)] {
        let answer = try await site.send(.post, place, json: #"{"text":"t \#(day)","happened_on":"\#(day)"}"#)
        #expect(answer.status == status, "\(day)")
      }
      let notes: [Note] = try await shop.db.read { tx in try tx.all("SELECT * FROM note ORDER BY happened_at, id") }
      let days = notes.map { $0.happenedAt.day(in: Settings.standardZone).description }
      #expect(days == ["2026-11-18", "2026-11-20", "2026-11-20"])
      #expect(notes.allSatisfy { $0.createdAt == shop.services.clock() })

      // An edit that does not touch the day does not touch the hour.
      let last = try #require(notes.last)
      let body = #"{"text":"x","happened_on":"2026-11-20"}"#
      #expect(try await site.send(.put, "/api/v1/notes/\(last.id)", json: body, of: "*").status == 200)
      let after: Note? = try await shop.db.read { tx in try tx.first("SELECT * FROM note WHERE id = \(last.id)") }
      #expect(after?.text == "x" && after?.happenedAt == last.happenedAt)
    }
  }
}
