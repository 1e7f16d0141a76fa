import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// What a file leaves open is asked, and what is odd in it is questioned.
@Suite struct ImportQuestionTests {
  private func days(_ desk: ImportDesk, _ dates: [String], _ options: ImportOptions = ImportOptions()) async throws
    -> (report: ImportReport, days: [String], problems: [ImportProblem.Code])
  {
    let rows = dates.enumerated().map { "\($0 + 1),甲,\($1),1" }
    let text = "订单编号,客户名称,下单日期,金额\n" + rows.joined(separator: "\n") + "\n"
    let id = try await desk.upload(.orders, Array(text.utf8), options)
    let report = try #require(try await desk.run(id).check())
    return (report, report.samples.map { $0.day?.description ?? "" }, try await desk.problems(id).map(\.code))
  }

  @Test(arguments: EngineKind.available) func theOrderOfDayAndMonthIsAskedWhereNothingTells(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      for open in [["1/1/24", "2/1/24", "3/1/24"], ["3/4/2024", "5/6/2024"], ["24.3.5"], ["3-4-2024"]] {
        let (report, _, _) = try await days(desk, open)
        #expect(report.questions?.map(\.kind) == [.dates], "\(open)")
      }
      var options = ImportOptions()
      options.dayOrder = .monthFirst
      expectEqual(try await days(desk, ["1/1/24", "2/1/24"], options).days, ["2024-01-01", "2024-02-01"])
    }
  }

  @Test(arguments: EngineKind.available) func theColumnTellsTheOrderOfDayAndMonth(_ engine: EngineKind) async throws {
    let told: [([String], [String])] = [
      (["05.03.2024", "06.03.2024"], ["2024-03-05", "2024-03-06"]),
      // The column says otherwise.
      (["03.05.2024", "03.25.2024"], ["2024-03-05", "2024-03-25"]),
      (["3/4/2024", "13/4/2024"], ["2024-04-03", "2024-04-13"]), (["5/5/2024"], ["2024-05-05"]),
      (
        ["2024-03-05", "2024/3/6", "20240307", "5 March 2024"],
        ["2024-03-05", "2024-03-06", "2024-03-07", "2024-03-05"]
      ),
      (["99/12/31", "20/1/30"], ["1999-12-31", "2020-01-30"]),
    ]
    try await ImportDesk.open(engine) { desk in
      for (typed, read) in told {
        let (report, days, _) = try await days(desk, typed)
        #expect(report.questions == [] && days == read, "\(typed)")
      }
    }
  }

  /// Far below the first rows: the whole column is looked at.
  @Test(arguments: EngineKind.available) func oneOddDateIsQuestionedInsteadOfTurningTheColumn(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      let clear = (13...28).map { "\($0)/4/2024" } + [String](repeating: "3/4/2024", count: 3_000)
      let (report, days, problems) = try await days(desk, clear.reversed() + ["4/13/2024"])
      #expect(report.questions == [] && days.first == "2024-04-03")
      #expect(problems == [.impossibleDate])
    }
  }

  @Test(arguments: EngineKind.available) func yearsThatCannotBeAreQuestioned(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      // Today is 2027-01-15.
      let (_, days, problems) = try await days(
        desk, ["2224-03-05", "1900-01-01", "2027-02-01", "2028-12-31", "2026-12-31", "1/13/55"])
      #expect(days == ["2027-02-01", "2026-12-31"])
      #expect(problems == [.absurdDate, .absurdDate, .futureDate, .absurdDate, .absurdDate])
      let people = try await desk.bring(.customers, "客户名称,生日,创建时间\n甲,2055-03-05,2026-01-01\n乙,1956-03-05,2030-01-01\n")
      expectEqual(try await desk.problems(people.id).map(\.code), [.absurdDate, .absurdDate])
      expectEqual(try await desk.customer("甲")?.birthday, nil)
      expectEqual(try await desk.customer("乙")?.birthday, Day("1956-03-05"))
    }
  }

  private func sum(_ desk: ImportDesk, _ amounts: [String], _ options: ImportOptions = ImportOptions()) async throws
    -> (report: ImportReport, problems: [ImportProblem])
  {
    let rows = amounts.enumerated().map { "\($0 + 1),甲,2024-03-05,\"\($1)\"" }
    let text = "订单编号,客户名称,下单日期,金额\n" + rows.joined(separator: "\n") + "\n"
    let id = try await desk.upload(.orders, Array(text.utf8), options)
    return (try #require(try await desk.run(id).check()), try await desk.problems(id))
  }

  @Test(arguments: EngineKind.available) func oneOddNumberIsQuestionedInsteadOfTurningTheColumn(
    _ engine: EngineKind
  ) async throws {
    try await ImportDesk.open(engine) { desk in
      let (points, odd) = try await sum(desk, ["1,234", "2,345", "12,5", "3,456", "5,678"])
      #expect(points.questions == [] && points.counts.amount == 1_271_300)
      #expect(odd.map(\.line) == [4] && odd.map(\.code) == [.otherMark])
      let (commas, other) = try await sum(desk, ["12,50", "3,20", "1.234,00", "99,90", "12.5", "7"])
      #expect(commas.questions == [] && commas.counts.amount == 135_660)
      #expect(other.map(\.line) == [6])
      expectEqual(try await sum(desk, ["12,-", "12.-", "1.234,50"]).report.counts.amount, 125_850)
    }
  }

  @Test(arguments: EngineKind.available) func numbersThatReadTwoWaysAreAsked(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      for open in [["1.234", "2.345"], ["1,234", "12,5"], ["12,5", "12.5", "1,234"]] {
        let report = try await sum(desk, open).report
        #expect(report.questions?.map(\.kind) == [.decimals], "\(open)")
      }
      var options = ImportOptions()
      options.mark = .comma
      expectEqual(try await sum(desk, ["1.234", "2.345"], options).report.counts.amount, 357_900)
      expectEqual(try await sum(desk, ["12", "7"]).report.questions, [])
    }
  }

  @Test(arguments: EngineKind.available) func aFileWithoutCustomersStopsUntilItIsSaidWhatBecomesOfThem(
    _ engine: EngineKind
  ) async throws {
    let file = "订单编号,下单日期,金额,地区\n1,2024-03-05,10,上海\n2,2024-03-05,20,浙江\n"
    try await ImportDesk.open(engine) { desk in
      let id = try await desk.upload(.orders, Array(file.utf8))
      let report = try #require(try await desk.run(id).check())
      #expect(report.questions?.map(\.kind) == [.withoutCustomer])
      // Until then the preview shows what most choose.
      expectEqual(report.counts.money?.walkIn.amounts, ["CNY": 3_000])
      await #expect(throws: ImportRefusal.self) { try await desk.run(id).apply() }
      var options = ImportOptions()
      options.withoutCustomer = .walkIn
      let record = try await desk.bring(.orders, file, options)
      #expect(record.counts.money?.walkIn.amounts == ["CNY": 3_000])
      expectEqual(try await desk.state().customers.map(\.kind), [.walkIn])
    }
  }

  /// What adds up the others is neither an order nor missing.
  @Test(arguments: EngineKind.available) func aRowOfTotalsIsNoMoneyLeftOut(_ engine: EngineKind) async throws {
    try await ImportDesk.open(engine) { desk in
      let record = try await desk.bring(.orders, "订单编号,客户名称,下单日期,金额\n1,甲,2024-03-05,100\n合计,,,100\n")
      #expect(record.counts.rows == 1 && record.counts.rejected == 0 && record.report?.importable == 1)
      #expect(record.counts.money?.rejected == LeftMoney())
    }
  }

  @Test func wordsOfRefusalsNameTheOption() throws {
    let file = ByteSource(Array("订单编号,下单日期,金额\n1,3/4/2024,10\n".utf8))
    let problem = #expect(throws: ImportRefusal.self) { try OrderFile.facts(file, ImportOptions(), nil) }
    #expect(problem?.isWrongUse == true)
    #expect(
      problem?.message.zh.contains("--dates") == true && problem?.message.en.contains("--without-customer") == true)
  }
}
