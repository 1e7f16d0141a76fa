import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Columns of a file that go into the firm's own fields.
@Suite struct CustomFieldImportTests {
  private func options(_ columns: FieldColumn..., names: [String: Int] = ["id": 0, "name": 1]) -> ImportOptions {
    var options = ImportOptions()
    (options.columns, options.fieldColumns) = (names, columns)
    return options
  }

  /// What customers have in a field, by name.
  private func values(_ name: String, _ desk: ImportDesk) async throws -> [String: String] {
    let field = try #require(try await desk.fields().first { $0.name == name })
    let filled = try await desk.state().customers.filter { !$0.more[field.id].isEmpty }
    return Dictionary(filled.map { ($0.name, $0.more[field.id]) }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: EngineKind.available) func aColumnMakesTheField(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let file = "编号,名称,鞋码,门店\nT1,甲公司,42,西溪店\nT2,乙公司,,\nT1,甲公司,43,\n"
      let record = try await desk.bring(.customers, file, options(FieldColumn(column: 2), FieldColumn(column: 3)))
      #expect(record.counts.customers.new == 2)
      expectEqual(try await desk.fields().map(\.name), ["鞋码", "门店"])
      expectEqual(try await values("鞋码", desk), ["甲公司": "42"])
      let found = try await desk.db.read { tx in
        try Customer.likeliest("西溪", .system, limit: 5, in: tx).map(\.customer.name)
      }
      #expect(found == ["甲公司"])
      // The same file once more changes nothing, and makes no second field.
      let again = try await desk.bring(.customers, file, options(FieldColumn(column: 2), FieldColumn(column: 3)))
      #expect(again.counts.customers.updated == 0 && again.counts.customers.new == 0)
      expectEqual(try await desk.fields().count, 2)
      #expect(try await desk.undo(record.id).state == .reverted)
      expectEqual(try await desk.state().customers, [])
      expectEqual(try await desk.fields(), [])
      expectEqual(try await desk.kept(record.id), [])
    }
  }

