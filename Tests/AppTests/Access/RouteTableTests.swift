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
      let callers = try await [
        ("nobody", TestSite(site), nil),
        ("rep", TestSite(site, token: office.accounts.issueToken(for: rep, name: "test")), office.browse("rep")),
        (
          "administrator", TestSite(site, token: office.accounts.issueToken(for: boss, name: "test")),
          office.browse("boss")
        ),
      ]
      var lines: [String] = []
      for route in site.routes {
        var answers: [String] = []
        for (name, site, browser) in callers where !Self.changesTheCaller(route) {
          answers.append("\(name) \(try await Self.status(of: route, site, browser))")
        }
        lines.append(([route.method.rawValue, route.path] + answers).joined(separator: " "))
      }
      let expected = try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").map(String.init)
      let found = lines.sorted()
      #expect(Set(found).subtracting(expected).sorted() == [], "answers that routes.txt does not have")
      #expect(Set(expected).subtracting(found).sorted() == [], "lines of routes.txt that no route gives")
    }
  }

  /// As a program with a token, but as a browser where that alone may call the route; with an id that nothing has and no
  /// content.
  private static func status(of route: Route, _ site: TestSite, _ browser: SignedInBrowser?) async throws -> Int {
    let path = route.path.replacing(/\{[a-z_]+\}/, with: "0000000000000")
    if route.audience == .browser, let browser { return try await browser.send(route.method, path).status }
    let isPage = !route.isInAPI
    return try await site.ask(
      route.method, isPage ? path : "/api/v1" + path, headers: ["Content-Type": "application/json"],
      body: Array("{}".utf8)
    ).status
  }

  /// Whatever changes who can sign in is for people alone, and a token to read with changes nothing at all.
  @Test func noTokenDoesMoreThanItMay() async throws {
    try await Office.open(.sqlite) { office in
      let boss = try await office.hire("boss", isAdministrator: true)
      let site = House.site(office.services)
      let writer = TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "writer"))
      let reader = TestSite(site, token: try await office.accounts.issueToken(for: boss, name: "reader", scope: .read))
      let before = try await office.user(boss.id)
      for route in site.routes {
        let isRead = route.method == .get
        let isOfAccounts = ["/settings/me", "/settings/users", "/settings/invitations"].contains {
          route.path == $0 || route.path.hasPrefix($0 + "/")
        }
        #expect((route.audience == .browser) == (isOfAccounts && !isRead), "\(route.method) \(route.path)")
        let (written, read) = (
          try await Self.status(of: route, writer, nil), try await Self.status(of: route, reader, nil)
        )
        if route.audience == .browser { #expect(written == 403, "\(route.method) \(route.path)") }
        if isRead {
          #expect(read == written, "\(route.path)")
        } else {
          #expect(read == 403, "\(route.method) \(route.path)")
        }
      }
      expectEqual(try await office.user(boss.id), before)
      expectEqual(try await office.history(of: boss), [.token, .token])
    }
  }

  /// Routes that would end the session the next line needs; tests of their own call them.
  private static func changesTheCaller(_ route: Route) -> Bool {
    ["/sign-out", "/settings/sessions"].contains(route.path) && route.method != .get
  }
}
