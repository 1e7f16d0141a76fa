import Store
import Web

enum MePages {
  private typealias Words = UserWords

  static func show(_ me: Me, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .me,
      """
      \(SettingsFrame.panel(Words.profile, profile(me, problems)))
      \(SettingsFrame.panel(Words.changePassword, password(me, problems)))
      \(SettingsFrame.panel(Words.sessions, sessions(me)))
      \(SettingsFrame.panel(TokenWords.tokens, tokens(me.tokens)))
      \(HistoryPieces.panel(me.history))
      """)
  }

  private static func profile(_ me: Me, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings/me?_method=put'>\(HTML.formToken)
      <dl class='facts'><dt>\(AccountWords.email)</dt><dd>\(me.profile.email)</dd></dl>
      <div class='form-row'>
      \(Field.input("name", AccountWords.name, me.profile.name, problems, required: true,
        attributes: " autocomplete='name'"))
      \(Field.select("language", AccountWords.language, me.profile.language?.rawValue,
        Language.allCases.map { ($0.rawValue, SettingsWords.name($0)) }, empty: Words.likeBrowser))
      </div>
      <div class='form-actions'><button class='button primary'>\(Words.save)</button>
        <a class='button quiet' href='/settings/me/email'>\(Words.changeEmail)</a></div>
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

  private static func password(_ me: Me, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings/me/password?_method=put'>\(HTML.formToken)
      <input value='\(me.profile.email)' autocomplete='username' hidden>
      <div class='form-row'>
      \(Field.input("current", Words.presentPassword, nil, problems, type: "password", required: true,
        attributes: " autocomplete='current-password'"))
      \(Field.input("password", Words.futurePassword, nil, problems, type: "password", hint: AccountWords.passwordHint,
        required: true, attributes: " autocomplete='new-password' minlength='\(Password.shortest)'"))
      </div>
      \(me.tokens.isEmpty ? HTML.empty : TokenPages.revoking(me.tokens.count, isChosen: true))
      <div class='form-actions'><button class='button'>\(Words.changePassword)</button></div>
    </form>
    """
  }

  private static func sessions(_ me: Me) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.sessions)</caption>
      <thead><tr><th scope='col'>\(Words.device)</th><th scope='col'>\(Words.lastSeen)</th>
        <th scope='col'><span class='aside'>\(Words.actions)</span></th></tr></thead>
      <tbody>\(me.sessions.html(row))</tbody>
    </table></div>
    \(me.sessions.count > 1 || !me.tokens.isEmpty ? leaving(tokens: me.tokens.count) : HTML.empty)
    """
  }

  private static func leaving(tokens: Int) -> HTML {
    """
    <footer><form class='form' method='post' action='/settings/me/sessions?_method=delete'>\(HTML.formToken)
      \(tokens > 0 ? TokenPages.revoking(tokens, isChosen: false) : HTML.empty)
      <div class='form-actions'><button class='button danger'>\(Words.signOutElsewhere)</button></div>
    </form></footer>
    """
  }

  private static func row(_ session: Me.Browser) -> HTML {
    let device = Agent.brief(session.agent)
    let here: HTML = "<span class='badge good'>\(icon("check"))\(Words.thisDevice)</span>"
    let end: HTML = """
      <form method='post' action='/settings/me/sessions/\(session.id)?_method=delete'>\(HTML.formToken)
        <button class='button small danger'>\(Words.signOut)<span class='aside'> \(device)</span></button></form>
      """
    return """
      <tr><th scope='row' class='lead'>\(device)<span class='more'>\(session.origin)</span></th>
        <td class='soft'>\(session.seenAt)</td><td class='fit'>\(session.isCurrent ? here : end)</td></tr>
      """
  }

  private static func tokens(_ tokens: [TokenLine]) -> HTML {
    let list = TokenPages.table(tokens, under: "/settings/me/sessions")
    return "<div class='body'>\(TokenPages.form(NewToken(), .none))</div>\(tokens.isEmpty ? HTML.empty : list)"
  }
}