  @Test(arguments: EngineKind.available) func columnsWithoutAChoiceAreLeftOut(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "编号,名称,鞋码\nT1,甲公司,42\n")
      expectEqual(try await desk.fields(), [])
      #expect(try await desk.customer("甲公司")?.more.isEmpty == true)
      // Nor is a field made that nobody would have anything in.
      try await desk.bring(.customers, "编号,名称,鞋码\nT1,甲公司,\n", options(FieldColumn(column: 2)))
      try await desk.bring(
        .customers, "编号,名称,鞋码\nT1,甲公司,42\n", options(FieldColumn(column: 2, rule: .keep)))
      expectEqual(try await desk.fields(), [])
    }
  }

  @Test(arguments: EngineKind.available) func rulesAndRevertHold(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let header = "编号,名称,a,b,c,d\n"
      try await desk.bring(
        .customers, header + "T1,甲,1,2,3,\nT2,乙,,,,\n",
        options(FieldColumn(column: 2), FieldColumn(column: 3), FieldColumn(column: 4)))
      let before = try await desk.state()
      let fields = try await desk.fields()
      let chosen = options(
        FieldColumn(column: 2, field: fields[0].id), FieldColumn(column: 3, rule: .fill),
        FieldColumn(column: 4, field: fields[2].id, rule: .keep), FieldColumn(column: 5))
      let file = header + "T1,甲,10,20,30,40\nT2,乙,11,21,31,\n"
      let id = try await desk.upload(.customers, Array(file.utf8), chosen)
      let report = try #require(try await desk.run(id).check())
      // A dry run tells of fields that it does not make.
      let told = try #require(report.changes?.first)
      #expect(told.values.map(\.field.zh) == ["a", "d"] && told.values.map(\.after.zh) == ["10", "40"])
      expectEqual(try await desk.fields(), fields)
      let record = try await desk.run(id).apply()
      #expect(record.counts.customers.updated == 2)
      expectEqual(try await values("a", desk), ["甲": "10", "乙": "11"])
      expectEqual(try await values("b", desk), ["甲": "2", "乙": "21"])
      expectEqual(try await values("c", desk), ["甲": "3"])
      expectEqual(try await values("d", desk), ["甲": "40"])
      let list = try await desk.db.read { tx in try ImportChangeList.read(id, from: 0, .system, in: tx) }
      #expect(list.records.first?.values.map(\.before.zh) == ["1", ""])
      #expect(list.records.last?.values.map(\.field.zh) == ["a", "b"])
      #expect(try await desk.undo(id).state == .reverted)
      expectEqual(try await desk.state(), before)
      expectEqual(try await desk.fields(), fields)
    }
  }

  /// As tags do, a field that somebody uses since stays, and is told.
  @Test(arguments: EngineKind.available) func aFieldInUseOutlivesItsImport(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "编号,名称\nT2,乙\n")
      let record = try await desk.bring(.customers, "编号,名称,鞋码\nT1,甲,42\n", options(FieldColumn(column: 2)))
      let field = try #require(try await desk.fields().first)
      try await desk.db.write { tx in
        var other: Customer = try #require(try tx.first("SELECT * FROM customer WHERE name = '乙'"))
        other.more[field.id] = "43"
        try tx.update(other)
      }
      _ = try await desk.undo(record.id)
      expectEqual(try await desk.fields(), [field])
      let kept = try await desk.kept(record.id)
      #expect(kept.map(\.kind) == [.field] && kept.map(\.name) == ["鞋码"] && kept.map(\.reason) == [.inUse])
      #expect(try await desk.customer("甲") == nil)
    }
  }

  @Test(arguments: EngineKind.available) func whatCannotBeAFieldIsSaid(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let long = String(repeating: "长", count: 41)
      let text = "编号,名称,Size,size,\(long)\nT1,甲,1,2,\(String(repeating: "x", count: 1_001))\n"
      let file = ByteSource(Array(text.utf8))
      func problem(_ columns: FieldColumn..., fields: [CustomField] = []) throws -> Word? {
        var options = options()
        options.fieldColumns = columns
        let record = Import(
          id: desk.services.ids.next(), kind: .customers, fileName: "a.csv", byteCount: 0, options: options,
          at: desk.services.clock(), by: nil)
        return try ImportColumns(record, file, ImportFirm(Settings(), isNew: true, today: Day(number: 20_000)), fields)
          .fieldProblem
      }
      #expect(try problem(FieldColumn(column: 2)) == nil)
      #expect(try problem(FieldColumn(column: 2), FieldColumn(column: 3))?.zh.contains("选了两列") == true)
      #expect(try problem(FieldColumn(column: 4))?.zh.contains("超过 40 个字") == true)
      let field = CustomField(id: ID(raw: 7), name: "SIZE", createdAt: desk.services.clock(), createdBy: nil)
      #expect(try problem(FieldColumn(column: 4, field: field.id), fields: [field]) == nil)
      #expect(
        try problem(FieldColumn(column: 4, field: field.id), FieldColumn(column: 3), fields: [field]) != nil)
      let all = (1...CustomField.most).map {
        CustomField(id: ID(raw: Int64($0)), name: "\($0)", createdAt: field.createdAt, createdBy: nil)
      }
      #expect(try problem(FieldColumn(column: 2), fields: all) == CustomFieldWords.tooMany)
      // A field that was deleted meanwhile leaves its column out.
      #expect(try problem(FieldColumn(column: 2, field: field.id)) == nil)
      try await desk.db.write { tx in try tx.insert(field) }
      let record = try await desk.bring(
        .customers, text, options(FieldColumn(column: 4, field: field.id)))
      expectEqual(try await desk.problems(record.id).map(\.code), [.tooLong])
    }
  }

  @Test(arguments: EngineKind.available) func choicesAreRemembered(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      try await desk.bring(.customers, "代号,叫法,甲,乙\nT1,a,1,2\n", options(FieldColumn(column: 2)))
      let field = try #require(try await desk.fields().first)
      try await desk.bring(
        .customers, "代号,叫法,甲,乙\nT1,a,1,2\n",
        options(FieldColumn(column: 3, field: field.id, rule: .fill)))
      func remembered() async throws -> [FieldColumn]? {
        let setup = try ImportSetup(
          ByteSource(Array("乙,甲,代号,叫法\n2,1,T1,a\n".utf8)), kind: .customers, options: ImportOptions())
        return try await desk.db.read { tx in try ImportMapping.options(for: setup, in: tx)?.fieldColumns }
      }
      expectEqual(try await remembered(), [FieldColumn(column: 0, field: field.id, rule: .fill)])
      try await desk.db.write { tx in _ = try tx.delete(CustomField.self, field.id) }
      expectEqual(try await remembered(), [])
    }
  }

  @Test(arguments: EngineKind.available) func theCommandLineNamesColumns(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let file = FileManager.default.temporaryDirectory.appending(path: "fields-\(UUID().uuidString).csv")
      defer { try? FileManager.default.removeItem(at: file) }
      try Data("编号,名称,行业,鞋码,空\nT1,甲,茶,42,\n".utf8).write(to: file)
      let importer = Importer(desk.services)
      var choices = Importer.Choices()
      choices.fields = ["行业", "4"]
      choices.rules = ["4": "fill"]
      let outcome = try await importer.run(kind: "customers", file: file.path, choices: choices)
      #expect(outcome.unusedColumns == ["空"] && outcome.columns["field:行业"] == "行业")
      expectEqual(try await desk.fields().map(\.name), ["行业", "鞋码"])
      #expect(try await desk.customer("甲")?.industry == "")
      expectEqual(try await values("行业", desk), ["甲": "茶"])
      try Data("编号,名称,行业,鞋码,空\nT1,甲,酒,43,\n".utf8).write(to: file)
      _ = try await importer.run(kind: "customers", file: file.path, choices: choices)
      expectEqual(try await values("行业", desk), ["甲": "酒"])
      expectEqual(try await values("鞋码", desk), ["甲": "42"])
      for wrong in [["没有"], ["行业", "行业"]] {
        choices.fields = wrong
        choices.rules = [:]
        await #expect(throws: ImportRefusal.self) {
          try await importer.run(kind: "customers", file: file.path, choices: choices)
        }
      }
      choices.fields = ["行业"]
      await #expect(throws: ImportRefusal.self) {
        try await importer.run(kind: "orders", file: file.path, choices: choices)
      }
    }
  }

  @Test(arguments: EngineKind.available) func browsersChooseThem(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let accounts = Accounts(desk.services)
      let user = try await accounts.create(
        email: "lin@example.cn", name: "Lin", password: "correct horse battery", isAdministrator: true)
      let site = TestSite(House.site(desk.services), token: try await accounts.issueToken(for: user, name: "test"))
      let field = CustomField(
        id: desk.services.ids.next(), name: "门店<b>", createdAt: desk.services.clock(), createdBy: nil)
      try await desk.db.write { tx in try tx.insert(field) }
      let sent = try await site.send(
        .post, "/api/v1/imports", json: #"{"kind":"customers","text":"编号,名称,x,X\nT1,甲,42,西溪\n"}"#)
      let place = try #require(sent.headers[.location])
      let page = try await site.get(place.replacing("/api/v1", with: ""))
      #expect(page.text.contains("<option value='+field'>") && page.text.contains("<option value='field:\(field.id)'>"))
      let twice = try await site.send(.put, place, json: #"{"columns":["id","name","+field","+field"]}"#)
      #expect(twice.status == 422)
      let chosen = try await site.send(
        .put, place,
        json:
          #"{"columns":["id","name","+field","field:\#(field.id)"],"rules":["overwrite","overwrite","fill","keep"]}"#)
      #expect(chosen.status == 200 && chosen.text.contains("42 · 西溪"), "\(chosen.text)")
      let again = try await site.get(place.replacing("/api/v1", with: ""))
      #expect(again.text.contains("<option value='field:\(field.id)' selected>"))
      #expect(again.text.contains("<option value='keep' selected>") && again.text.contains("门店&lt;b&gt;"))
    }
  }
}
