import Foundation
import Store
import TestKit
import Testing
import Web

@testable import App

/// Sums that leave 64 bits are held at their end: no page, no recount and no analysis fails for them.
@Suite struct HugeSumsTests {
  private static let queries = [
    "", "?count=all", "?by=margin", "?by=quantity&window=400", "?sort=amount", "?sort=margin", "?q=cl&count=all",
    "?show=revenue", "?show=value", "?from=2026-01-01&to=2026-12-31", "?buyers=all", "?cuts=fixed", "?as_of=2026-10-20",
    "?class=A",
  ]

  @Test(arguments: EngineKind.available) func everyRouteThatReadsAnswers(_ engine: EngineKind) async throws {
    try await HugeFirm.open(engine) { firm in
      let services = firm.shop.services
      try await firm.shop.sell(AnalysisTests.randomSales(300))
      try await StandingRefresh.refresh(services)
      try await LifetimeRefresh.refresh(services, refits: true)
      let made = try await firm.site.send(
        .post, "/api/v1/imports",
        json: #"{"kind":"orders","file_name":"a.csv","text":"客户,日期,金额\ncloud,2026-10-05,1\n"}"#)
      let file = try #require(made.text.firstMatch(of: /"id":"(\w{13})"/), "\(made.text)").1
      let names: [String: [String]] = [
        "customers": try await ["cloud", "six", "sun"].asyncMap { "\(try await firm.customer($0))" },
        "orders": ["\(firm.orders[0].id)"], "products": ["\(firm.product)"], "imports": [String(file)],
      ]
      var asked = 0
      for route in House.site(services).routes where route.method == .get && route.path != "/bench/echo" {
        let kind = route.path.split(separator: "/").first.map(String.init) ?? ""
        for id in names[kind] ?? ["0000000000000"] {
          let path = route.path.replacing(/\{[a-z_]+\}/, with: id)
          for address in Self.queries.flatMap({ [path + $0, "/api/v1" + path + $0] })
          where route.isInAPI || !address.hasPrefix("/api") {
            let answer = try await firm.site.get(address)
            #expect(answer.status < 500, "\(address): \(answer.status) \(answer.text.prefix(200))")
            asked += 1
          }
        }
      }
      #expect(asked > 500)
    }
  }

  @Test(arguments: EngineKind.available) func sumsAreHeldAtTheirEnd(_ engine: EngineKind) async throws {
    try await HugeFirm.open(engine) { firm in
      let cloud = try #require(try await firm.totals("cloud"))
      #expect([cloud.amount, cloud.cost, cloud.quantity.thousandths, cloud.firstAmount] == [.max, .max, .max, 50_000])
      expectEqual(try await firm.totals("six")?.amount, .min)
      expectEqual(try await firm.totals("sun")?.amount, 7_006)
      try await firm.expectTotalsHold()
      let sold = try await firm.shop.db.read { tx in try SalesLedger.sold(of: firm.product, in: tx) }
      #expect(sold.quantity == .max && sold.orderCount == 10)
      let orders = try await firm.site.get("/api/v1/orders?count=all&from=2026-10-05&to=2026-10-05")
      #expect(orders.text.contains(#""amount":{"amount":"92233720368547758.07""#), "\(orders.text)")
      try await firm.shop.db.write { tx in
        try SalesLedger.gather(in: tx)
        try Totals.recountAll(in: tx)
      }
      try await firm.expectTotalsHold()
    }
  }

  /// What is taken off again leaves what is there.
  @Test(arguments: EngineKind.available) func whatGoesLeavesTheRest(_ engine: EngineKind) async throws {
    try await HugeFirm.open(engine) { firm in
      for order in firm.orders.dropLast() {
        let gone = try await firm.site.ask(.delete, "/api/v1/orders/\(order.id)")
        expectEqual(gone.status, 200)
        try await firm.expectTotalsHold()
        let removal = try JSONDecoder().decode(Removal.self, from: Data(gone.body))
        expectEqual(try await firm.site.ask(.delete, removal.undo).status, 204)
        try await firm.expectTotalsHold()
        expectEqual(try await firm.site.ask(.delete, "/api/v1/orders/\(order.id)").status, 200)
        try await firm.shop.db.write { tx in try SalesLedger.gather(in: tx) }
      }
      try await firm.expectTotalsHold()
      let day = Shop.day("2026-10-05")
      let sum = try await firm.shop.db.read { tx in
        try SalesLedger.orders(where: ["ordered_on = \(day)"], in: tx)
      }
      // That of the other customer is still there.
      #expect(sum.count == 2 && sum.sums == [.max, .max])
      let other = #"{"customer":"wei","ordered_on":"2026-10-05","amount":"-999999999999.99","quantity":"-1"}"#
      expectEqual(try await firm.site.send(.post, "/api/v1/orders", json: other).status, 201)
      try await firm.expectTotalsHold()
    }
  }

  @Test(arguments: EngineKind.available) func importsIntoSuchAFirm(_ engine: EngineKind) async throws {
    try await HugeFirm.open(engine) { firm in
      let desk = ImportDesk(services: firm.shop.services)
      let before = try await desk.state().totals
      let rows = """
        订单编号,客户编号,日期,金额,数量,成本,产品
        1,no-cloud,2026-10-05,999999999999,999999999,999999999999,金
        2,no-cloud,2026-10-06,-999999999999,-999999999,-999999999999,金
        3,no-six,2026-02-02,999999999999,1,0,金
        4,no-six,2026-02-01,-999999999999,-1,0,金
        5,no-wei,2026-10-05,-8,-1,-3,金

        """
      let record = try await desk.bring(.orders, rows)
      #expect(record.counts.orders.new + record.counts.returns.new == 5)
      try await firm.expectTotalsHold()
      _ = try await desk.undo(record.id)
      try await firm.expectTotalsHold()
      expectEqual(try await desk.state().totals, before)
    }
  }

  @Test(arguments: EngineKind.available) func analysesOfSuchAFirm(_ engine: EngineKind) async throws {
    try await HugeFirm.open(engine) { firm in
      let services = firm.shop.services
      try await firm.shop.sell(AnalysisTests.randomSales(300))
      for method in [AnalysisParameters.Method.abc, .rfm, .rfa] {
        for window in [nil, 400] {
          let parameters = try AnalysisParameters(method, window: window, by: method == .abc ? .margin : nil)
          let report = try await AnalyzeReport.run(parameters, services)
          #expect(try !report.json().isEmpty && !report.text(.zh).isEmpty && !report.customers.isEmpty)
        }
      }
      let studied = try StudyParameters(model: nil, asOf: nil, calibrateUntil: nil, horizon: nil, discount: nil)
      for order in [StudyOrder.worth, .atRisk] {
        let report = try await LifetimeReport.run(studied, order, services)
        #expect(try !report.json().isEmpty && !report.text(.en).isEmpty && report.customers.count > 100)
      }
      let cohorts = try await CohortReport.run(by: .month, asOf: nil, services)
      #expect(!cohorts.text(.en).isEmpty)
    }
  }
}

extension Array {
  fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
