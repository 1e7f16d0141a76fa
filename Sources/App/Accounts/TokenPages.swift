import Store
import Web

/// Tokens for programs: in the page of one's own account and, for administrators, in those of others.
enum TokenPages {
  private typealias Words = TokenWords

  /// - Parameter path: where a token's address begins.
  static func table(_ tokens: [TokenLine], under path: String) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.tokens)</caption>
      <thead><tr><th scope='col'>\(Words.name)</th><th scope='col'>\(Words.scope)</th>
        <th scope='col'>\(Words.lastUsed)</th><th scope='col'>\(Words.ends)</th>
        <th scope='col'><span class='aside'>\(UserWords.actions)</span></th></tr></thead>
      <tbody>\(tokens.html { row($0, under: path) })</tbody>
    </table></div>
    """
  }

  private static func row(_ token: TokenLine, under path: String) -> HTML {
    let used: HTML =
      token.usedAt.map { "<td class='soft' data-label='\(Words.lastUsed)'>\($0)</td>" }
      ?? "<td class='soft'>\(Words.unused)</td>"
    let end: HTML =
      token.expiresAt.map { "<td class='soft' data-label='\(Words.ends)'>\(LastDay(end: $0))</td>" }
      ?? "<td class='soft'>\(Words.never)</td>"
    return """
      <tr><th scope='row' class='lead'>\(token.name)<span class='more'>\(UserWords.created) \(token.createdAt)</span></th>
        <td><span class='badge'>\(Words.scope(token.scope))</span></td>\(used)\(end)
        <td class='fit'><form method='post' action='\(path)/\(token.id)?_method=delete'>\(HTML.formToken)
          <button class='button small danger'>\(Words.revoke)<span class='aside'> \(token.name)</span></button></form></td></tr>
      """
  }

  /// The day of a moment on the firm's clocks.
  private struct LastDay: Localized {
    let end: Instant
    func text(for reader: Reader) -> String { "\(end.day(in: reader.timeZone))" }
  }

  static func form(_ new: NewToken, _ problems: Problems) -> HTML {
    """
    <form class='form' method='post' action='/settings/me/tokens'>\(HTML.formToken)
      <div class='form-row'>
      \(Field.input("token_name", Words.name, new.name, problems, hint: Words.hint, required: true))
      \(Field.select("scope", Words.scope, new.scope.rawValue, TokenScope.allCases.reversed().map {
        ($0.rawValue, Words.scope($0))
      }))
      \(Field.select("days", Words.ends, "\(new.days)", lifetimes(with: new.days), problems))
      </div>
      <div class='form-actions'><button class='button'>\(Words.new)</button></div>
    </form>
    """
  }

  /// The usual ones, and the one that a program asked for.
  private static func lifetimes(with days: Int) -> [(value: String, name: Word)] {
    let usual = [30, 90, Accounts.tokenDays, 0]
    return (usual + [days].filter { !usual.contains($0) }).map { ("\($0)", Words.lifetime(days: $0)) }
  }

  /// Whether tokens are to end too.
  static func revoking(_ count: Int, isChosen: Bool) -> HTML {
    """
    <label class='check'><input type='checkbox' name='revoke_tokens' value='1'\(" checked", if: isChosen)>
      <span>\(Words.revokeAlso(count))<span class='hint'>\(Words.revokeHint)</span></span></label>
    """
  }

  /// A token just made, or the form again when something is wrong in it.
  static func made(_ new: NewToken, _ problems: Problems) -> Page {
    guard let token = new.token else {
      return SettingsFrame.page(
        .me, SettingsFrame.panel(Words.new, "<div class='body'>\(form(new, problems))</div>"))
    }
    return SettingsFrame.page(
      .me,
      SettingsFrame.panel(
        Words.new,
        """
        <div class='body stack'>
          <div class='notice warn'>\(icon("key"))<div>\(Words.once)</div></div>
          <p class='secret'><code>\(token)</code></p>
          <dl class='facts'><dt>\(Words.name)</dt><dd>\(new.name)</dd><dt>\(Words.scope)</dt><dd>\(Words.scope(new.scope))</dd>
            <dt>\(Words.ends)</dt><dd>\(Words.lifetime(days: new.days))</dd></dl>
          <div class='form-actions'><a class='button' href='/settings/me'>\(UserWords.backToMe)</a></div>
        </div>
        """))
  }
}
