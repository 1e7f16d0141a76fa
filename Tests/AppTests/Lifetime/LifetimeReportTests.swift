import Analytics
import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// What the commands print.
@Suite struct LifetimeReportTests {
  private func parameters(
    model: String? = nil, asOf: String? = nil, until: String? = nil, horizon: Int? = nil, discount: Double? = nil
  ) throws -> StudyParameters {
    try StudyParameters(model: model, asOf: asOf, calibrateUntil: until, horizon: horizon, discount: discount)
  }

  private func report(_ orders: [OrderFact], _ parameters: StudyParameters) throws -> LifetimeReport {
    try LifetimeReport(
      parameters, .worth, of: OrderFile.Facts(orders: orders, problems: [], rejected: 0, rows: orders.count),
      at: Instant(startOf: Shop.today, in: Settings.standardZone))
  }

  private func object(_ report: LifetimeReport) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try report.json())) as? [String: Any])
  }

  /// P. S. Fader, B. G. S. Hardie, K. L. Lee 2005 on the sample of CDNOW; totals of the holdout as in the issue.
  @Test(.enabled(if: CDNOW.isThere, "../shared/data is not on this machine")) func cdnow() throws {
    let report = try report(CDNOW.sample(), parameters(model: "bgnbd", until: "1997-09-30"))
    let json = try object(report)
    let fitted = try #require(json["parameters"] as? [String: Double])
    for (name, value) in ["r": 0.242595, "alpha": 4.413602, "a": 0.792922, "b": 2.425907] {
      #expect(abs((fitted[name] ?? 0) / value - 1) < 1e-4, "\(name)")
    }
    #expect(abs((json["log_likelihood"] as? Double ?? 0) + 9582.429207) < 1e-5)
    #expect(json["n"] as? Int == 2357)
    #expect(json["repeaters"] as? Int == 946)
    let spend = try #require(json["spend"] as? [String: Any])
    let gamma = try #require(spend["parameters"] as? [String: Double])
    for (name, value) in ["p": 6.249572, "q": 3.744225, "gamma": 15.443521] {
      #expect(abs((gamma[name] ?? 0) / value - 1) < 1e-4, "\(name)")
    }
    #expect(abs((spend["log_likelihood"] as? Double ?? 0) + 4055.917695) < 1e-5)
    let holdout = try #require(json["holdout"] as? [String: Any])
    #expect(abs(((holdout["forecast"] as? [String: Any])?["expected_total"] as? Double ?? 0) - 1653.41) < 0.01)
    #expect(holdout["actual_total"] as? Double == 1882)
    let customers = try #require(json["customers"] as? [[String: Any]])
    #expect(customers.count == 2357)
    let kinds = try #require(json["intervals"] as? [String: String])
    let named = try #require(customers.first).keys.filter { $0.contains("interval") }
    #expect(Set(kinds.keys) == Set(named) && kinds["interval"] == "predictive_95")
    #expect(
      Set(try #require(customers.first).keys).isSuperset(of: [
        "id", "frequency", "recency_days", "age_days", "p_alive", "expected_purchases", "expected_spend", "clv",
        "interval",
      ]))
  }

  @Test(arguments: EngineKind.available) func theDatabaseSaysWhatTheFileSays(_ engine: EngineKind) async throws {
    try await Shop.open(engine) { shop in
      let sales = AnalysisTests.randomSales(900)
      try await shop.sell(sales)
      for asked in [try parameters(), try parameters(model: "bgnbd", until: "2026-06-30", horizon: 52)] {
        let filed = try report(sales.map(\.fact), asked)
        let found = try await LifetimeReport.run(asked, .worth, shop.services)
        #expect(found.model == filed.model)
        #expect(abs(found.logLikelihood - filed.logLikelihood) < 1e-6)
        // Sums in another order may round a cent the other way.
        let values = [found, filed].map { $0.customers.compactMap { Double($0.clv) }.sorted() }
        #expect(values[0].count == values[1].count)
        #expect(zip(values[0], values[1]).allSatisfy { abs($0 - $1) < 0.02 })
        #expect(found.holdout?.actualTotal == filed.holdout?.actualTotal)
      }
    }
  }

  /// However odd the orders are: a report or a sentence, and no number that is none.
  @Test func oddOrders() throws {
    func sale(_ customer: String, _ day: String, _ yuan: Int64) -> OrderFact { Shop.Sale(customer, day, yuan, 1).fact }
    let single = (0..<150).map { sale("c\($0)", "2026-0\(1 + $0 % 9)-03", 10) }
    let yesterday = (0..<150).map { sale("c\($0)", "2026-11-19", 10) }
    let often = (0..<5_000).map { sale("often", Shop.today.adding(days: -$0).description, 3) }
    let gifts = (0..<300).map { sale("c\($0 % 120)", Shop.today.adding(days: -$0).description, 0) }
    let dormant = (0..<300).map { sale("c\($0 % 150)", "2016-0\(1 + $0 / 150)-0\(1 + $0 % 9)", 20) }
    let future = [sale("now", "2026-10-01", 5), sale("later", "2027-01-01", 5)]
    let cases = [
      [sale("one", "2026-10-01", 5)], single, yesterday, often, often + single, gifts,
      dormant + [sale("x", "2026-11-01", 1)], future,
    ]
    for (index, orders) in cases.enumerated() {
      guard Set(orders.map(\.customer)).count >= 30, index != 1, index != 2 else {
        // Of so few, or of people who all bought once, there is nothing to come: a sentence.
        #expect(throws: FitError.self, "case \(index)") { try self.report(orders, parameters()) }
        continue
      }
      let report = try report(orders, parameters())
      let text = String(decoding: try report.json(), as: UTF8.self)
      #expect(!text.lowercased().contains("nan"), "case \(index)")
      #expect(!report.text(.zh).isEmpty && !report.text(.en).isEmpty)
      #expect(report.customers.allSatisfy { 0...1 ~= $0.pAlive ?? 0 && 0...1 ~= $0.noPurchase }, "case \(index)")
      if report.model == "shrunken rate" { #expect(!report.warnings.isEmpty, "case \(index)") }
    }
    #expect(throws: FitError.noCustomers) { try report([], parameters()) }
    #expect(throws: FitError.noCustomers) { try report([sale("back", "2026-10-01", -5)], parameters()) }
    #expect(throws: FitError.noRepeatPurchases) { try report(single, parameters(model: "bgnbd")) }
  }

  @Test func wrongUseIsSaid() {
    #expect(throws: Problems.self) { try parameters(model: "best") }
    #expect(throws: Problems.self) { try parameters(asOf: "2026-13-01") }
    #expect(throws: Problems.self) { try parameters(asOf: "2026-01-01", until: "2026-02-01") }
    #expect(throws: Problems.self) { try parameters(horizon: 0) }
    #expect(throws: Problems.self) { try parameters(discount: 2) }
    #expect(throws: Problems.self) { try parameters(discount: .nan) }
  }

  @Test func cohortsOfAFile() throws {
    let orders = [
      Shop.Sale("a", "2026-09-03", 100, 1), Shop.Sale("a", "2026-10-05", 50, 1), Shop.Sale("b", "2026-09-20", 80, 1),
      Shop.Sale("c", "2026-10-01", 10, 1), Shop.Sale("c", "2026-10-01", 5, 1), Shop.Sale("c", "2026-11-02", 7, 1),
    ].map(\.fact)
    let facts = OrderFile.Facts(orders: orders, problems: [], rejected: 0, rows: orders.count)
    let report = CohortReport(by: .month, asOf: nil, of: facts)
    let begun = report.cohorts.filter { $0.acquired > 0 }
    #expect(begun.map { $0.start.description } == ["2026-09-01", "2026-10-01"])
    #expect(begun[0].cells.map(\.retention) == [1, 0.5, 0])
    #expect(begun[0].cells.map(\.revenue) == ["180.00", "50.00", "0.00"])
    #expect(begun[1].cells.map(\.orders) == [1, 1])
    #expect(report.repeated == 2)
    #expect(report.text(.en).contains("2026-09"))
  }
}
