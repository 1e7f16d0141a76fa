import Foundation
import HTTPTypes
import Store
import TestKit
import Testing

@testable import App
@testable import Web

/// What another site can make the browser of somebody who is signed in do: nothing.
@Suite struct CrossSiteTests {
  /// A browser that is signed in, the token of its forms, and an id of each kind.
  fileprivate struct Visitor {
    var site: TestSite
    let cookie: String
    let token: String
    let ids: [String: String]

    init(_ office: Office) async throws {
      _ = try await office.hire("boss", isAdministrator: true)
      site = TestSite(House.site(office.services))
      cookie = try await site.signIn("boss")
      let page = try await site.get("/settings/me", headers: ["Cookie": cookie]).text
      token = String(try #require(page.firstMatch(of: /name='_token' value='([^']+)'/)?.1))
      var ids: [String: String] = [:]
      for (kind, form) in [
        ("customers", ["name": "云岚", "kind": "company"]), ("products", ["name": "茶"]), ("settings", ["name": "级别"]),
      ] {
        let path = kind == "settings" ? "/settings/fields" : "/\(kind)"
        let made = try await site.post(
          path, form: form.merging(["_token": token]) { $1 }, headers: ["Cookie": cookie])
        #expect(made.status == 303)
        ids[kind] = made.headers[.location]?.split(separator: "/").last.map(String.init)
      }
      self.ids = ids
    }

    func path(_ route: Route) -> String {
      let kind = route.path.split(separator: "/").first.map(String.init) ?? ""
      return route.path.replacing("{code}", with: "en").replacing(/\{[a-z_]+\}/, with: ids[kind] ?? "0000000000000")
    }
  }

  /// Links, pictures and pages prefetched ask by GET, from anywhere.
  @Test func readingChangesNothing() async throws {
    try await Office.open(.sqlite) { office in
      let visitor = try await Visitor(office)
      let before = try await office.db.content()
      for route in House.site(office.services).routes where route.method == .get {
        for method in [HTTPRequest.Method.get, .head] {
          for path in [visitor.path(route), "/api/v1" + visitor.path(route)] {
            let headers = ["Cookie": visitor.cookie, "Sec-Fetch-Site": "cross-site"]
            let answer = try await visitor.site.ask(method, path, headers: headers)
            #expect(answer.status < 500, "\(method) \(path): \(answer.status)")
          }
        }
      }
      let after = try await office.db.content()
      #expect(Set(after).symmetricDifference(before).sorted() == [])
    }
  }

  private static let others = [
    ["Origin": "null"], ["Origin": "https://evil.example"], ["Origin": "http://localhost:81"], ["Origin": ""],
    ["Origin": "null", "Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Site": "cross-site"],
    ["Sec-Fetch-Site": "same-site"],
    ["Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"], ["Sec-Fetch-Site": "anything"],
  ]

  /// With the right token too: it may have become known.
  @Test func otherSitesChangeNothing() async throws {
    try await Office.open(.sqlite) { office in
      let visitor = try await Visitor(office)
      let before = try await office.db.content()
      for route in House.site(office.services).routes where route.method != .get {
        for other in Self.others {
          let headers = other.merging([
            "Cookie": visitor.cookie, "Content-Type": "application/x-www-form-urlencoded",
          ]) { $1 }
          let answer = try await visitor.site.ask(
            route.method, visitor.path(route), headers: headers, body: Array("_token=\(visitor.token)&name=x".utf8))
          #expect(answer.status == 403, "\(route.method) \(route.path) \(other): \(answer.status)")
        }
      }
      let after = try await office.db.content()
      #expect(Set(after).symmetricDifference(before).sorted() == [])
    }
  }

  /// Old browsers tell nothing of where a form comes from.
  @Test func withoutATokenNothingIsChanged() async throws {
    try await Office.open(.sqlite) { office in
      let visitor = try await Visitor(office)
      let before = try await office.db.content()
      for route in House.site(office.services).routes where route.method != .get {
        for token in ["", "_token=", "_token=\(String(visitor.token.reversed()))"] {
          for origin in [nil, "http://localhost"] {
            var headers = ["Cookie": visitor.cookie, "Content-Type": "application/x-www-form-urlencoded"]
            headers["Origin"] = origin
            let answer = try await visitor.site.ask(
              route.method, visitor.path(route), headers: headers, body: Array(token.utf8))
            #expect(answer.status == 403, "\(route.method) \(route.path): \(answer.status)")
          }
        }
      }
      let after = try await office.db.content()
      #expect(Set(after).symmetricDifference(before).sorted() == [])
    }
  }

  /// A neighbour's host can plant cookies; what they say is neither shown nor done.
  @Test func aPlantedMessage() async throws {
    try await Office.open(.sqlite) { office in
      let visitor = try await Visitor(office)
      let customer = try #require(visitor.ids["customers"])
      let removed = try await visitor.site.post(
        "/customers/\(customer)?_method=delete", form: ["_token": visitor.token], headers: ["Cookie": visitor.cookie])
      let flash = try #require(removed.headers[values: .setCookie].first { $0.hasPrefix("flash=") })
      let own = String(try #require(flash.split(separator: ";").first))
      let page = try await visitor.page(own)
      #expect(page.text.contains("class='toast'") && page.text.contains("action='/deletions/"))
      #expect(page.headers[.setCookie]?.hasPrefix("flash=; ") == true)

      _ = try await office.hire("lin")
      let other = try await visitor.site.signIn("lin")
      #expect(own.contains("deletions"))
      let changed = own.replacing("deletions", with: "customers")
      for (cookie, session) in [
        ("flash=m%3DHello%26u%3D%2Fcustomers%2F\(customer)", nil), (changed, nil), (own + "0", nil),
        ("flash=m%3DHello", nil), ("flash=m%3DHello%26s%3D", nil), ("flash=", nil), ("flash=%00%FF", nil), (own, other),
      ] as [(String, String?)] {
        let page = try await visitor.page(cookie, session)
        #expect(page.status == 200)
        #expect(!page.text.contains("class='toast'"), "\(cookie)")
      }
    }
  }

  @Test func cookiesBehindTLS() async throws {
    try await Office.open(.sqlite) { office in
      _ = try await office.hire("boss", isAdministrator: true)
      let crm = PublicAddress([WebOrigin("https://crm.example.cn")].compactMap(\.self))
      var secure = TestSite(House.site(office.services, at: crm))
      secure.host = "crm.example.cn"
      let session = try await secure.signIn("boss")
      #expect(session.hasPrefix("__Host-session="))
      let me = try await secure.get("/settings/me", headers: ["Cookie": session])
      #expect(me.status == 200)
      let token = String(try #require(me.text.firstMatch(of: /name='_token' value='([^']+)'/)?.1))
      let replies = [
        me, try await secure.get("/assets/nothing"), try await secure.get("/nothing"),
        try await secure.post("/language/en", form: ["_token": token], headers: ["Cookie": session]),
        try await secure.post(
          "/settings/me?_method=put", form: ["_token": token, "name": "x"], headers: ["Cookie": session]),
        try await secure.post("/sign-out", form: ["_token": token], headers: ["Cookie": session]),
      ]
      let set = replies.flatMap { $0.headers[values: .setCookie] }
      #expect(set.count == 3)
      for cookie in set {
        #expect(cookie.hasPrefix("__Host-") && cookie.contains("; Secure") && cookie.contains("; Path=/;"), "\(cookie)")
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && !cookie.contains("Domain"))
      }
      for reply in replies { #expect(reply.headers[.strictTransportSecurity] == "max-age=31536000") }

      // A cookie without the prefix may be a neighbour's; one with it never came over plain HTTP.
      let again = try await secure.signIn("boss")
      let planted = again.replacing("__Host-", with: "")
      expectEqual(try await secure.get("/settings/me", headers: ["Cookie": planted]).status, 303)
      expectEqual(try await secure.get("/settings/me", headers: ["Cookie": "\(planted); \(again)"]).status, 200)
      let plain = TestSite(House.site(office.services))
      expectEqual(try await plain.get("/settings/me", headers: ["Cookie": again]).status, 303)
      expectEqual(try await plain.get("/sign-in").headers[.strictTransportSecurity], nil)
    }
  }
}

extension CrossSiteTests.Visitor {
  fileprivate func page(_ cookie: String, _ session: String? = nil) async throws -> TestSite.Answer {
    try await site.get("/products", headers: ["Cookie": "\(session ?? self.cookie); \(cookie)"])
  }
}
