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
      Route(.put, "\(path)/{id}/administrator", UserWords.makeAdministrator, makeAdministrator, view: view),
      Route(
        .delete, "\(path)/{id}/administrator", UserWords.makeMember, success: 204, makeMember, view: view),
      Route(.put, "\(path)/{id}/disabled", Word("停用用户", "Disable a user"), disable, view: view),
      Route(
        .delete, "\(path)/{id}/disabled", Word("启用用户", "Enable a user"), success: 204, enable, view: view),
      Route(.post, "/settings/invitations", Word("邀请", "Invite somebody"), invite, view: UserPages.link),
      Route(
        .delete, "/settings/invitations/{id}", Word("撤回邀请", "Take an invitation back"), success: 204,
        takeBack,
        view: view),
    ]
  }

  @Sendable func index(_: Nothing, _ call: Call) async throws -> Answer<UserList> {
    .show(try await list(try call.access))
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
      let address = Fields([("key", link.key)]).link("\(call.base)/invitation")
      return .show(
        InvitationLink(
          email: link.invitation.email ?? "", link: address, expiresAt: link.invitation.expiresAt))
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
      let seen = try User.lastSeen(in: tx)
      let invitations = access.isAdministrator ? try Invitation.open(at: now, in: tx) : []
      return UserList(
        users: try tx.ask(User.all).map { UserList.Line($0, seenAt: seen[$0.id]) },
        invitations: invitations.map {
          UserList.Invited(id: $0.id, email: $0.email ?? "", createdAt: $0.createdAt, expiresAt: $0.expiresAt)
        },
        canChange: access.isAdministrator)
    }
  }
}

/// What is typed to invite somebody.
struct InvitationInput: Codable, Sendable {
  var email: String?
}
