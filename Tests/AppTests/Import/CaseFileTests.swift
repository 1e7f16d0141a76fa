import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Small files that came out wrong elsewhere, by the command, and by the browser and the API: the same and right.
@Suite(.enabled(if: SharedData.isHere)) struct CaseFileTests {
  struct Case: Sendable, CustomStringConvertible {
    let file: String
    var kind = Import.Kind.orders
    /// Answers to what the file leaves open, as the API takes them.
    var answers = ""
    /// What is asked before.
    var asked: [ImportQuestion.Kind] = []
    var match: String?
    /// Orders as number, day and amount, or customers as name, phones and e-mail.
    let records: [String]
    /// Lines and what is said of them.
    var problems: [String] = []

    var description: String { file }
  }

  static let cases = [
    Case(file: "order_total_repeated.csv", records: ["1001 2024-03-05 140.00", "1002 2024-03-06 95.00"]),
    Case(
      file: "order_total_repeated_noprice.csv", answers: #"{"amounts": "order"}"#, asked: [.amounts],
      records: ["1001 2024-03-05 140.00", "1002 2024-03-06 95.00"]),
    Case(file: "order_total_first_line.csv", records: ["1001 2024-03-05 150.00", "1002 2024-03-06 95.00"]),
    Case(file: "dotted_dates.csv", records: ["1 2024-03-05 1.00", "2 2024-03-06 1.00", "3 2024-03-07 1.00"]),
    Case(
      file: "mdyy_dates.csv", answers: #"{"dates": "month-first"}"#, asked: [.dates],
      records: ["1 2024-01-01 1.00", "2 2024-02-01 1.00", "3 2024-03-01 1.00"]),
    Case(file: "future_date.csv", records: [], problems: ["2 absurd_date"]),
    Case(
      file: "stray_comma.csv",
      records: ["1 2024-03-05 1234.00", "2 2024-03-05 2345.00", "4 2024-03-05 3456.00", "5 2024-03-05 5678.00"],
      problems: ["4 other_mark"]),
    Case(file: "trailing_dash.csv", records: ["1 2024-03-05 12.00", "2 2024-03-05 12.00", "3 2024-03-05 1234.50"]),
    Case(file: "currency_codes.csv", records: ["1 2024-03-05 120.00", "2 2024-03-05 120.00", "3 2024-03-05 120.00"]),
    Case(file: "magenta.xlsx", records: ["1 2024-03-05 1234.50"]),
    Case(
      file: "bad_byte_utf8.csv", kind: .customers,
      records: (0..<20).map { number in
        let digits = (number < 10 ? "0" : "") + "\(number)"
        return "杭州山岚茶业有限公司\(digits) +86138001380\(digits)"
      }, problems: ["9 bad_bytes"]),
    Case(
      file: "phone_notes.csv", kind: .customers,
      records: [
        "丁公司 +8613800138003/+8613900139003", "丙公司 +8613800138002", "乙公司 +8613800138001/+8613900139001",
        "甲公司 +8613800138000",
      ]),
    Case(
      file: "landlines.csv", kind: .customers,
      records: ["丙公司 +8675523456789", "乙公司 +861088887777", "甲公司 +8657188886666"]),
    Case(
      file: "phone_extension.csv", kind: .customers, match: "phone",
      records: ["张三 +8657188886666", "李四 +8657188886666"]),
    Case(
      file: "long_ids.csv", kind: .customers, records: ["张三 +8613800138000", "李四 +8613900139000"],
      problems: ["2 digits_lost", "3 digits_lost"]),
    Case(
      file: "two_row_header.xlsx", kind: .customers, records: ["乙公司 +8613800138001b@x.cn", "甲公司 +8613800138000a@x.cn"]),
    Case(
      file: "na_cells.xlsx", kind: .customers, records: [],
      problems: ["2 error_cell", "2 no_name", "3 error_cell", "3 no_name"]),
    Case(file: "same_name_1.csv", kind: .customers, records: ["张伟 +8613800138000"]),
  ]

  private static func path(_ file: String) -> String { (SharedData.root ?? "") + "/../cases/import/" + file }

  private func prepare(_ desk: ImportDesk) async throws {
    try await desk.db.write { tx in
      var settings = Settings()
      settings.rates = ["CHF": try #require(Rate("8")), "USD": try #require(Rate("7"))]
      try settings.save(at: desk.services.clock(), by: nil, in: tx)
    }
  }

  private func records(_ desk: ImportDesk, _ kind: Import.Kind) async throws -> [String] {
    let state = try await desk.state()
    if kind == .orders {
      return state.orders.map { "\($0.outsideId ?? "") \($0.orderedOn) \(Money($0.amount, $0.currency).decimal)" }
        .sorted()
    }
    return state.customers.map { "\($0.name) \($0.phones.map(\.normal).joined(separator: "/"))\($0.email)" }.sorted()
  }

  @Test(arguments: EngineKind.available, cases) func byTheCommand(_ engine: EngineKind, _ file: Case) async throws {
    try await ImportDesk.open(engine) { desk in
      try await prepare(desk)
      var choices = Importer.Choices()
      choices.match = file.match
      let importer = Importer(desk.services)
      if !file.asked.isEmpty {
        let problem = await #expect(throws: ImportRefusal.self) {
          try await importer.run(kind: file.kind.rawValue, file: Self.path(file.file), choices: choices)
        }
        #expect(problem?.isWrongUse == true)
        expectEqual(try await records(desk, file.kind), [])
        let answers = try Wire.decode(ImportAnswers.self, from: Array(file.answers.utf8))
        (choices.amounts, choices.dates) = (answers.amounts?.rawValue, answers.dates?.rawValue)
      }
      let dry = try await importer.run(
        kind: file.kind.rawValue, file: Self.path(file.file), choices: choices, dryRun: true)
      let outcome = try await importer.run(kind: file.kind.rawValue, file: Self.path(file.file), choices: choices)
      #expect(dry.report.counts == outcome.report.counts)
      expectEqual(try await records(desk, file.kind), file.records)
      #expect(outcome.problems.map { "\($0.line) \($0.code.rawValue)" } == file.problems)
    }
  }

  @Test(arguments: EngineKind.available, cases) func byTheAPI(_ engine: EngineKind, _ file: Case) async throws {
    try await ImportDesk.open(engine) { desk in
      try await prepare(desk)
      let site = try await ImportSiteTests.site(desk)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.path(file.file))))
      let sent = try await ImportSiteTests.upload(bytes, named: file.file, file.kind, site)
      let columns = try #require(sent.headers[.location])
      let place = columns.replacing("/columns", with: "")
      #expect(try await site.get(columns).status == 200)
      let match = file.match.map { "\"match\": \"\($0)\", " } ?? ""
      let matched = try await site.send(.put, "/api/v1" + columns, json: "{\(match)\"next\": \"check\"}")
      #expect(matched.status == 200, "\(matched.text)")
      try await ImportSiteTests.work(desk)
      if !file.asked.isEmpty {
        let page = try await site.get(place)
        for kind in file.asked { #expect(page.text.contains("name='\(kind.rawValue)'")) }
        #expect(try await site.post(place + "/start", form: [:]).status == 409)
        #expect(try await site.send(.put, "/api/v1" + place + "/answers", json: file.answers).status == 200)
        try await ImportSiteTests.work(desk)
      }
      #expect(try await site.get(place).status == 200)
      let started = try await site.send(.post, "/api/v1" + place + "/start", json: "{}")
      #expect(started.status == 200, "\(started.text)")
      try await ImportSiteTests.work(desk)
      expectEqual(try await records(desk, file.kind), file.records)
      let id = try #require(Import.ID(String(place.split(separator: "/").last ?? "")))
      expectEqual(try await desk.problems(id).map { "\($0.line) \($0.code.rawValue)" }, file.problems)
    }
  }

  /// By one key and by nothing but the name.
  @Test(arguments: EngineKind.available) func oneNameTwiceIsTwoPeople(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      for file in ["same_name_1.csv", "same_name_2.csv"] {
        _ = try await Importer(desk.services).run(kind: "customers", file: Self.path(file))
      }
      expectEqual(try await records(desk, .customers), ["张伟 +8613800138000", "张伟 +8613900139000"])
    }
  }

  @Test(arguments: EngineKind.available) func ordersWithoutDigitsAreNotFoldedTogether(_ engine: EngineKind) async throws
  {
    try await ImportDesk.open(engine) { desk in
      _ = try await Importer(desk.services).run(kind: "orders", file: Self.path("long_ids.xlsx"))
      let state = try await desk.state()
      #expect(state.orders.count == 2 && Set(state.orders.map(\.outsideId)).count == 2)
    }
  }
}
