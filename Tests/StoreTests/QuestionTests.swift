import Store
import TestKit
import Testing

/// Several statements asked at once must say what they say one after the other.
struct QuestionTests {
  private struct Number: Decodable, Equatable {
    let id: Int
    let twice: Int
  }

  private static var all: Question<[Number]> { .all("SELECT * FROM n ORDER BY id") }
  private static var least: Question<Int?> { .value("SELECT min(twice) FROM n") }
  private static var nobody: Question<Number?> { .first("SELECT * FROM n WHERE id < 0") }
  private static var nine: Question<Bool> { .exists("SELECT 1 FROM n WHERE id = 9") }
  private static func number(_ id: Int) -> Question<Number?> { .first("SELECT * FROM n WHERE id = \(id)") }
  /// Not prepared anywhere yet.
  private static var broken: Question<[Int]> { .values("SELECT 1 / (id - id) FROM missing") }

  @Test(arguments: EngineKind.available) func answersInTheirOrder(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      for _ in 0..<3 {
        try await db.read { tx in
          let (all, seven, least, nobody, isThere, five) = try tx.ask(
            Self.all, Self.number(7), Self.least, Self.nobody, Self.nine, Self.number(5))
          #expect(all.count == 1000)
          #expect(all.last == Number(id: 1000, twice: 2000))
          #expect(seven == Number(id: 7, twice: 14))
          #expect(five == Number(id: 5, twice: 10))
          #expect(least == 2)
          #expect(nobody == nil)
          #expect(isThere)
        }
      }
    }
  }

  @Test(arguments: EngineKind.available) func madeOfOthers(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      let sums = try await db.read { tx in
        let twice: Question<[Int]> = .map("SELECT twice FROM n WHERE id <= 3 ORDER BY id") { try $0[0] }
        let sum = twice.and(Self.least).then { $0.0.reduce(0, +) + ($0.1 ?? 0) }
        let (first, second) = try tx.ask(sum, sum)
        return [first, second, try tx.ask(sum)]
      }
      #expect(sums == [14, 14, 14])
    }
  }

  /// What was read row by row before, and what else is asked in between, changes nothing.
  @Test(arguments: EngineKind.available) func amongOthers(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      try await db.write { tx in
        var seen = 0
        try tx.each("SELECT id FROM n ORDER BY id") { row in
          seen += 1
          guard seen % 100 == 0 else { return }
          let (number, least) = try tx.ask(Self.number(try row[0]), Self.least)
          #expect(number?.id == seen)
          #expect(least == 2)
        }
        #expect(seen == 1000)
        try tx.run("UPDATE n SET twice = 0 WHERE id = 1")
        let (least, one) = try tx.ask(Self.least, Self.number(1))
        #expect(least == 0)
        #expect(one?.twice == 0)
      }
    }
  }

  /// The part is undone, the transaction goes on, and nothing of the refused answers is left over.
  @Test(arguments: EngineKind.available) func oneThatIsRefused(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      try await db.write { tx in
        #expect(throws: StoreError.self) {
          try tx.part {
            try tx.run("UPDATE n SET twice = 1")
            _ = try tx.ask(Self.number(2), Self.broken, Self.least)
          }
        }
        let (least, two) = try tx.ask(Self.least, Self.number(2))
        #expect(least == 2)
        #expect(two == Number(id: 2, twice: 4))
      }
      let found = try await db.read { tx in try tx.ask(Self.number(3), Self.least) }
      #expect(found.0?.twice == 6)
      #expect(found.1 == 2)
    }
  }

  /// What cannot be made of an answer ends the transaction, as it does one at a time.
  @Test(arguments: EngineKind.available) func anAnswerOfAnotherKind(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      await #expect(throws: StoreError.self) {
        try await db.read { tx in
          let text: Question<String?> = .value("SELECT id FROM n WHERE id = 4")
          _ = try tx.ask(Self.least, text, Self.number(4))
        }
      }
      // An answer that nobody came for must not be taken for a later one.
      try await db.write { tx in try tx.run("UPDATE n SET twice = 9 WHERE id = 4") }
      let four = try await db.read { tx in try tx.ask(Self.number(4)) }
      #expect(four == Number(id: 4, twice: 9))
    }
  }

  @Test(arguments: EngineKind.available) func looksUpValues(_ engine: EngineKind) async throws {
    try await TransactionTests.withNumbers(engine) { db in
      let found = try await db.read { tx in
        try tx.values(
          "SELECT n.id FROM \(.rows([250, 3, 1900, 77])) CROSS JOIN n WHERE n.id = listed.value", as: Int.self)
      }
      #expect(found.sorted() == [3, 77, 250])
    }
  }
}
