import Analytics
import Store
import Web

struct InsightRoutes: Sendable {
  private let services: Services
  private let cache = AnalysisCache()

  init(_ services: Services) { self.services = services }

  var all: [Route] {
    [
      Route(.get, "/insight", InsightWords.title) { _ in .redirect(to: "/insight/abc") },
      Route(.get, "/insight/abc", Word("ABC 分析", "ABC analysis"), isHeavy: true, abc, view: ABCView.page),
      Route(.get, "/insight/rfm", Word("RFM 分析", "RFM analysis"), isHeavy: true, scores(.rfm), view: RFMView.page),
      Route(.get, "/insight/rfa", Word("RFA 分析", "RFA analysis"), isHeavy: true, scores(.rfa), view: RFMView.page),
      Route(.get, "/insight/changes", Word("类别变化", "Class changes"), isHeavy: true, changes, view: ChangesView.page),
      customers(.abc, Word("ABC 某一类的客户", "The customers of a class")),
      customers(.rfm, Word("RFM 某一格的客户", "The customers of a cell or segment of RFM")),
      customers(.rfa, Word("RFA 某一格的客户", "The customers of a cell or segment of RFA")),
    ]
  }

  /// What every handler here needs from a call.
  private func setting(_ call: Call) throws -> (access: Access, today: Day, currency: String) {
    (try call.access, services.clock().day(in: call.reader.timeZone), call.reader.currency)
  }

  @Sendable private func abc(_ query: AnalysisQuery, _ call: Call) async throws -> Answer<ABCPage> {
    let (access, today, currency) = try setting(call)
    let (parameters, problems) = query.parameters(.abc, currency: currency)
    let model = try await services.db.read { tx in
      let analysis = try cache.analysis(parameters, today: today, access, in: tx)
      return try ABCPage(
        analysis, query, hasOrders: try Order.areAny(in: tx), currency: currency, access, in: tx)
    }
    return problems.isEmpty ? .show(model) : .invalid(model, problems)
  }

  private func scores(
    _ method: AnalysisParameters.Method
  ) -> @Sendable (AnalysisQuery, Call) async throws -> Answer<RFMPage> {
    { query, call in
      let (access, today, currency) = try setting(call)
      let query = query.filled(method)
      let (parameters, problems) = query.parameters(method, currency: currency)
      let model = try await services.db.read { tx in
        let analysis = try cache.analysis(parameters, today: today, access, in: tx)
        return RFMPage(analysis, query, hasOrders: try Order.areAny(in: tx), currency: currency)
      }
      return problems.isEmpty ? .show(model) : .invalid(model, problems)
    }
  }

  private func customers(_ method: AnalysisParameters.Method, _ summary: Word) -> Route {
    Route(
      .get, "/insight/\(method.rawValue)/customers", summary, isHeavy: true,
      { (query: CustomersQuery, call: Call) async throws -> Answer<CustomersPage> in
        let (access, today, currency) = try setting(call)
        let (parameters, problems) = query.analysis.parameters(method, currency: currency)
        let model = try await services.db.read { tx in
          let analysis = try cache.analysis(parameters, today: today, access, in: tx)
          return try CustomersPage(analysis, query, currency: currency, access, in: tx)
        }
        return problems.isEmpty ? .show(model) : .invalid(model, problems)
      }, view: CustomersView.page)
  }

  @Sendable private func changes(_ query: ChangesQuery, _ call: Call) async throws -> Answer<ChangesPage> {
    let (access, today, currency) = try setting(call)
    var problems = Problems()
    if let from = query.from, let to = query.to, from >= to { problems["from"] = InsightWords.datesProblem }
    let parameters: AnalysisParameters
    do {
      parameters = try AnalysisParameters(.abc, asOf: query.to, window: query.window, by: query.by)
    } catch let found as Problems {
      for (field, word) in found.fields { problems[field] = word }
      parameters = .standard(.abc)
    }
    let model = try await services.db.read { tx in
      let after = try cache.analysis(parameters, today: today, access, in: tx)
      let from = query.from ?? after.asOf.adding(days: -ChangesPage.usualDays)
      let before = try cache.analysis(parameters.with(asOf: from), today: today, access, in: tx)
      var query = query
      (query.from, query.to) = (from, after.asOf)
      return try ChangesPage(
        before, after, query, hasOrders: try Order.areAny(in: tx), currency: currency, access, in: tx)
    }
    return problems.isEmpty ? .show(model) : .invalid(model, problems)
  }
}

extension Order {
  /// Whether the firm has orders at all.
  static func areAny(in tx: Transaction) throws -> Bool { try tx.exists("SELECT 1 FROM sales_order") }
}

extension Feature {
  static let insight = Feature(
    menu: [Site.Item(InsightWords.title, path: "/insight", icon: "insight", key: "i", isPrimary: true)],
    migrations: InsightSchema.migrations,
    routes: { InsightRoutes($0).all },
    jobs: { [StandingRefresh.kind: StandingRefresh.handler($0)] })
}
