import Store
import Web

/// What administrators see of one account.
struct UserDetail: Codable, Equatable, Sendable {
  let user: UserList.Line
  let tokens: [TokenLine]
  let history: [AccountEvent.Line]
}

enum UserDetailPages {
  static func show(_ detail: UserDetail, _: Problems) -> Page {
    SettingsFrame.page(
      .people,
      """
      \(SettingsFrame.panel(Word(same: detail.user.name), facts(detail.user)))
      \(detail.tokens.isEmpty ? HTML.empty : SettingsFrame.panel(TokenWords.tokens, tokens(detail)))
      \(HistoryPieces.panel(detail.history))
      """)
  }

  private static func tokens(_ detail: UserDetail) -> HTML {
    TokenPages.table(detail.tokens, under: "/settings/users/\(detail.user.id)/tokens")
  }

  private static func facts(_ user: UserList.Line) -> HTML {
    """
    <div class='body stack'>
      <dl class='facts'><dt>\(AccountWords.email)</dt><dd>\(user.email)</dd>
        <dt>\(UserWords.state)</dt><dd>\(UserPages.state(user))</dd>
        <dt>\(UserWords.lastSeen)</dt><dd>\(UserPages.seen(user.seenAt))</dd></dl>
      <div class='form-actions'><a class='button' href='/settings/users'>\(UserWords.backToPeople)</a></div>
    </div>
    """
  }
}
