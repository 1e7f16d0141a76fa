import Store
import Web

/// What the page of users and invitations shows.
struct UserList: Codable, Equatable, Sendable {
  struct Line: Codable, Equatable, Sendable {
    let id: User.ID
    let email: String
    let name: String
    let isAdministrator: Bool
    let createdAt: Instant
    let seenAt: Instant?
    let disabledAt: Instant?

    init(_ user: User, seenAt: Instant?) {
      id = user.id
      email = user.email
      name = user.name
      isAdministrator = user.isAdministrator
      createdAt = user.createdAt
      self.seenAt = seenAt
      disabledAt = user.disabledAt
    }
  }

  struct Invited: Codable, Equatable, Sendable {
    let id: Invitation.ID
    let email: String
    /// For a user who forgot the password rather than for somebody new.
    let isForPassword: Bool
    let createdAt: Instant
    let expiresAt: Instant

    init(_ link: Invitation, user: User?) {
      id = link.id
      email = link.email ?? user?.email ?? ""
      isForPassword = link.userId != nil
      createdAt = link.createdAt
      expiresAt = link.expiresAt
    }
  }

  let users: [Line]
  let invitations: [Invited]
  let canChange: Bool
}

/// A link just made; shown this once.
struct InvitationLink: Codable, Equatable, Sendable {
  let email: String
  let link: String?
  let expiresAt: Instant?
}

enum UserPages {
  private typealias Words = UserWords

  static func index(_ list: UserList, _: Problems) -> Page {
    SettingsFrame.page(
      .people,
      """
      \(SettingsFrame.panel(Words.people, table(list)))
      \(list.canChange ? SettingsFrame.panel(Words.invitations, invitations(list.invitations)) : HTML.empty)
      """)
  }

  private static func table(_ list: UserList) -> HTML {
    let actions: HTML = "<th scope='col'><span class='aside'>\(Words.actions)</span></th>"
    return """
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.people)</caption>
        <thead><tr><th scope='col'>\(AccountWords.name)</th><th scope='col'>\(AccountWords.email)</th>
          <th scope='col'>\(Words.state)</th><th scope='col' class='num'>\(Words.lastSeen)</th>
          \(list.canChange ? actions : HTML.empty)</tr></thead>
        <tbody>\(list.users.html { row($0, canChange: list.canChange) })</tbody>
      </table></div>
      """
  }

  private static func row(_ user: UserList.Line, canChange: Bool) -> HTML {
    """
    <tr><th scope='row' class='lead'><span class='person'>
        <span class='avatar' aria-hidden='true'>\(user.name.prefix(1))</span>\(user.name)</span></th>
      <td class='soft'>\(user.email)</td><td>\(state(user))</td>
      <td class='num soft off'>\(seen(user.seenAt))</td>
      \(canChange ? "<td class='fit'>\(menu(user))</td>" : HTML.empty)</tr>
    """
  }

  static func state(_ user: UserList.Line) -> HTML {
    if user.disabledAt != nil { return "<span class='badge warn'>\(icon("warning"))\(Words.disabled)</span>" }
    if user.isAdministrator { return "<span class='badge info'>\(Words.administrator)</span>" }
    return "<span class='badge'>\(Words.member)</span>"
  }

  static func seen(_ instant: Instant?) -> HTML { instant.map { "\($0)" } ?? "–" }

  private static func menu(_ user: UserList.Line) -> HTML {
    let id = "actions-\(user.id)"
    let path = "/settings/users/\(user.id)"
    let link = button("\(path)/links", icon("key"), Words.newLink)
    let rights =
      user.isAdministrator
      ? button("\(path)/administrator?_method=delete", icon("person"), Words.makeMember)
      : button("\(path)/administrator?_method=put", icon("person"), Words.makeAdministrator)
    let isOut = user.disabledAt != nil
    return """
      <button class='button small quiet icon-only' type='button' popovertarget='\(id)'
        aria-label='\(Words.actionsFor(user.name))'>\(icon("more"))</button>
      <div class='menu end' id='\(id)' popover><a href='\(path)'>\(icon("clock"))\(Words.account)</a>\(isOut ? HTML.empty : link + rights)
        \(isOut
          ? button("\(path)/disabled?_method=delete", icon("check"), Words.enable)
          : button("\(path)/disabled?_method=put", icon("close"), Words.disable))</div>
      """
  }

  private static func button(_ action: String, _ icon: HTML, _ word: Word) -> HTML {
    "<form method='post' action='\(action)'>\(HTML.formToken)<button>\(icon)\(word)</button></form>"
  }

  private static func invitations(_ invitations: [UserList.Invited]) -> HTML {
    let list: HTML = "<ul class='short-list'>\(invitations.html(invited))</ul>"
    return "<div class='body stack'>\(invitations.isEmpty ? HTML.empty : list)\(inviting("", .none))</div>"
  }

  private static func invited(_ invitation: UserList.Invited) -> HTML {
    """
    <li>\(invitation.email) \(invitation.isForPassword ? passwordBadge : HTML.empty) <span class='soft'>\(Words.until) \(invitation.expiresAt)</span>
      <form class='end' method='post' action='/settings/invitations/\(invitation.id)?_method=delete'>\(HTML.formToken)
        <button class='button small danger'>\(Words.takeBack)<span class='aside'> \(invitation.email)</span></button>
      </form></li>
    """
  }

  private static let passwordBadge: HTML = "<span class='badge'>\(icon("key"))\(Words.newPassword)</span>"

  private static func inviting(_ email: String, _ problems: Problems) -> HTML {
    """
    <form class='form' method='post' action='/settings/invitations'>\(HTML.formToken)
      \(Field.input("email", AccountWords.email, email, problems, type: "email", hint: Words.inviteHint, required: true))
      <div class='form-actions'><button class='button primary'>\(Words.invite)</button></div>
    </form>
    """
  }

  /// A link just made, or the form again when the address was not one.
  static func link(_ made: InvitationLink, _ problems: Problems) -> Page {
    guard let link = made.link, let until = made.expiresAt else {
      return SettingsFrame.page(
        .people,
        SettingsFrame.panel(Words.invite, "<div class='body'>\(inviting(made.email, problems))</div>"))
    }
    return SettingsFrame.page(
      .people,
      SettingsFrame.panel(
        Words.linkTitle,
        """
        <div class='body stack'>
          <div class='notice warn'>\(icon("key"))<div>\(Words.linkFor(made.email)) \(Words.until) \(until)</div></div>
          <p class='secret'><code>\(link)</code></p>
          <div class='form-actions'><a class='button' href='/settings/users'>\(Words.backToPeople)</a></div>
        </div>
        """))
  }
}
