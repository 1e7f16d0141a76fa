import HTTPTypes

/// What browsers keep for this site. Where there is TLS, the name begins with `__Host-`: then a browser takes the cookie
/// from this host alone, by TLS, and neither a neighbour (`shop.example.cn` for `crm.example.cn`) nor somebody on the
/// way can plant one.
enum Cookie {
  static let session = "session"
  static let language = "language"
  static let flash = "flash"
  static let knownBrowser = "known_browser"

  static func name(_ name: String, isSecure: Bool) -> String { isSecure ? "__Host-\(name)" : name }

  /// All that a browser sent, by their full names; of several with one name the first.
  static func read(_ headers: HTTPFields) -> [String: String] {
    let pairs = headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair -> (String, String)? in
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { return nil }
      return (halves[0].trimmingPrefix(while: \.isWhitespace).description, String(halves[1]))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension Call {
  /// A cookie that ``Reply/setCookie(_:_:maxAge:for:)`` left in this browser.
  public func cookie(_ name: String) -> String? {
    cookies[Cookie.name(name, isSecure: isSecure)].flatMap { Fields(encoded: "c=\($0)")["c"] }
  }
}

extension Call {
  /// The token of a browser in which somebody signed in before, if it shows one.
  public var knownBrowser: String? { cookie(Cookie.knownBrowser).flatMap { $0.utf8.count <= 200 ? $0 : nil } }
}

extension Reply {
  /// Leaves a cookie only the server can read.
  public mutating func setCookie(_ name: String, _ value: String, maxAge: Int, for call: Call) {
    let secure = call.isSecure ? "; Secure" : ""
    let full = Cookie.name(name, isSecure: call.isSecure)
    let text = "\(full)=\(Fields.escaped(value)); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(maxAge)\(secure)"
    headers.append(HTTPField(name: .setCookie, value: text))
  }

  /// Signs a browser in: the token it shows from now on.
  public mutating func setSession(_ token: String, for call: Call, maxAge: Int) {
    setCookie(Cookie.session, token, maxAge: maxAge, for: call)
  }

  /// Lets a browser be known again as one in which somebody signed in, also when it is signed out.
  public mutating func setKnownBrowser(_ token: String, for call: Call, maxAge: Int) {
    setCookie(Cookie.knownBrowser, token, maxAge: maxAge, for: call)
  }

  /// Shows the site in a language from now on.
  public mutating func setLanguage(_ language: Language, for call: Call, maxAge: Int) {
    setCookie(Cookie.language, language.rawValue, maxAge: maxAge, for: call)
  }
}
