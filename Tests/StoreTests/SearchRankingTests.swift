import Dispatch
import Store
import Synchronization
import TestKit
import Testing

struct SearchRankingTests {
  private static func document(_ id: Int64, _ name: String) -> SearchDocument {
    var terms = SearchTerms()
    terms.name(name)
    return SearchDocument(id: id, kind: .customer, name: terms)
  }

  private static func hits(_ text: String, in tx: Transaction) throws -> [Int64] {
    guard let query = SearchQuery(text) else { return [] }
    return try tx.values("SELECT hit.id FROM \(SQL.ranked(query, in: .all)) AS hit ORDER BY hit.place")
  }

  @Test(arguments: EngineKind.available) func comesInOrderAndFollowsChanges(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(all: (1...5).map { Self.document($0, "张伟\($0)") })
        #expect(try tx.rank("SELECT 6 - id AS place, id FROM search_document WHERE id > 1"))
        #expect(try Self.hits("张伟", in: tx) == [5, 4, 3, 2])
        try tx.index(Self.document(4, "李娜"))
        #expect(try Self.hits("张伟", in: tx) == [5, 3, 2])
        #expect(try Self.hits("ln", in: tx) == [4])
        try tx.index(Self.document(1, "李娜"))
        #expect(try Self.hits("李娜", in: tx) == [4])
        try tx.unindex([5])
        #expect(try Self.hits("zw", in: tx) == [3, 2])
        #expect(try tx.ranked().sorted() == [2, 3, 4])
        #expect(try tx.rank("SELECT id AS place, id FROM search_document"))
        #expect(try Self.hits("李娜", in: tx) == [1, 4])
        try tx.rebuildIndex()
        #expect(try Self.hits("张伟", in: tx) == [2, 3])
      }
    }
  }

  /// A ranking that began meanwhile would keep the terms from before.
  @Test(arguments: EngineKind.available.filter { $0 == .postgres })
  func doesNotRankWhatIsBeingWritten(_ engine: EngineKind) async throws {
    let everything: SQL = "SELECT id AS place, id FROM search_document"
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(Self.document(1, "张伟"))
        #expect(try tx.rank(everything))
      }
      try await db.write { tx in
        try tx.index(Self.document(1, "李娜"))
        let isRanked = Mutex<Bool?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        Task {
          let found = try? await db.write { tx in try tx.rank(everything) }
          isRanked.withLock { $0 = found }
          isDone.signal()
        }
        #expect(isDone.wait(timeout: .now() + 30) == .success)
        let answer = isRanked.withLock { $0 }
        #expect(answer == false)
      }
      let (before, isRankedNow, after) = try await db.write { tx in
        (try Self.hits("李娜", in: tx), try tx.rank(everything), try Self.hits("李娜", in: tx))
      }
      #expect(before == [1] && after == [1] && isRankedNow)
    }
  }
}
