import Store
import Web

/// Who works here: seen by everybody, changed by administrators.
struct UserRoutes: Sendable {
  let services: Services
  var accounts: Accounts { Accounts(services) }

  private static let place = "/settings/users"

  var all: [Route] {
    let (path, view) = (Self.place, UserPages.index)
    return [
      Route(.get, path, Word("用户与邀请", "Users and invitations"), index, view: view),
      Route(.get, "\(path)/{id}", Word("用户的账户", "A user's account"), show, view: UserDetailPages.show),
      Route(.post, "\(path)/{id}/links", UserWords.newLink, audience: .browser, makeLink, view: UserPages.link),
      Route(
        .delete, "\(path)/{id}/tokens/{token}", Word("撤销用户的令牌", "Revoke a user's token"), audience: .browser,
        success: 204, revokeToken, view: UserDetailPages.show),
      Route(
        .put, "\(path)/{id}/administrator", UserWords.makeAdministrator, audience: .browser, makeAdministrator,
        view: view),
      Route(
        .delete, "\(path)/{id}/administrator", UserWords.makeMember, audience: .browser, success: 204, makeMember,
        view: view),
      Route(
        .put, "\(path)/{id}/disabled", Word("停用用户", "Disable a user"), audience: .browser, disable, view: view),
      Route(
        .delete, "\(path)/{id}/disabled", Word("启用用户", "Enable a user"), audience: .browser, success: 204, enable,
        view: view),
      Route(
        .post, "/settings/invitations", Word("邀请", "Invite somebody"), audience: .browser, invite,
        view: UserPages.link),
      Route(
        .delete, "/settings/invitations/{id}", Word("撤回邀请", "Take an invitation back"), audience: .browser,
        success: 204, takeBack, view: view),
    ]
  }

  @Sendable func index(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    .show(try await list(try call.access))
  }

  @Sendable func show(_: Nothing, _ call: Call) async throws -> Answer<UserDetail> {
    let (_, user) = try await subject(call)
    let now = services.clock()
    return .show(
      try await services.db.read { tx in
        UserDetail(
          user: UserList.Line(user, seenAt: try User.lastSeen(in: tx)[user.id]),
          tokens: try Session.live(of: user.id, .api, at: now, in: tx).map { TokenLine($0) },
          history: try AccountEvent.lines(of: user.id, in: tx))
      })
  }

  @Sendable func makeLink(_: Nothing, _ call: Call) async throws -> Answer<InvitationLink> {
    let (access, user) = try await subject(call)
    let (link, found) = try await accounts.passwordLink(for: user.id, by: access.user)
    return .show(shown(link, for: found.email, call))
  }

  @Sendable func revokeToken(_: Nothing, _ call: Call) async throws -> Answer<UserDetail> {
    let (access, user) = try await subject(call)
    guard let actor = access.user else { throw AppError.forbidden }
    try await accounts.revoke(try call.parameter("token"), of: user.id, [.api], by: actor)
    return .removed(at: "\(Self.place)/\(user.id)", saying: TokenWords.revoked)
  }

  @Sendable func makeAdministrator(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    let (access, user) = try await subject(call)
    try await accounts.setAdministrator(user.id, true, by: access.user)
    return .changed(try await list(access), at: Self.place, saying: UserWords.saved)
  }

  @Sendable func makeMember(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    let (access, user) = try await subject(call)
    try await accounts.setAdministrator(user.id, false, by: access.user)
    return .removed(at: Self.place, saying: UserWords.saved)
  }

  @Sendable func disable(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    let (access, user) = try await subject(call)
    try await accounts.disable(user.id, by: access.user)
    return .changed(try await list(access), at: Self.place, saying: UserWords.didDisable(user.name))
  }

  @Sendable func enable(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    let (access, user) = try await subject(call)
    try await accounts.enable(user.id, by: access.user)
    return .removed(at: Self.place, saying: UserWords.didEnable(user.name))
  }

  @Sendable func invite(_ input: InvitationInput, _ call: Call) async throws -> Answer<InvitationLink> {
    let access = try call.access
    try access.requireAdministrator()
    do {
      let link = try await accounts.invite(email: input.email ?? "", by: access.user)
      return .show(shown(link, for: link.invitation.email ?? "", call))
    } catch let problems as Problems {
      return .invalid(InvitationLink(email: input.email ?? "", link: nil, expiresAt: nil), problems)
    }
  }

  @Sendable func takeBack(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    let access = try call.access
    try access.requireAdministrator()
    try await accounts.revokeInvitation(try call.parameter("id"), by: access.user)
    return .removed(at: Self.place, saying: UserWords.tookBack)
  }

  private func shown(_ link: Accounts.Link, for email: String, _ call: Call) -> InvitationLink {
    let address = Fields([("key", link.key)]).link("\(call.base)/invitation")
    return InvitationLink(email: email, link: address, expiresAt: link.invitation.expiresAt)
  }

  /// The user an administrator is about to change.
  private func subject(_ call: Call) async throws -> (Access, User) {
    let access = try call.access
    try access.requireAdministrator()
    let id: User.ID = try call.parameter("id")
    guard let user = try await services.db.read({ tx in try User.find(id, in: tx) }) else {
      throw AppError.notFound
    }
    return (access, user)
  }

  private func list(_ access: Access) async throws -> UserList {
    let now = services.clock()
    return try await services.db.read { tx in
      let (users, seen) = (try tx.ask(User.all), try User.lastSeen(in: tx))
      let invitations = access.isAdministrator ? try Invitation.open(at: now, in: tx) : []
      return UserList(
        users: users.map { UserList.Line($0, seenAt: seen[$0.id]) },
        invitations: invitations.map { link in
          UserList.Invited(link, user: users.first { $0.id == link.userId })
        },
        canChange: access.isAdministrator)
    }
  }
}

/// What is typed to invite somebody.
struct InvitationInput: Codable, Sendable {
  var email: String?
}
