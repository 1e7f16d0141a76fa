import Store
import Web

extension Feature {
  static let accounts = Feature(
    migrations: AccountSchema.migrations, routes: { AccountRoutes(services: $0).all })
}

/// The ways in and out. They set cookies, so they are for people only.
struct AccountRoutes: Sendable {
  let services: Services
  var accounts: Accounts { Accounts(services) }

  /// Browsers are told to keep the cookie for as long as they will; the session itself ends sooner when unused.
  static let cookieLifetime = 400 * 86_400

  var all: [Route] {
    [
      Route(.get, "/sign-in", AccountWords.signIn, audience: .everybody, new),
      Route(.post, "/sign-in", AccountWords.signIn, audience: .everybody, create),
      Route(.post, "/sign-out", Word("退出登录", "Sign out"), audience: .everybody, destroy),
      Route(.get, "/first-administrator", AccountWords.firstTitle, audience: .everybody, newFirst),
      Route(.post, "/first-administrator", AccountWords.firstTitle, audience: .everybody, createFirst),
      Route(.get, "/invitation", AccountWords.join, audience: .everybody, newUser),
      Route(.post, "/invitation", AccountWords.join, audience: .everybody, createUser),
      Route(.post, "/language/{code}", AccountWords.language, audience: .everybody, language),
    ]
  }

  @Sendable func new(_ call: Call, _ site: Site) async throws -> Reply {
    let to = LocalPath.checked(call.query["to"])
    guard call.caller == nil else { return .redirect(to: to) }
    return site.reply(GatePages.signIn(try await signInForm(email: "", to: to)), for: call)
  }

  @Sendable func create(_ call: Call, _ site: Site) async throws -> Reply {
    let to = LocalPath.checked(call.form["to"])
    let email = call.form["email"] ?? ""
    let password = call.form["password"] ?? ""
    do {
      if let opened = try await accounts.signIn(email: email, password: password, from: call.place) {
        return signedIn(opened, call, to: to)
      }
      let form = try await signInForm(email: email, to: to, mistake: AccountWords.wrong)
      return site.reply(GatePages.signIn(form), for: call, status: .unprocessableContent)
    } catch let error as AppError where error.retryAfter != nil {
      let form = try await signInForm(email: email, to: to, mistake: error.detail)
      var reply = site.reply(GatePages.signIn(form), for: call, status: .init(code: error.status))
      reply.headers[.retryAfter] = error.retryAfter.map(String.init)
      return reply
    }
  }

  @Sendable func destroy(_ call: Call) async throws -> Reply {
    if let signedIn = call.inBrowser {
      try await accounts.revoke(signedIn.session, of: signedIn.user.id, by: signedIn.user.id)
    }
    var reply = Reply.redirect(to: "/sign-in")
    reply.setSession("", for: call, maxAge: 0)
    return reply
  }

  @Sendable func newFirst(_ call: Call, _ site: Site) async throws -> Reply {
    let first = Accounts.First(key: call.query["key"] ?? "", language: call.reader.language)
    try await accounts.checkFirst(key: first.key)
    return site.reply(GatePages.first(first, .none), for: call)
  }

  @Sendable func createFirst(_ call: Call, _ site: Site) async throws -> Reply {
    let first = Accounts.First(
      key: call.form["key"] ?? "", firm: call.form["firm"] ?? "", name: call.form["name"] ?? "",
      email: call.form["email"] ?? "",
      language: call.form["language"].flatMap(Language.init) ?? call.reader.language)
    do {
      let opened = try await accounts.createFirst(
        first, password: call.form["password"] ?? "", from: call.place)
      return signedIn(opened, call, to: "/")
    } catch let problems as Problems {
      return site.reply(GatePages.first(first, problems), for: call, status: .unprocessableContent)
    }
  }

  @Sendable func newUser(_ call: Call, _ site: Site) async throws -> Reply {
    let form = try await invitationForm(key: call.query["key"] ?? "", name: "")
    return site.reply(GatePages.invitation(form, .none), for: call)
  }

  @Sendable func createUser(_ call: Call, _ site: Site) async throws -> Reply {
    let form = try await invitationForm(key: call.form["key"] ?? "", name: call.form["name"] ?? "")
    do {
      let opened = try await accounts.accept(
        key: form.key, name: form.name, password: call.form["password"] ?? "", language: call.reader.language,
        revokingTokens: call.form["revoke_tokens"] != nil, from: call.place)
      return signedIn(opened, call, to: "/")
    } catch let problems as Problems {
      return site.reply(GatePages.invitation(form, problems), for: call, status: .unprocessableContent)
    }
  }

  /// Shows the site in another language from now on.
  @Sendable func language(_ call: Call) async throws -> Reply {
    guard let language: Language = (try call.parameter("code", as: String.self)).language else {
      throw AppError.notFound
    }
    if let signedIn = call.inBrowser {
      try await services.db.write { tx in
        try tx.run("UPDATE app_user SET language = \(language) WHERE id = \(signedIn.user.id)")
      }
    }
    var reply = Reply.redirect(to: LocalPath.checked(call.form["to"]))
    reply.setLanguage(language, for: call, maxAge: Self.cookieLifetime)
    return reply
  }

  private func signedIn(_ opened: Accounts.Opened, _ call: Call, to path: String) -> Reply {
    var reply = Reply.redirect(to: path)
    reply.setSession(opened.session, for: call, maxAge: Self.cookieLifetime)
    reply.setKnownBrowser(opened.browser, for: call, maxAge: KnownBrowser.lifetime)
    return reply
  }

  private func signInForm(email: String, to: String, mistake: Word? = nil) async throws -> SignInForm {
    try await services.db.read { tx in
      SignInForm(
        firm: try tx.ask(Settings.stored).firmName, email: email, to: to, mistake: mistake,
        hasUsers: try User.exists(in: tx))
    }
  }

  private func invitationForm(key: String, name: String) async throws -> InvitationForm {
    let (invitation, user) = try await accounts.invitation(key: key)
    let tokens = try await services.db.read { tx in
      try user.map { try Session.live(of: $0.id, .api, at: services.clock(), in: tx).count } ?? 0
    }
    return InvitationForm(
      key: key, email: user?.email ?? invitation.email ?? "", name: user?.name ?? name, isKnown: user != nil,
      tokens: tokens)
  }
}

extension Call {
  /// Who is signed in with this browser; nobody where a program shows a token.
  var inBrowser: SignedIn? { caller?.isBearer == false ? caller?.identity as? SignedIn : nil }

  var place: Accounts.Place { Accounts.Place(agent: agent, origin: origin, browser: knownBrowser) }
}

extension String {
  fileprivate var language: Language? { Language(rawValue: self) }
}

/// Where to go on to after signing in: only ever a path of this site.
enum LocalPath {
  static func checked(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/sign-in"),
      path.utf8.count <= 2_000,
      path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return path
  }
}
