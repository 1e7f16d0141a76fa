import TestKit
import Testing

@testable import Store

/// What is found by which text, on both engines.
struct SearchTests {
  private static let people: [(id: Int64, name: String)] = [
    (1, "张伟"), (2, "长城汽车股份有限公司"), (3, "长江实业"), (4, "单雄信"), (5, "重庆小面馆"), (6, "张伟明"), (7, "欧阳娜娜"),
    (8, "Müller GmbH & Co. KG"), (9, "O'Brien, Seán"), (10, "迈克尔·乔丹"), (11, "北京ABC科技（深圳）有限公司"),
    (12, "ＡＢＣ１２３"),
    (13, "Žižek 齐泽克"), (14, "伟"), (15, "李张"), (16, "伟业"), (17, "𠮷野家"), (18, "서울 전자"), (19, "吕布"),
    (20, "Straße Øst"),
  ]

  private func withPeople(_ engine: EngineKind, _ body: (Database) async throws -> Void) async throws {
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(
          all: Self.people.map { person in
            var terms = SearchTerms()
            terms.name(person.name)
            return SearchDocument(id: person.id, kind: .customer, name: terms)
          })
      }
      try await body(db)
    }
  }

  private func found(_ db: Database, _ text: String, kind: SearchKind = .customer) async throws -> [Int64]? {
    guard let query = SearchQuery(text) else { return nil }
    return try await db.read { tx in
      try tx.values(
        "SELECT id FROM search_document WHERE id IN \(SQL.matching(query, kind: kind)) ORDER BY id")
    }
  }

  @Test(arguments: EngineKind.available) func findsNames(_ engine: EngineKind) async throws {
    let wanted: [(String, [Int64])] = [
      ("张", [1, 6, 15]), ("伟", [1, 6, 14, 16]), ("张伟", [1, 6]), ("伟明", [6]), ("伟张", []),
      ("zhangwei", [1, 6]),
      ("ZhangW", [1, 6]), ("zhangweim", [6]), ("zw", [1, 6]), ("wei", [1, 6, 14, 16]), ("wm", [6]),
      ("weiming", [6]),
      ("changcheng", [2]), ("chang", [2, 3]), ("zhang", [1, 2, 3, 6, 15]), ("cc", [2]), ("zc", [2]),
      ("shan", [4]),
      ("dan", [4, 10]), ("sxx", [4]), ("chongqing", [5]), ("cqxm", [5]), ("汽车", [2]), ("qiche", [2]),
      ("gufen", [2]),
      ("有限公司", [2, 11]), ("yxgs", [2, 11]), ("nana", [7]), ("muller", [8]), ("MÜLLER", [8]), ("ller", [8]),
      ("gmb", [8]), ("co", [8]), ("kg", [8]), ("obrien", [9]), ("o'brien", [9]), ("brien", [9]),
      ("sean", [9]),
      ("迈克尔乔丹", [10]), ("迈克尔·乔丹", [10]), ("abc", [11, 12]), ("ａｂｃ", [11, 12]), ("bc1", [12]), ("深圳有限", [11]),
      ("京科", []),
      ("abc科技", [11]), ("科技 abc", [11]), ("zizek", [13]), ("齐泽克", [13]), ("zhang 伟", [1, 6]), ("wei 李", []),
      ("张 明", [6]), ("𠮷野", [17]), ("서울", [18]), ("lv", [19]), ("strasse", [20]), ("ost", [20]),
      ("gsxxjsyxzrgs", []),
    ]
    try await withPeople(engine) { db in
      for (text, ids) in wanted {
        let found = try await found(db, text)
        #expect(found == ids, "\(text)")
      }
    }
  }

  @Test(arguments: EngineKind.available) func takesAnyText(_ engine: EngineKind) async throws {
    let hostile =
      LiteralTests.hostile + [
        "\"", "*", "wei*", "NOT", "NEAR(a b)", "a AND", "AND OR NOT", "(", "terms:", "-张", "^张", "{a}", "a:b",
        "& | !",
        "<->", "':*", "\\'", "a & b", "張\u{0}", String(repeating: "张", count: 5000),
        String(repeating: "a ", count: 5000), "¦",
      ]
    try await withPeople(engine) { db in
      for text in hostile { _ = try await found(db, text) }
    }
    for text in ["", " ", "!?*", "\"", "👩‍👩‍👧", "\u{0}", "（）", "\u{200B}"] {
      #expect(SearchQuery(text) == nil, "\(text)")
    }
  }

  @Test(arguments: EngineKind.available) func findsNumbersAndCodes(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        var terms = SearchTerms()
        terms.name("张伟")
        terms.digits("+86 138-0013-5678")
        terms.code("C-00123")
        terms.code("Zhang.San@example.com")
        terms.code("客户-77")
        try tx.index(SearchDocument(id: 1, kind: .customer, name: terms))
        try tx.index(SearchDocument(id: 2, kind: .product, name: terms))
      }
      let texts = [
        "5678", "0013", "138", "13800135678", "138 0013 5678", "138-0013", "+8613800135678", "c-00123",
        "C00123",
        "00123", "123", "23", "zhang.san@example.com", "san@", "example", "张伟 5678", "客户77", "77",
      ]
      for text in texts {
        let found = try await found(db, text)
        #expect(found == [1], "\(text)")
      }
      for text in ["5679", "9999", "C-00124", "张伟 5679", "户张"] {
        let found = try await found(db, text)
        #expect(found == [], "\(text)")
      }
      try await expectEqual(found(db, "5678", kind: .product), [2])
    }
  }

  @Test(arguments: EngineKind.available) func followsChanges(_ engine: EngineKind) async throws {
    @Sendable func terms(_ name: String) -> SearchTerms {
      var terms = SearchTerms()
      terms.name(name)
      return terms
    }
    try await withPeople(engine) { db in
      try await db.write { tx in
        try tx.index(SearchDocument(id: 1, kind: .customer, name: terms("王芳")))
        try tx.index(all: [
          SearchDocument(id: 2, kind: .customer, name: terms("旧")),
          SearchDocument(id: 2, kind: .customer, name: terms("新")),
        ])
        try tx.unindex([6, 999])
      }
      for isRebuilt in [false, true] {
        if isRebuilt { try await db.write { tx in try tx.rebuildIndex() } }
        try await expectEqual(found(db, "张伟"), [])
        try await expectEqual(found(db, "wangfang"), [1])
        try await expectEqual(found(db, "旧"), [])
        try await expectEqual(found(db, "新"), [2])
        try await expectEqual(found(db, "汽车"), [])
      }
      try? await db.write { tx in
        try tx.index(SearchDocument(id: 1, kind: .customer, name: terms("李娜")))
        throw StoreError.timeout
      }
      try await expectEqual(found(db, "李娜"), [])
      try await expectEqual(found(db, "王芳"), [1])
    }
  }

  @Test(arguments: EngineKind.available) func doesNotMixNames(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        var terms = SearchTerms()
        for name in ["张伟", "明月", "张伟", "明月", "㗘", "㗘"] { terms.name(name) }
        try tx.index(SearchDocument(id: 1, kind: .customer, name: terms))
      }
      for text in ["伟明", "月张", "㗘㗘"] { try await expectEqual(found(db, text), []) }
      for text in ["张伟 明月", "明月", "weiming", "㗘"] {
        try await expectEqual(found(db, text), text == "weiming" ? [] : [1])
      }
    }
  }

  /// Names that differ only where very many are alike, which an index is not asked for.
  @Test(arguments: EngineKind.available) func tellsLongNamesApart(_ engine: EngineKind) async throws {
    let names = [
      "杭州天昌机电设备有限公司", "苏州天昌机电设备有限公司", "杭州天昌机电设备股份有限公司", "杭州天昌机电厂", "州天昌机有限公司 杭州天昌机电设备",
      "杭州天昌机电设备有限公司 苏州",
    ]
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(
          all: names.enumerated().map { number, name in
            var (called, more) = (SearchTerms(), SearchTerms())
            called.name(name)
            more.name(names[(number + 1) % names.count])
            return SearchDocument(
              id: Int64(number), kind: .customer, name: called, more: number == 3 ? more : SearchTerms())
          })
      }
      let wanted: [(String, [Int64])] = [
        (names[0], [0, 5]), (names[1], [1]), (names[2], [2]), ("杭州天昌机电设备", [0, 2, 3, 4, 5]), ("\(names[0]) 苏", [5]),
        ("杭州天昌机电设备有限责任公司", []), ("杭州天昌机电设备 hztc", [0, 2, 3, 4, 5]), ("有限公司杭州天昌机电", [3, 4]),
      ]
      for (text, ids) in wanted { #expect(try await found(db, text) == ids, "\(text)") }
    }
  }

  /// A list that is cut finds the same, whether the hits are few or so many that each row is looked at.
  @Test(arguments: EngineKind.available) func findsTheFirstOfMany(_ engine: EngineKind) async throws {
    try await withDatabase(engine, migrations: SearchSchema.migrations) { db in
      try await db.write { tx in
        try tx.index(
          all: (1...3_500).map { number in
            var name = SearchTerms()
            name.name("张伟\(number % 7 == 0 ? "明" : "")")
            var more = SearchTerms()
            more.name("王芳")
            more.digits("138\(10_000 + number)")
            return SearchDocument(id: Int64(number), kind: .customer, name: name, more: more)
          })
      }
      let wanted = [
        ("张伟", 3_500, 3_500), ("zw", 3_500, 3_500), ("伟明", 500, 500), ("zhangweim", 500, 500), ("王芳", 0, 3_500),
        ("wf", 0, 3_500), ("张伟 138", 0, 3_500), ("zw 王芳", 0, 3_500), ("13810021", 0, 1), ("伟王", 0, 0), ("x", 0, 0),
      ]
      for (text, byName, all) in wanted {
        let query = try #require(SearchQuery(text))
        for (scope, count) in [(SearchScope.name, byName), (.all, all)] {
          let (quick, whole): ([Int64], [Int64]) = try await db.read { tx in
            let whole = SQL.matching(query, kind: .customer, in: scope)
            let first = try tx.first(3_000, of: query, in: scope)
            #expect(Set(first).count == min(count, 3_000))
            let listed: CandidateSlice<Int> = try tx.slice(
              of: .found(query, in: scope), few: 3_000, from: "search_document AS listed", where: [],
              by: Order(by: "listed.id", .integer, id: "listed.id"), at: nil, limit: 10, adding: ["1"])
            switch listed {
            case .few(_, let few, let sums): #expect(few == count && sums == [Int64(count)] && count <= 3_000)
            case .many(let first): #expect(first.count == 3_001 && count > 3_000)
            }
            return (
              try tx.values(
                "SELECT id FROM search_document AS listed WHERE \(.holding(query, in: scope, id: "listed.id")) ORDER BY id"
              ),
              try tx.values("SELECT id FROM search_document WHERE id IN \(whole) ORDER BY id")
            )
          }
          #expect(
            quick.count == whole.count && quick.elementsEqual(whole), "\(text) \(scope) \(quick.count) \(whole.count)")
          #expect(whole.count == count, "\(text)")
        }
      }
    }
  }

  @Test func bringsInOrder() {
    let names = [
      "赵六", "Zhang Wei", "张三", "张伟", "李四", "lisa", "阿明", "Émile", "123", "王五", "陈七", "章子怡", "展昭", "o'brien",
      "",
    ]
    let sorted = names.sorted { Pinyin.sortKey($0) < Pinyin.sortKey($1) }
    #expect(
      sorted == [
        "", "123", "阿明", "陈七", "Émile", "李四", "lisa", "o'brien", "王五", "展昭", "Zhang Wei", "张三", "张伟", "章子怡",
        "赵六",
      ])
    #expect(Pinyin.sortKey("  ZHANG   Wéi ") == Pinyin.sortKey("zhang wei"))
    #expect(names.allSatisfy { Pinyin.sortKey($0).allSatisfy(\.isASCII) })
  }
}
