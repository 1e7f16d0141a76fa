import Store
import TestKit
import Testing

@testable import App
@testable import Web

/// By which address the site is asked for, and what it makes of that.
@Suite struct AddressTests {
  private static let crm = PublicAddress([WebOrigin("https://crm.example.cn")].compactMap(\.self))

  @Test func strangersAreToldWhy() async throws {
    try await Office.open(.sqlite) { office in
      for address in [PublicAddress(), Self.crm] {
        var site = TestSite(House.site(office.services, at: address))
        site.host = "evil.example"
        let page = try await site.get("/sign-in", headers: ["Accept-Language": "en"])
        #expect(page.status == 421)
        #expect(page.text.contains("not known by this address"))
        #expect(page.text.contains("GUANXI_URL") && page.text.contains("header Host"))
        #expect(!page.text.contains("evil.example"))
        #expect(try await site.get("/sign-in").text.contains("这不是本系统的地址"))
        let problem = try await site.get("/api/v1/customers")
        #expect(problem.status == 421)
        #expect(problem.headers[.contentType] == "application/problem+json")
        for path in ["/nothing", "/", "/customers", "/api/v1/nothing"] {
          expectEqual(try await site.get(path).status, 421)
        }
        expectEqual(try await site.post("/sign-in", form: ["email": "a@b.cn", "password": "x"]).status, 421)
        // Whoever watches over the machine asks by any name.
        expectEqual(try await site.get("/health").status, 200)
      }
    }
  }

  /// Whatever the request says, links begin with what the administrator said, or with the address connected to.
  @Test(arguments: EngineKind.available) func linksHaveOurAddress(_ engine: EngineKind) async throws {
    try await Office.open(engine) { office in
      _ = try await office.hire("boss", isAdministrator: true)
      let session = try #require(try await office.signIn("boss"))
      let formToken = try await Reception(office.services).receive(Credential(token: session, isBearer: false)).1?
        .formToken
      let headers = [
        "X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https", "Forwarded": "host=localhost;proto=https",
        "Content-Type": "application/json", "Cookie": "session=\(session); __Host-session=\(session)",
        "X-Form-Token": try #require(formToken),
      ]
      var count = 0
      for (address, base) in [(PublicAddress(), "http://203.0.113.5:8080"), (Self.crm, "https://crm.example.cn")] {
        for host in ["localhost", "127.0.0.1:81"] {
          var site = TestSite(House.site(office.services, at: address))
          (site.host, site.peer, site.local) = (host, "127.0.0.1", "203.0.113.5")
          count += 1
          let body = #"{"email":"new\#(count)@example.cn"}"#
          let made = try await site.ask(.post, "/api/v1/settings/invitations", headers: headers, body: Array(body.utf8))
          #expect(made.text.contains(#""link":"\#(base)/invitation?key="#), "\(made.text)")
        }
      }
    }
  }

  enum Proxy: String, CaseIterable, CustomTestStringConvertible {
    case nothing, host, hostWithPort, all, standard, usualOfNginx
    var testDescription: String { rawValue }

    var host: String {
      switch self {
      case .usualOfNginx: "guanxi_backend"
      case .nothing, .standard: "127.0.0.1:8080"
      case .host, .all: "192.168.1.5"
      case .hostWithPort: "192.168.1.5:443"
      }
    }

    var headers: [String: String] {
      switch self {
      case .nothing, .host, .usualOfNginx: [:]
      case .hostWithPort, .all: ["X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"]
      case .standard: ["Forwarded": "for=192.0.2.7;host=192.168.1.5;proto=https"]
      }
    }

    /// Nil where signing in works; else what the page names.
    var missing: String? {
      switch self {
      case .nothing, .usualOfNginx: "Host"
      case .host: "X-Forwarded-Proto"
      case .hostWithPort, .all, .standard: nil
      }
    }
  }

  /// A browser at https://192.168.1.5, with TLS ended by a proxy: it can sign in, or is told what the proxy leaves out.
  @Test(arguments: Proxy.allCases) func behindAProxy(_ proxy: Proxy) async throws {
    try await Office.open(.sqlite) { office in
      _ = try await office.hire("lin")
      var site = TestSite(House.site(office.services))
      (site.host, site.peer) = (proxy.host, "127.0.0.1")
      let answer = try await site.post(
        "/sign-in", form: ["email": "lin@example.cn", "password": Office.password],
        headers: proxy.headers.merging(["Origin": "https://192.168.1.5", "Accept-Language": "en"]) { $1 })
      if let missing = proxy.missing {
        #expect([403, 421].contains(answer.status))
        #expect(answer.text.contains("header \(missing)"))
      } else {
        #expect(answer.status == 303)
        #expect(answer.headers[.setCookie]?.contains("Secure") == true)
      }
    }
  }

  /// The ports that browsers leave out, and a proxy that names them or leaves out others.
  @Test(arguments: [
    ("crm.example.cn", "https://crm.example.cn"), ("crm.example.cn:443", "https://crm.example.cn"),
    ("crm.example.cn:8080", "https://crm.example.cn"), ("crm.example.cn", "https://crm.example.cn:443"),
    ("[::1]:8080", "http://[::1]:8080"), ("localhost:80", "http://localhost"), ("localhost", "http://localhost:80"),
    ("127.0.0.1:8080", "http://127.0.0.1:8080"),
  ])
  func originsThatAreOurs(_ host: String, _ origin: String) async throws {
    expectEqual(try await Self.signIn(host, origin), 303)
  }

  @Test(arguments: [
    ("crm.example.cn", "https://evil.example"), ("crm.example.cn", "null"), ("crm.example.cn", "http://crm.example.cn"),
    ("crm.example.cn", "https://crm.example.cn:8443"), ("crm.example.cn", ""), ("[::1]:8080", "http://[::1]:8081"),
    ("localhost", "http://localhost:8080"), ("crm.example.cn", "https://crm.example.cn.evil.example"),
  ])
  func originsThatAreNot(_ host: String, _ origin: String) async throws {
    expectEqual(try await Self.signIn(host, origin), 403)
  }

  private static func signIn(_ host: String, _ origin: String) async throws -> Int {
    var status = 0
    try await Office.open(.sqlite) { office in
      _ = try await office.hire("lin")
      var site = TestSite(House.site(office.services, at: crm))
      site.host = host
      status = try await site.post(
        "/sign-in", form: ["email": "lin@example.cn", "password": Office.password], headers: ["Origin": origin]
      ).status
    }
    return status
  }
}
