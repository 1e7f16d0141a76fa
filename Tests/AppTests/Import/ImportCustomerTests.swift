import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

@Suite struct ImportCustomerTests {
  static let chinese = """
    客户编号,客户名称,联系人,职务,手机,所在地区,行业,负责人,标签,备注,客户类型
    K001,杭州云栖茶行,李敏,采购经理,138-0013-8000,浙江杭州西湖区,茶叶,陈志远,"老客户、VIP",常年合作,企业
    K002,张伟,,,13900139000,上海浦东,,nobody,,,个人
    K001,杭州云栖茶行,王强,决策者,0571-88001234,,,,重点,,
    """

  @Test(arguments: EngineKind.available) func everythingARowTells(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let owner = User(
        id: desk.services.ids.next(), email: "chen@example.cn", name: "陈志远", at: desk.services.clock(), by: nil)
      try await desk.db.write { tx in try tx.insert(owner) }
      let record = try await desk.bring(.customers, Self.chinese)
      #expect(record.counts.customers == .init(new: 2) && record.counts.contacts == .init(new: 2))
      #expect(record.counts.warnings == 1 && record.counts.rejected == 0)
      expectEqual(try await desk.problems(record.id).map(\.code), [.unknownOwner])
      expectEqual(try await desk.problems(record.id).map(\.value), ["nobody"])
      let shop = try #require(try await desk.customer("杭州云栖茶行"))
      #expect(shop.kind == .company && shop.ownerId == owner.id && shop.outsideId == "K001")
      #expect(shop.regionCode == "330106" && shop.description == "常年合作")
      let person = try #require(try await desk.customer("张伟"))
      #expect(person.kind == .person && person.phones.map(\.normal) == ["+8613900139000"])
      let state = try await desk.state()
      #expect(state.contacts.map(\.name) == ["李敏", "王强"])
      #expect(state.contacts.map(\.title) == ["采购经理", ""] && state.contacts.map(\.role) == [.unknown, .decider])
      #expect(state.contacts.first?.phones.first?.typed == "138-0013-8000")
      #expect(Set(state.tags.map(\.name)) == ["老客户", "VIP", "重点"] && state.tagged.count == 3)
    }
  }

  @Test(arguments: EngineKind.available) func onlyFilledFieldsChangeWhatIsThere(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, Self.chinese)
      let before = try await desk.state()
      let again = try await desk.bring(.customers, Self.chinese)
      #expect(again.counts.customers == .init(unchanged: 2) && again.counts.contacts == .init(unchanged: 2))
      expectEqual(try await desk.state(), before)
      let changed = try await desk.bring(.customers, "客户编号,客户名称,行业,手机\nK001,,茶叶批发,\nK002,张伟,,13800000000\n")
      #expect(changed.counts.customers == .init(updated: 2))
      let shop = try #require(try await desk.customer("杭州云栖茶行"))
      #expect(shop.industry == "茶叶批发" && shop.description == "常年合作")
      expectEqual(try await desk.customer("张伟")?.phones.count, 2)
    }
  }

  @Test(arguments: EngineKind.available) func gb18030AndNamesInTwoColumns(_ engine: EngineKind) async throws {
    let text = "姓,名,公司名称,手机,邮箱\n欧阳,娜,䢺江贸易公司,13800138000,na@example.cn\n李,雷,,13800138001,bad-address\n"
    let bytes = try #require(text.data(using: .init(rawValue: 0x8000_0632)))
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.customers, Array(bytes))
      #expect(record.counts.customers == .init(new: 2) && record.counts.warnings == 1)
      expectEqual(try await desk.customer("䢺江贸易公司")?.kind, .company)
      expectEqual(try await desk.state().contacts.map(\.name), ["欧阳娜"])
      expectEqual(try await desk.customer("李雷")?.kind, .person)
    }
  }

  @Test(arguments: EngineKind.available) func aRowWithANameAloneGoesWithItsNumber(_ engine: EngineKind) async throws {
    let file = "customer_id,customer_name,industry\n,Acme,tools\n1,Acme,\n2,Beta,\n"
    try await ImportDesk.open(engine) { desk in
      let first = try await desk.bring(.customers, file)
      #expect(first.counts.customers == .init(new: 2))
      expectEqual(try await desk.customer("Acme")?.industry, "tools")
      let again = try await desk.bring(.customers, file)
      #expect(again.counts.customers == .init(unchanged: 2))
    }
  }

  @Test(arguments: EngineKind.available) func aNumberOnTwoLinesOfACellIsTheSame(_ engine: EngineKind) async throws {
    let others = (0..<2_000).map { "\($0),Number \($0),\n" }.joined()
    let file = "customer_id,customer_name,industry\n\"A\n1\",Acme,\n\(others)A 1,,tools\n"
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.customers, file)
      #expect(record.counts.customers == .init(new: 2_001))
      expectEqual(try await desk.customer("Acme")?.industry, "tools")
    }
  }
}
