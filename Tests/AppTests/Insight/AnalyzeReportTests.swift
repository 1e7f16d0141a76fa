import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// The whole result for other programs.
@Suite struct AnalyzeReportTests {
  private func object(_ report: AnalyzeReport) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try report.json())) as? [String: Any])
  }

  @Test func fieldsOfABC() throws {
    let report = AnalyzeReport(
      try AnalysisParameters(.abc), orders: Shop.sales.map(\.fact), currency: "CNY", today: Shop.today)
    let json = try object(report)
    #expect(json["as_of"] as? String == "2026-11-20")
    #expect(json["method"] as? String == "abc")
    let customers = try #require(json["customers"] as? [[String: Any]])
    #expect(customers.count == 6)
    let first = try #require(customers.first)
    #expect(
      Set(first.keys) == ["id", "name", "value", "share_before", "cumulative_share", "rank", "class"])
    #expect(first["id"] as? String == "cloud")
    #expect(first["value"] as? String == "1700.00")
    #expect(first["rank"] as? Int == 1)
    #expect(customers.last?["value"] as? String == "-5.00")
  }

  @Test func fieldsOfRFMAndRFA() throws {
    let rfm = AnalyzeReport(
      try AnalysisParameters(.rfm), orders: Shop.sales.map(\.fact), currency: "CNY", today: Shop.today)
    let money = try #require((try object(rfm)["customers"] as? [[String: Any]])?.first)
    #expect(Set(money.keys) == ["id", "name", "recency", "frequency", "monetary", "r", "f", "m", "segment"])
    #expect(money["recency"] as? Int == 3)
    let rfa = AnalyzeReport(
      try AnalysisParameters(.rfa), orders: Shop.sales.map(\.fact), currency: "CNY", today: Shop.today)
    let pieces = try #require((try object(rfa)["customers"] as? [[String: Any]])?.first)
    #expect(Set(pieces.keys) == ["id", "name", "recency", "frequency", "quantity", "r", "f", "a", "segment"])
    #expect(pieces["quantity"] as? String == "17")
  }

  @Test(arguments: EngineKind.available) func fromTheDatabase(_ engine: EngineKind) async throws {
    try await Shop.full(engine) { shop in
      let report = try await AnalyzeReport.run(AnalysisParameters(.abc), shop.services)
      #expect(report.customers.map(\.id).first == "no-cloud")
      #expect(report.customers.map(\.name) == ["cloud", "wei", "six", "sun", "gift", "yang"])
    }
  }

  @Test func tablesForATerminal() throws {
    func report(_ limit: Int?) throws -> AnalyzeReport {
      AnalyzeReport(
        try AnalysisParameters(.rfm), orders: Shop.sales.map(\.fact), currency: "CNY", today: Shop.today,
        limit: limit)
    }
    let zh = try report(2).text(.zh)
    #expect(zh.contains("截至 2026-11-20"))
    #expect(zh.contains("重要价值客户"))
    #expect(zh.contains("另有 3 位"))
    #expect(try report(2).customers == report(nil).customers.prefix(2).map(\.self))
    #expect(try report(nil).text(.en).contains("1700.00"))
    let table = TextTable([("客户", false), ("n", true)], [["a", "10"], ["张伟明", "2"]]).text
    #expect(table == "客户     n\na       10\n张伟明   2")
  }

  /// The published figures of a real file, where it lies beside the project.
  @Test(.enabled(if: CDNOW.isThere, "../shared/data is not on this machine")) func cdnow() throws {
    let orders = try CDNOW.orders()
    #expect(orders.count == 69_659)
    let abc = AnalyzeReport(try AnalysisParameters(.abc), orders: orders, currency: "USD", today: Shop.today)
    #expect(abc.asOf == Shop.day("1998-06-30"))
    #expect(abc.summary.customers == 23_570)
    #expect(abc.summary.value == "2500315.63")
    let rfa = AnalyzeReport(try AnalysisParameters(.rfa), orders: orders, currency: "USD", today: Shop.today)
    #expect(rfa.summary.customers == 23_570)
    #expect(rfa.summary.value == "167881")
  }
}
