import Store
import Web

/// A user's own account: profile, address, password, sessions and tokens.
struct MeRoutes: Sendable {
  let services: Services
  var accounts: Accounts { Accounts(services) }

  private static let place = "/settings/me"

  var all: [Route] {
    let (path, view) = (Self.place, MePages.show)
    return [
      Route(.get, path, Word("我的账户", "My account"), show, view: view),
      Route(.put, path, Word("修改个人资料", "Change my profile"), audience: .browser, update, view: view),
      Route(.get, "\(path)/email", UserWords.changeEmail, editEmail, view: MePages.email),
      Route(.put, "\(path)/email", UserWords.changeEmail, audience: .browser, changeEmail, view: MePages.email),
      Route(.put, "\(path)/password", UserWords.changePassword, audience: .browser, changePassword, view: view),
      Route(
        .delete, "\(path)/sessions", UserWords.signOutElsewhere, audience: .browser, success: 204, signOutElsewhere,
        view: view),
      Route(
        .delete, "\(path)/sessions/{id}", Word("结束登录或撤销令牌", "End a session or revoke a token"),
        audience: .browser, success: 204, endSession, view: view),
      Route(.post, "\(path)/tokens", TokenWords.new, audience: .browser, createToken, view: TokenPages.made),
    ]
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<Me> { .show(try await me(call)) }

  @Sendable func update(_ input: MeInput, _ call: Call) async throws -> Answer<Me> {
    let user = try call.signedIn.user
    do {
      if let email = input.email, Person.email(email) != user.email {
        throw Problems(["email": UserWords.emailElsewhere])
      }
      try await accounts.changeProfile(of: user, name: input.name ?? user.name, language: input.language)
      return .changed(try await me(call), at: Self.place, saying: UserWords.saved)
    } catch let problems as Problems {
      let typed = MeInput(name: input.name, email: user.email, language: input.language)
      return .invalid(try await me(call, typed: typed), problems)
    }
  }

  @Sendable func editEmail(_: Nothing, _ call: Call) async throws -> Answer<EmailForm> {
    .show(EmailForm(email: try call.signedIn.user.email))
  }

  @Sendable func changeEmail(_ input: EmailInput, _ call: Call) async throws -> Answer<EmailForm> {
    let form = EmailForm(email: input.email ?? "")
    do {
      try await accounts.changeEmail(
        of: try call.signedIn, to: form.email, password: input.current ?? "")
      return .changed(form, at: Self.place, saying: UserWords.emailChanged)
    } catch let problems as Problems {
      return .invalid(form, problems)
    }
  }

  @Sendable func changePassword(_ input: PasswordInput, _ call: Call) async throws -> Answer<Me> {
    do {
      try await accounts.changePassword(
        of: try call.signedIn, from: input.current ?? "", to: input.password ?? "",
        revokingTokens: input.revokeTokens ?? false, at: call.place)
      return .changed(try await me(call), at: Self.place, saying: UserWords.passwordChanged)
    } catch let problems as Problems {
      return .invalid(try await me(call), problems)
    }
  }

  @Sendable func signOutElsewhere(_ input: SignOutInput, _ call: Call) async throws -> Answer<Me> {
    try await accounts.signOutElsewhere(
      try call.signedIn, revokingTokens: input.revokeTokens ?? false, at: call.place)
    return .removed(at: Self.place, saying: UserWords.signedOutElsewhere)
  }

  @Sendable func endSession(_: Nothing, _ call: Call) async throws -> Answer<Me> {
    let user = try call.signedIn.user.id
    try await accounts.revoke(try call.parameter("id"), of: user, by: user)
    return .removed(at: Self.place, saying: UserWords.ended)
  }

  @Sendable func createToken(_ input: TokenInput, _ call: Call) async throws -> Answer<NewToken> {
    let user = try call.signedIn.user
    var made = NewToken(input)
    do {
      made.token = try await accounts.issueToken(
        for: user, name: made.name, scope: made.scope, days: made.days, by: user.id)
      return .show(made)
    } catch let problems as Problems {
      return .invalid(made, problems)
    }
  }

  private func me(_ call: Call, typed: MeInput? = nil) async throws -> Me {
    let signedIn = try call.signedIn
    let now = services.clock()
    return try await services.db.read { tx in
      guard let user = try User.find(signedIn.user.id, in: tx) else { throw AppError.notFound }
      let browsers = try Session.live(of: user.id, .browser, at: now, in: tx)
      return Me(
        profile: typed ?? MeInput(name: user.name, email: user.email, language: user.language),
        sessions: browsers.map { Me.Browser($0, isCurrent: $0.id == signedIn.session) },
        tokens: try Session.live(of: user.id, .api, at: now, in: tx).map { TokenLine($0) },
        history: try AccountEvent.lines(of: user.id, in: tx))
    }
  }
}

extension Call {
  /// - Throws: ``AppError/signInFirst`` when nobody is signed in.
  var signedIn: SignedIn {
    get throws {
      guard let signedIn = caller?.identity as? SignedIn else { throw AppError.signInFirst }
      return signedIn
    }
  }
}
