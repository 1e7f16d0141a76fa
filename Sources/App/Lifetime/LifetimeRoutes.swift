import Analytics
import Store
import Web

struct LifetimeRoutes: Sendable {
  private let services: Services
  private let fits = FitShelf()
  private let sheets = SheetShelf()
  private let studies = CohortShelf()
  private let outlooks = OutlookShelf()

  init(_ services: Services) { self.services = services }

  var all: [Route] {
    [
      Route(.get, "/insight/value", Word("客户价值", "Customer value"), isHeavy: true, value, view: ValueView.page),
      Route(
        .get, "/insight/value/customers", Word("价值图某一格的客户", "The customers of a cell of the value map"), isHeavy: true,
        customers,
        view: ValueView.customers),
      Route(.get, "/insight/cohorts", Word("同期群", "Cohorts"), isHeavy: true, cohorts, view: CohortView.page),
      Route(
        .get, "/insight/outlook", Word("今后十二个月", "The next twelve months"), isHeavy: true, outlook,
        view: OutlookView.page),
      Route(.get, "/insight/models", Word("模型质量", "Model quality"), isHeavy: true, models, view: ModelView.page),
      Route(
        .get, "/insight/crossings", Word("越线客户", "Customers who crossed a line"), isHeavy: true, crossings,
        view: CrossingsView.page),
      Route(.post, "/insight/fits", Word("重新拟合", "Fit the models now"), success: 201, refit, view: ModelView.page),
    ] + WorksheetRoutes(services: services, fits: fits).all
  }

  @Sendable private func value(_ query: ValueQuery, _ call: Call) async throws -> Answer<ValuePage> {
    let (access, today) = (try call.access, services.today(for: call))
    return try await services.db.read { tx in
      let fit = try fits.latest(in: tx)
      let sheet = try fit.map { try sheets.sheet(query, $0, today: today, access, in: tx) }
      return .show(
        try ValuePage(
          query, sheet, fit, asOf: query.asOf ?? today, hasOrders: try Order.areAny(in: tx), call.reader, access,
          in: tx))
    }
  }

  @Sendable private func customers(
    _ query: ForecastCustomersQuery, _ call: Call
  ) async throws -> Answer<ForecastCustomersPage> {
    let (access, today) = (try call.access, services.today(for: call))
    return try await services.db.read { tx in
      guard let fit = try fits.latest(in: tx) else { throw AppError.notFound }
      let sheet = try sheets.sheet(query.value, fit, today: today, access, in: tx)
      return .show(try ForecastCustomersPage(query, sheet, fit, call.reader, access, in: tx))
    }
  }

  @Sendable private func cohorts(_ query: CohortQuery, _ call: Call) async throws -> Answer<CohortPage> {
    let (access, today, currency) = (try call.access, services.today(for: call), call.reader.currency)
    return try await services.db.read { tx in
      let study = try studies.study(
        by: query.by ?? .month, asOf: query.asOf, of: query.value.filter, access, today: today, in: tx)
      return .show(try CohortPage(study, query, hasOrders: try Order.areAny(in: tx), currency: currency, in: tx))
    }
  }

  @Sendable private func outlook(_ query: OutlookQuery, _ call: Call) async throws -> Answer<OutlookPage> {
    let (access, today, currency) = (try call.access, services.today(for: call), call.reader.currency)
    return try await services.db.read { tx in
      .show(OutlookPage(query, try outlooks.study(asOf: query.asOf, access, today: today, in: tx), currency: currency))
    }
  }

  @Sendable private func models(_ query: ValueQuery, _ call: Call) async throws -> Answer<ModelPage> {
    let (access, today) = (try call.access, services.today(for: call))
    return try await services.db.read { tx in .show(try model(query, access, today: today, call.reader, in: tx)) }
  }

  @Sendable private func refit(_: Nothing, _ call: Call) async throws -> Answer<ModelPage> {
    let (access, today) = (try call.access, services.today(for: call))
    return try await services.db.write { tx in
      try LifetimeRefresh.later(services, refits: true, by: access.user, in: tx)
      let page = try model(ValueQuery(), access, today: today, call.reader, in: tx)
      return .created(page, at: "/insight/models", saying: LifetimeWords.refitting)
    }
  }

  private func model(
    _ query: ValueQuery, _ access: Access, today: Day, _ reader: Reader, in tx: Transaction
  ) throws -> ModelPage {
    try ModelPage(query, LifetimeFit.latest(in: tx), fits.latest(in: tx), today: today, reader, access, in: tx)
  }

  @Sendable private func crossings(_ query: CrossingsQuery, _ call: Call) async throws -> Answer<CrossingsPage> {
    let access = try call.access
    return try await services.db.read { tx in
      .show(try CrossingsPage(query, hasOrders: try Order.areAny(in: tx), call.reader, access, in: tx))
    }
  }
}

extension Feature {
  static let lifetime = Feature(
    migrations: LifetimeSchema.migrations,
    routes: { LifetimeRoutes($0).all },
    jobs: LifetimeRefresh.handlers)
}
