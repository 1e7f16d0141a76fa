import Store
import TestKit
import Testing

@testable import App

/// Phones are found however somebody writes them.
@Suite struct PhoneSearchTests {
  /// Customers by their phone; the amounts fall, so that who comes first is told by the number alone.
  private static let phones = [
    "0571-88886666", "010-88887777", "(0755) 2345-6789", "0571-88886666转801", "0571-88886666转802", "13800138000",
    "+1 (415) 555-2671", "+44 (0)20 7946 0958", "+852 2345 6780", "+81 3-1234-5678", "+886 2 2345 6781", "400-820-8820",
    "66668888", "415-555-2999", "13957166668",
  ]
  private static let switchboard = ["0571-88886666", "0571-88886666转801", "0571-88886666转802"]

  /// What is searched for, and whose phones are found, the first of them first.
  private static let writings: [(String, [String])] =
    [
      "0571-88886666", "057188886666", "0571 8888 6666", "86 571 88886666", "+86-571-88886666", "0086 571 88886666",
      "0086-0571-88886666", "86-0571-88886666", "(0571) 8888-6666", "（0571）8888 6666", "０５７１－８８８８６６６６", "571 88886666",
      "88886666", "8888-6666", "8888 6666", "+86 (0)571 88886666", "+86 0571 8888 6666", "0571", "0571-8888",
      "0571 888",
      "0571-88886", "\u{202D}0571-88886666\u{202C}", "0571\u{A0}8888\u{3000}6666", "0571\u{2011}88886666",
    ].map { ($0, switchboard) } + [
      ("0571-88886666转801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666转 802", [switchboard[2], switchboard[0], switchboard[1]]),
      ("057188886666-801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666 ext 801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666x801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666 #801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666转分机801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("88886666转801", [switchboard[1], switchboard[0], switchboard[2]]),
      ("0571-88886666转999", switchboard), ("010-88887777", ["010-88887777"]), ("+86 10 8888 7777", ["010-88887777"]),
      ("0755-23456789", ["(0755) 2345-6789"]), ("(0755) 2345-6789", ["(0755) 2345-6789"]),
      ("23456789", ["(0755) 2345-6789"]),
      ("138 0013 8000", ["13800138000"]), ("138-0013-8000", ["13800138000"]), ("+8613800138000", ["13800138000"]),
      ("8613800138000", ["13800138000"]), ("0086 138 0013 8000", ["13800138000"]), ("8000", ["13800138000"]),
      ("38000", ["13800138000"]), ("00138000", ["13800138000"]), ("138 0013", ["13800138000"]), ("13800138001", []),
      ("+1 (415) 555-2671", ["+1 (415) 555-2671"]), ("14155552671", ["+1 (415) 555-2671"]),
      ("415-555-2671", ["+1 (415) 555-2671"]), ("(415) 555 2671", ["+1 (415) 555-2671"]),
      ("1-415-555-2671", ["+1 (415) 555-2671"]), ("001 415 555 2671", ["+1 (415) 555-2671"]),
      ("2671", ["+1 (415) 555-2671"]),
      ("+44 (0)20 7946 0958", ["+44 (0)20 7946 0958"]), ("020 7946 0958", ["+44 (0)20 7946 0958"]),
      ("0044 20 7946 0958", ["+44 (0)20 7946 0958"]), ("02079460958", ["+44 (0)20 7946 0958"]),
      ("020 7946", ["+44 (0)20 7946 0958"]), ("7946 0958", ["+44 (0)20 7946 0958"]), ("+49 20 7946 0958", []),
      ("+852 2345 6780", ["+852 2345 6780"]), ("852-23456780", ["+852 2345 6780"]), ("23456780", ["+852 2345 6780"]),
      ("03-1234-5678", ["+81 3-1234-5678"]), ("+81 (0)3 1234 5678", ["+81 3-1234-5678"]),
      ("81312345678", ["+81 3-1234-5678"]),
      ("02-2345-6781", ["+886 2 2345 6781"]), ("0223456781", ["+886 2 2345 6781"]),
      ("886 2 2345 6781", ["+886 2 2345 6781"]),
      ("400 820 8820", ["400-820-8820"]), ("4008208820", ["400-820-8820"]), ("6666 8888", ["66668888"]),
      ("415 555 2999", ["415-555-2999"]), ("0571-88886666 公司", []), ("公司甲 0571-88886666", []),
    ]

  private func withPhones(_ engine: EngineKind, _ body: (Shop) async throws -> Void) async throws {
    try await Shop.open(engine) { shop in
      try await shop.db.write { tx in
        var ids: [Customer.ID] = []
        for (number, phone) in Self.phones.enumerated() {
          let id: Customer.ID = shop.services.ids.next()
          ids.append(id)
          var customer = Customer(id: id, kind: .person, name: "客户", at: shop.services.clock(), by: nil)
          customer.phones = try PhoneNumber.parseAll(phone)
          try Customer.add([customer], in: tx)
          try tx.run("UPDATE customer_total SET amount = \(100 - number) WHERE customer_id = \(id)")
        }
        try Customer.index(ids, in: tx)
      }
      try await body(shop)
    }
  }

  private static func search(_ text: String, _ shop: Shop) async throws -> [String] {
    try await shop.db.read { tx in
      try Customer.likeliest(text, .system, limit: 20, in: tx).compactMap(\.customer.phones.first?.typed)
    }
  }

  @Test(arguments: EngineKind.available) func foundHoweverTheyAreWritten(_ engine: EngineKind) async throws {
    try await withPhones(engine) { shop in
      for (text, phones) in Self.writings {
        try await expectEqual(Self.search(text, shop), phones)
        let listed = try await shop.db.read { tx in
          try CustomerList.read(
            CustomerFilter(q: text), .system, today: Shop.today, currency: "CNY", in: tx
          ).count
        }
        #expect(listed == phones.count, "\(text)")
      }
    }
  }

  @Test(arguments: EngineKind.available) func contactsAreFoundByTheirs(_ engine: EngineKind) async throws {
    try await withPhones(engine) { shop in
      try await shop.db.write { tx in
        let id: Customer.ID = shop.services.ids.next()
        try Customer.add([Customer(id: id, kind: .company, name: "大江", at: shop.services.clock(), by: nil)], in: tx)
        var contact = Contact(
          id: shop.services.ids.next(), customerId: id, name: "李娜", at: shop.services.clock(), by: nil)
        contact.phones = try PhoneNumber.parseAll("021-55556666转7（前台）")
        try tx.insert(contact)
        try Customer.index([id], in: tx)
      }
      for text in [
        "021-55556666", "+86 21 5555 6666", "55556666转7", "李娜 021-55556666", "大江 55556666", "前台", "qiantai 55556666",
        "前台 021-55556666转7",
      ] {
        let names = try await shop.db.read { tx in
          try Customer.likeliest(text, .system, limit: 20, in: tx).map(\.customer.name)
        }
        #expect(names == ["大江"], "\(text)")
      }
    }
  }

  /// Databases of earlier versions: found by the number at once, and by the area once they are indexed anew.
  @Test(arguments: EngineKind.available) func foundInWhatEarlierVersionsIndexed(_ engine: EngineKind) async throws {
    try await withPhones(engine) { shop in
      try await shop.db.write { tx in
        let customers: [Customer] = try tx.all("SELECT * FROM customer")
        try tx.index(
          all: customers.map { customer in
            var more = SearchTerms()
            for phone in customer.phones { more.digits(phone.normal) }
            return SearchDocument(id: customer.id.raw, kind: .customer, name: SearchTerms(), more: more)
          })
      }
      for text in ["0571-88886666", "0571 8888 6666", "0086 571 88886666", "88886666转999"] {
        try await expectEqual(Self.search(text, shop), Self.switchboard)
      }
      try await expectEqual(Self.search("0571-8888", shop), [])
      try await SearchRefresh.renew(shop.db)
      try await expectEqual(Self.search("0571-8888", shop), Self.switchboard)
      try await expectEqual(Self.search("88886666转802", shop).first, Self.switchboard[2])
    }
  }

  @Test(arguments: EngineKind.available) func theSameNumberIsPerhapsTheSameCustomer(_ engine: EngineKind) async throws {
    try await withPhones(engine) { shop in
      for (typed, count) in [
        ("0571 8888 6666 转801", 1), ("138-0013-8000", 1), ("0571-88886666转803", 0), ("13800138001", 0),
      ] {
        let phones = try PhoneNumber.parseAll(typed)
        let found = try await shop.db.read { tx in
          try Customer.lookalikes(name: "", phones: phones, except: nil, .system, in: tx).count
        }
        #expect(found == count, "\(typed)")
      }
    }
  }
}
