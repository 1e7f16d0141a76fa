import Web

struct SignInForm: Codable, Equatable, Sendable {
  let firm: String
  let email: String
  let to: String
  /// Why the last try did not succeed.
  let mistake: Word?
  let hasUsers: Bool
}

struct InvitationForm: Codable, Equatable, Sendable {
  let key: String
  let email: String
  let name: String
  /// Somebody who forgot the password rather than somebody new.
  let isKnown: Bool
  /// How many programs act as that person by tokens.
  let tokens: Int
}

/// The pages before one is signed in.
enum GatePages {
  private typealias Words = AccountWords

  static func signIn(_ form: SignInForm) -> Page {
    let mistake: HTML? = form.mistake.map {
      """
      <div class='notice bad' role='alert' tabindex='-1' data-focus>\(icon("warning"))<div>\($0)</div></div>
      """
    }
    let nobody: HTML = "<div class='notice warn'>\(icon("info"))<div>\(Words.nobodyYet)</div></div>"
    return panel(
      Words.signIn, lead: "\(form.firm)", action: "/sign-in",
      """
      \(mistake)\(form.hasUsers ? HTML.empty : nobody)
      <input type='hidden' name='to' value='\(form.to)'>
      \(Field.input("email", Words.email, form.email, type: "email", required: true,
        attributes: cursor("username", unless: form.mistake != nil)))
      \(Field.input("password", Words.password, nil, type: "password", required: true,
        attributes: " autocomplete='current-password'"))
      <button class='button primary'>\(Words.signIn)</button>
      """,
      foot: "<p class='foot'><span>\(Words.forgot)</span></p>")
  }

  static func first(_ first: Accounts.First, _ problems: Problems) -> Page {
    panel(
      Words.firstTitle, lead: "\(Words.firstLead)", action: "/first-administrator",
      """
      \(Field.summary(problems, labels: labels))<input type='hidden' name='key' value='\(first.key)'>
      \(Field.input("firm", Words.firm, first.firm, problems,
        attributes: cursor("organization", unless: !problems.isEmpty)))
      \(Field.input("name", Words.yourName, first.name, problems, required: true, attributes: " autocomplete='name'"))
      \(Field.input("email", Words.email, first.email, problems, type: "email", required: true,
        attributes: " autocomplete='username'"))
      \(newPassword(problems))
      \(Field.radios("language", Words.language, first.language.rawValue,
        Language.allCases.map { ($0.rawValue, SettingsWords.name($0)) }))
      <button class='button primary'>\(Words.createAndSignIn)</button>
      """)
  }

  static func invitation(_ form: InvitationForm, _ problems: Problems) -> Page {
    let name = Field.input(
      "name", Words.yourName, form.name, problems, required: true,
      attributes: cursor("name", unless: !problems.isEmpty))
    return panel(
      form.isKnown ? Words.newPassword : Words.join,
      lead: "\(form.isKnown ? Words.newPasswordLead : Words.joinLead)",
      action: "/invitation",
      """
      \(Field.summary(problems, labels: labels))<input type='hidden' name='key' value='\(form.key)'>
      \(Field.input("email", Words.email, form.email, problems, type: "email",
        attributes: " autocomplete='username' readonly"))
      \(form.isKnown ? HTML.empty : name)
      \(newPassword(problems))
      \(form.tokens > 0 ? TokenPages.revoking(form.tokens, isChosen: true) : HTML.empty)
      <button class='button primary'>\(form.isKnown ? Words.newPassword : Words.join)</button>
      """)
  }

  private static let labels = [
    "firm": Words.firm, "name": Words.yourName, "email": Words.email, "password": Words.password,
  ]

  /// The cursor waits in the first field, unless a message takes the reader's attention.
  private static func cursor(_ content: StaticString, unless isSaid: Bool) -> HTML {
    " autocomplete='\("\(content)")'\(" autofocus", if: !isSaid)"
  }

  private static func newPassword(_ problems: Problems) -> HTML {
    Field.input(
      "password", Words.password, nil, problems, type: "password", hint: Words.passwordHint, required: true,
      attributes: " autocomplete='new-password' minlength='\(Password.shortest)'")
  }

  private static func panel(_ title: Word, lead: HTML, action: String, _ fields: HTML, foot: HTML = .empty)
    -> Page
  {
    Page(
      title, isBare: true,
      """
      <section class='panel'><h1>\(title)</h1>
        <p class='lead-in'>\(lead)</p>
        <form class='form' method='post' action='\(action)'>\(HTML.formToken)\(fields)</form>
      </section>\(foot)
      """)
  }
}
