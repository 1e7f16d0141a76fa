import Store
import Web

extension Feature {
  static let settings = Feature(
    menu: [Site.Item(SettingsWords.title, path: "/settings", icon: "settings", key: "s")],
    routes: { SettingsRoutes(services: $0).all + UserRoutes(services: $0).all + MeRoutes(services: $0).all })
}

struct SettingsRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(.get, "/settings", Word("公司设置", "The firm's settings"), show, view: SettingsPages.firm),
      Route(
        .put, "/settings", Word("修改公司设置", "Change the firm's settings"), update, view: SettingsPages.firm),
    ]
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<SettingsForm> {
    let access = try call.access
    let settings = try await services.db.read { tx in try tx.ask(Settings.stored) }
    return .show(SettingsForm(settings: SettingsInput(settings), canChange: access.isAdministrator))
  }

  @Sendable func update(_ input: SettingsInput, _ call: Call) async throws -> Answer<SettingsForm> {
    let access = try call.access
    try access.requireAdministrator()
    let now = services.clock()
    return try await services.db.write { tx in
      var settings = try tx.ask(Settings.stored)
      let (currency, returnDays) = (settings.currency, settings.returnDays)
      var problems = input.apply(to: &settings)
      if settings.currency != currency, try tx.exists("SELECT id FROM sales_order") {
        problems["currency"] = SettingsWords.hasOrders
      }
      guard problems.isEmpty else {
        return .invalid(SettingsForm(settings: input, canChange: true), problems)
      }
      try settings.save(at: now, by: access.user, in: tx)
      if settings.returnDays != returnDays { try ReturnRefresh.later(services, in: tx) }
      let form = SettingsForm(settings: SettingsInput(settings), canChange: true)
      return .changed(form, at: "/settings", saying: SettingsWords.saved)
    }
  }
}
