import Foundation
import HTTPTypes
import TestKit
import Testing
import Web

@testable import App

/// Walks every route as everybody who might call it and holds the answers to `routes.txt` beside this file.
/// A route that is not listed there, or answers otherwise, fails: what may be done by whom is decided on purpose.
@Suite struct RouteTableTests {
  private static let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "routes.txt")

  @Test func everyRouteAnswersAsListed() async throws {
    try await Office.open(.sqlite) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let rep = try await office.hire("rep")
      let site = House.site(office.services)
      let callers = [
        ("nobody", TestSite(site)),
        ("rep", TestSite(site, token: try await office.accounts.issueToken(for: rep, name: "test"))),
        ("administrator", TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "test"))),
      ]
      var lines: [String] = []
      for route in site.routes {
        var answers: [String] = []
        for (name, site) in callers where !Self.changesTheCaller(route) {
          answers.append("\(name) \(try await Self.status(of: route, site))")
        }
        lines.append(([route.method.rawValue, route.path] + answers).joined(separator: " "))
      }
      let expected = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").map(String.init)
      let found = lines.sorted()
      #expect(Set(found).subtracting(expected).sorted() == [], "answers that routes.txt does not have")
      #expect(Set(expected).subtracting(found).sorted() == [], "lines of routes.txt that no route gives")
    }
  }

  /// As a program where the route has JSON, else as a browser; with an id that nothing has and no content.
  private static func status(of route: Route, _ site: TestSite) async throws -> Int {
    let path = route.path.replacing(/\{[a-z_]+\}/, with: "0000000000000")
    let isPage = !route.isInAPI
    return try await site.ask(
      route.method, isPage ? path : "/api/v1" + path, headers: ["Content-Type": "application/json"],
      body: Array("{}".utf8)
    ).status
  }

  /// Routes that would end the session the next line needs; tests of their own call them.
  private static func changesTheCaller(_ route: Route) -> Bool {
    ["/sign-out", "/settings/sessions"].contains(route.path) && route.method != .get
  }
}
