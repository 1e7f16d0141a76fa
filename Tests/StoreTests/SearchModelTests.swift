@testable import Store
import TestKit
import Testing

/// A small generator, so that every run sees the same names.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed ^= mixed >> 33
    mixed = mixed &* 0xff51_afd7_ed55_8ccd
    return mixed ^ mixed >> 29
  }
}

/// Search by going through all names, written from what search promises and not from how it works.
private struct Model {
  let han: [String]
  let words: [String]

  init(_ name: String) {
    let parts = name.split(separator: " ").map(String.init)
    han = parts.filter { !$0.utf8.allSatisfy { $0 < 128 } }
    words = parts.filter { $0.utf8.allSatisfy { $0 < 128 } }.map { $0.lowercased() }
  }

  func matches(_ part: String) -> Bool {
    part.utf8.allSatisfy { $0 < 128 } ? isFound(latin: part) : han.contains { $0.contains(part) }
  }

  private func isFound(latin part: String) -> Bool {
    words.contains { word in
      word.indices.contains { start in
        word[start...].hasPrefix(part) && (start == word.startIndex || word[start...].count >= 3)
      }
    }
      || han.contains { run in
        run.indices.contains { start in
          isSaid(part, Array(run[start...].unicodeScalars))
            || isSaid(part, Array(run[start...].unicodeScalars), initials: true)
        }
      }
  }

  /// Whether the part begins some way to say the characters.
  private func isSaid(_ part: String, _ characters: [Unicode.Scalar], initials: Bool = false) -> Bool {
    guard !part.isEmpty else { return true }
    guard let first = characters.first else { return false }
    return Pinyin.readings(of: first).contains { reading in
      let said = initials ? String(reading.prefix(1)) : reading
      if said.hasPrefix(part) { return true }
      return part.hasPrefix(said)
        && isSaid(String(part.dropFirst(said.count)), Array(characters.dropFirst()), initials: initials)
    }
  }
}

struct SearchModelTests {
  /// Characters of two readings at most, so that the limit of six ways per end is not met in names of three.
  private static let characters = Array("张王李伟芳娜明强长重行乐江城汽车公司山东")
  private static let words = ["ann", "Anna", "banana", "co", "ltd", "nanny", "an", "x1", "100"]

  private static func name(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in
      if Int.random(in: 0..<4, using: &random) == 0 { return words.randomElement(using: &random) ?? "" }
      return String(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in characters.randomElement(using: &random) ?? "张"
        })
    }.joined(separator: " ")
  }

  private static func query(_ random: inout Seeded) -> String {
    let sounds = [
      "w", "wei", "zh", "zhang", "chang", "cz", "zc", "ming", "m", "a", "an", "nan", "ana", "nn", "10",
      "weif", "yue", "le", "xing", "hang", "qc", "gs", "gongsi",
    ]
    return (0..<Int.random(in: 1...2, using: &random)).map { _ in
      if Bool.random(using: &random) { return sounds.randomElement(using: &random) ?? "" }
      return String(
        (0..<Int.random(in: 1...2, using: &random)).map { _ in characters.randomElement(using: &random) ?? "张"
        })
    }.joined(separator: " ")
  }

  @Test(arguments: EngineKind.available) func findsWhatGoingThroughAllFinds(_ engine: EngineKind) async throws {
    var random = Seeded(state: 20_261_122)
    let names = (0..<1000).map { _ in Self.name(&random) }
    let queries = Set((0..<200).map { _ in Self.query(&random) }).sorted()
    // Names whose Chinese runs meet across the blank count as one run for search; the model has none of those.
    let apart = names.filter { Model($0).han.count < 2 }
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(
          all: apart.enumerated().map { number, name in
            var terms = SearchTerms()
            terms.name(name)
            return SearchDocument(id: Int64(number), kind: .customer, name: terms)
          })
      }
      let models = apart.map(Model.init)
      var byPart: [String: Set<Int64>] = [:]
      func finds(_ part: String) -> Set<Int64> {
        if let known = byPart[part] { return known }
        let found = Set(models.indices.filter { models[$0].matches(part) }.map(Int64.init))
        byPart[part] = found
        return found
      }
      var hits = 0
      for query in queries {
        let parts = query.split(separator: " ").map { finds(String($0)) }
        let wanted = parts.dropFirst().reduce(parts.first ?? []) { $0.intersection($1) }.sorted()
        let parsed = try #require(SearchQuery(query))
        let found: [Int64] = try await db.read { tx in
          try tx.values(
            "SELECT id FROM search_document WHERE id IN \(SQL.matching(parsed, kind: .customer)) ORDER BY id"
          )
        }
        #expect(found == wanted, "\(query)")
        hits += found.count
      }
      #expect(hits > 2_000)
    }
  }
}
