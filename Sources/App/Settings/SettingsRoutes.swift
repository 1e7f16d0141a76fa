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
      .patch(
        "/settings", Word("修改几项公司设置", "Change some of the firm's settings"), of: present, update,
        view: SettingsPages.firm),
    ]
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<SettingsForm> {
    let access = try call.access
    let settings = try await services.db.read { tx in try tx.ask(Settings.stored) }
    return .show(SettingsForm(settings: SettingsInput(settings), canChange: access.isAdministrator))
  }

  @Sendable private func present(_ call: Call) async throws -> SettingsInput {
    try call.access.requireAdministrator()
    return SettingsInput(try await services.db.read { tx in try tx.ask(Settings.stored) })
  }

  @Sendable func update(_ input: SettingsInput, _ call: Call) async throws -> Answer<SettingsForm> {
    let access = try call.access
    try access.requireAdministrator()
    let now = services.clock()
    return try await services.db.write { tx in
      var settings = try tx.ask(Settings.stored)
      let (currency, returnDays, stands) = (settings.currency, settings.returnDays, SettingsInput(settings))
      var input = input
      var problems = input.apply(to: &settings)
      // What is not named stays, so that nothing is written over unseen by a program that tells no version.
      if input.version != nil || call.ifMatch != nil, let version = stands.version {
        try call.check(&input.version, is: version, by: nil, &problems, in: tx) { [input] in
          differing(stands, from: input, SettingsPages.labels)
        }
      }
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
