import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// A file that comes to more than can be meant is stopped before anything of it is written.
@Suite struct ImplausibleSumTests {
  /// - Parameter rows: amount, quantity and cost of each.
  private static func file(_ rows: [String]) -> String {
    "订单编号,客户,日期,金额,数量,成本\n" + rows.enumerated().map { "\($0 + 1),c\($0 % 7),2026-01-01,\($1)\n" }.joined()
  }

  private static let largest = "999999999999.99"
  private static let tooMuch = file((1...1_001).map { $0 == 700 ? "1000000000000,1,1" : "\(largest),1,1" })

  @Test(arguments: EngineKind.available) func thePreviewNamesTheLargestLine(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let site = try await ImportSiteTests.site(desk)
      let sent = try await ImportSiteTests.upload(Array(Self.tooMuch.utf8), named: "a.csv", .orders, site)
      let place = try #require(sent.headers[.location]).replacing("/columns", with: "")
      _ = try await site.post(place + "/columns?_method=put", form: ["next": "check"])
      try await ImportSiteTests.work(desk)
      let page = try await site.get(place)
      #expect(page.status == 200 && page.text.contains("第 701 行") && page.text.contains("¥1,000,000,000,000.00"))
      #expect(!page.text.contains(place + "/start") && page.text.contains(place + "/columns"))
      let answer = try await site.send(.post, "/api/v1" + place + "/start", json: "{}")
      #expect(answer.status == 409 && answer.text.contains("701"))
      expectEqual(try await desk.state().orders.count, 0)
      // Without those rows it starts.
      let left = try await site.post(
        place + "/columns?_method=put",
        form: [
          "next": "check", "filters[0][column]": "金额", "filters[0][value]": Self.largest, "filters[0][is_not]": "true",
        ])
      #expect(left.status == 303)
      try await ImportSiteTests.work(desk)
      expectEqual(try await site.send(.post, "/api/v1" + place + "/start", json: "{}").status, 200)
    }
  }

  @Test(arguments: EngineKind.available) func aCommandWritesNothing(_ engine: EngineKind) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "implausible-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a.csv")
    try Data(Self.tooMuch.utf8).write(to: file)
    try await ImportDesk.open(engine) { desk in
      let before = try await desk.state()
      // In one portion, and in several, of which some are written and taken back.
      for (size, left) in [(10_000, []), (400, [Import.State.cancelled])] {
        let importer = Importer(desk.services, size: size)
        do {
          _ = try await importer.run(kind: "orders", file: file.path)
          Issue.record("it was written")
        } catch let refusal as ImportRefusal {
          #expect(refusal.message.zh.contains("第 701 行"), "\(refusal.message.zh)")
        }
        expectEqual(try await desk.state(), before)
        expectEqual(try await importer.list().map(\.state), left)
      }
      let tried = try await Importer(desk.services).run(kind: "orders", file: file.path, dryRun: true)
      #expect(tried.sentences(.en).contains { $0.contains("line 701") })
    }
  }

  @Test(arguments: ["1,1,\(largest)", "1,999999999,1", "-\(largest),-1,0"]) func costsQuantitiesAndReturnsToo(
    _ row: String
  ) async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let id = try await desk.upload(.orders, Array(Self.file((1...1_002).map { _ in row }).utf8))
      let report = try #require(try await desk.run(id).check())
      #expect(report.implausible?.count == 1 && report.counts.rejected == 0)
      await #expect(throws: ImportRefusal.self) { try await desk.run(id).apply() }
      let few = try await desk.bring(.orders, Self.file((1...900).map { _ in row }))
      #expect(few.counts.orders.new + few.counts.returns.new == 900)
    }
  }

  /// What no form takes, no file brings: also where several lines make one order.
  @Test(arguments: ["999999999999,1,1", "1,999999999,1", "1,1,999999999999"]) func anOrderLargerThanAny(
    _ row: String
  ) async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let text = "订单编号,客户,日期,金额,数量,成本\n9,甲,2026-01-01,\(row)\n9,甲,2026-01-01,\(row)\n8,乙,2026-01-01,1,1,1\n"
      var options = ImportOptions()
      options.amounts = .line
      options.costAmounts = .line
      let record = try await desk.bring(.orders, text, options)
      #expect(record.counts.orders.new == 1 && record.counts.rejected == 2)
      let problems = try await desk.problems(record.id).map(\.code)
      #expect(problems == [.numberTooLarge, .otherRow])
    }
  }

  /// Also where it is too large only in the firm's currency.
  @Test func aCostThatIsTooLargeInTheFirmsCurrency() async throws {
    try await ImportDesk.open(.sqlite) { desk in
      let now = desk.services.clock()
      try await desk.db.write { tx in
        var settings = Settings()
        settings.rates = ["USD": try #require(Rate("7"))]
        try settings.save(at: now, by: nil, in: tx)
      }
      let text = "订单编号,客户,日期,金额,币种,成本\n9,甲,2026-01-01,1,USD,900000000000\n8,乙,2026-01-01,1,USD,1\n"
      let record = try await desk.bring(.orders, text)
      #expect(record.counts.orders.new == 1)
      expectEqual(try await desk.problems(record.id).map(\.code), [.numberTooLarge])
    }
  }
}
