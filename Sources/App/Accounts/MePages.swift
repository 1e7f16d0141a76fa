import Store
import Web

enum MePages {
  private typealias Words = UserWords

  static func show(_ me: Me, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .me,
      """
      \(SettingsFrame.panel(Words.profile, profile(me, problems)))
      \(SettingsFrame.panel(Words.changePassword, password(me.profile.email, problems)))
      \(SettingsFrame.panel(Words.sessions, sessions(me.sessions)))
      \(SettingsFrame.panel(Words.tokens, tokens(me.tokens)))
      \(HistoryPieces.panel(me.history))
      """)
  }

  private static func profile(_ me: Me, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings/me?_method=put'>\(HTML.formToken)
      <dl class='facts'><dt>\(AccountWords.email)</dt><dd>\(me.profile.email) · <a href='/settings/me/email'>\(Words.change)</a></dd></dl>
      <div class='form-row'>
      \(Field.input("name", AccountWords.name, me.profile.name, problems, required: true,
        attributes: " autocomplete='name'"))
      \(Field.select("language", AccountWords.language, me.profile.language?.rawValue,
        Language.allCases.map { ($0.rawValue, SettingsWords.name($0)) }, empty: Words.likeBrowser))
      </div>
      <div class='form-actions'><button class='button primary'>\(Words.save)</button></div>
    </form>
    """
  }

  /// The address one signs in with; the password shows that it is oneself who changes it.
  static func email(_ form: EmailForm, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .me,
      SettingsFrame.panel(
        Words.changeEmail,
        """
        <form class='body form' method='post' action='/settings/me/email?_method=put'>\(HTML.formToken)
          \(Field.summary(problems, labels: ["email": AccountWords.email, "current": Words.presentPassword]))
          <div class='form-row'>
          \(Field.input("email", AccountWords.email, form.email, problems, type: "email", hint: Words.emailHint,
            required: true, attributes: " autocomplete='username'"))
          \(Field.input("current", Words.presentPassword, nil, problems, type: "password", required: true,
            attributes: " autocomplete='current-password'"))
          </div>
          <div class='form-actions'><button class='button primary'>\(Words.changeEmail)</button>
            <a class='button quiet' href='/settings/me'>\(Words.backToMe)</a></div>
        </form>
        """))
  }

  private static func password(_ email: String?, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings/me/password?_method=put'>\(HTML.formToken)
      <input value='\(email)' autocomplete='username' hidden>
      <div class='form-row'>
      \(Field.input("current", Words.presentPassword, nil, problems, type: "password", required: true,
        attributes: " autocomplete='current-password'"))
      \(Field.input("password", Words.futurePassword, nil, problems, type: "password", hint: AccountWords.passwordHint,
        required: true, attributes: " autocomplete='new-password' minlength='\(Password.shortest)'"))
      </div>
      <div class='form-actions'><button class='button'>\(Words.changePassword)</button></div>
    </form>
    """
  }

  private static func sessions(_ sessions: [Me.Line]) -> HTML {
    table(
      Words.sessions, Words.device,
      sessions.html { session in
        row(
          session, "\(Agent.brief(session.agent))<span class='more'>\(session.origin)</span>",
          session.isCurrent
            ? "<span class='badge good'>\(icon("check"))\(Words.thisDevice)</span>"
            : end(session, Words.signOut))
      })
  }

  private static func tokens(_ tokens: [Me.Line]) -> HTML {
    let list = table(
      Words.tokens, Words.tokenName,
      tokens.html { token in
        row(
          token, "\(token.name)<span class='more'>\(Words.created) \(token.createdAt)</span>",
          end(token, Words.revoke))
      })
    return "<div class='body'>\(newToken("", .none))</div>\(tokens.isEmpty ? HTML.empty : list)"
  }

  private static func table(_ title: Word, _ first: Word, _ rows: HTML) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(title)</caption>
      <thead><tr><th scope='col'>\(first)</th><th scope='col'>\(Words.lastSeen)</th>
        <th scope='col'><span class='aside'>\(Words.actions)</span></th></tr></thead>
      <tbody>\(rows)</tbody>
    </table></div>
    """
  }

  private static func row(_ line: Me.Line, _ what: HTML, _ action: HTML) -> HTML {
    """
    <tr><th scope='row' class='lead'>\(what)</th><td class='soft'>\(line.seenAt)</td><td class='fit'>\(action)</td></tr>
    """
  }

  private static func end(_ line: Me.Line, _ word: Word) -> HTML {
    """
    <form method='post' action='/settings/me/sessions/\(line.id)?_method=delete'>\(HTML.formToken)
      <button class='button small danger'>\(word)<span class='aside'> \(line.name)</span></button></form>
    """
  }

  private static func newToken(_ name: String, _ problems: Problems) -> HTML {
    """
    <form class='form' method='post' action='/settings/me/tokens'>\(HTML.formToken)
      \(Field.input("token_name", Words.tokenName, name, problems, hint: Words.tokensHint, required: true))
      <div class='form-actions'><button class='button'>\(Words.newToken)</button></div>
    </form>
    """
  }

  /// A token just made, or the form again when it has no name.
  static func token(_ made: NewToken, _ problems: Problems) -> Page {
    guard let token = made.token else {
      return SettingsFrame.page(
        .me, SettingsFrame.panel(Words.newToken, "<div class='body'>\(newToken(made.name, problems))</div>"))
    }
    return SettingsFrame.page(
      .me,
      SettingsFrame.panel(
        Words.newToken,
        """
        <div class='body stack'>
          <div class='notice warn'>\(icon("key"))<div>\(Words.tokenOnce)</div></div>
          <p class='secret'><code>\(token)</code></p>
          <div class='form-actions'><a class='button' href='/settings/me'>\(Words.backToMe)</a></div>
        </div>
        """))
  }
}
