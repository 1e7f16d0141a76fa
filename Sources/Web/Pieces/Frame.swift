/// What stands around the content of every page.
enum Frame {
  /// The content alone, with a title that htmx takes over.
  static func fragment(_ page: Page) -> HTML { "<title>\(PageTitle(page.title))</title>\(page.body)" }

  static func whole(_ page: Page, call: Call, site: Site) -> HTML {
    """
    <!doctype html>
    <html lang='\(LanguageTag())'>
    <head>\(head(page, site))</head>
    \(page.isBare || call.caller == nil ? gate(page, call, site) : body(page, call, site))
    </html>
    """
  }

  private static func head(_ page: Page, _ site: Site) -> HTML {
    "\(basics)<title>\(PageTitle(page.title)) · \(site.name)</title>\(files)"
  }

  private static let basics: HTML = """
    <meta charset='utf-8'>
    <meta name='viewport' content='width=device-width, initial-scale=1, viewport-fit=cover'>
    """

  /// The same on all pages.
  private static let files: HTML = """
    <meta name='color-scheme' content='light dark'>
    <meta name='htmx-config' content='\(htmx)'>
    <link rel='icon' href='\(Assets.shared.path("mark.svg"))'>
    \(["inter-regular", "inter-medium", "inter-semibold"].html { font in
      "<link rel='preload' href='\(Assets.shared.path(font + ".woff2"))' as='font' type='font/woff2' crossorigin>"
    })
    <script src='\(Assets.shared.path("theme.js"))'></script>
    <link rel='stylesheet' href='\(Assets.shared.path("app.css"))'>
    <script src='\(Assets.shared.path("htmx.min.js"))' defer></script>
    <script src='\(Assets.shared.path("app.js"))' type='module'></script>
    """

  private static let htmx = """
    {"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"responseHandling":[\
    {"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},\
    {"code":"[45]..","swap":false,"error":true}]}
    """

  /// Pages for people who are not signed in.
  private static func gate(_ page: Page, _ call: Call, _ site: Site) -> HTML {
    """
    <body class='gate'><main id='main'>
    <div class='brand-line'>\(drawing("seal", style: "seal"))<div><strong>\(FrameWords.name)</strong><span>\(FrameWords.what)</span></div></div>
    \(notices(site, call))
    \(page.body)
    <form class='foot' method='post'>\(origin(call))
      <span>\(language(.zh, "link")) · \(language(.en, "link"))</span></form>
    </main></body>
    """
  }

  /// What the form that chooses a language sends besides: where it is.
  private static func origin(_ call: Call) -> HTML {
    "\(HTML.formToken)<input type='hidden' name='to' value='\(call.query.link(call.path))'>"
  }

  /// A button that shows the product in a language from now on.
  private static func language(_ language: Language, _ style: StaticString? = nil, isNow: Bool = false) -> HTML {
    let name = language == .zh ? "简体中文" : "English"
    return """
      <button formaction='/language/\(language.rawValue)' lang='\(language.tag)'\
      \(style.map { " class='\($0)'" })\(" aria-current='true'", if: isNow)>\(name)</button>
      """
  }

  private static func body(_ page: Page, _ call: Call, _ site: Site) -> HTML {
    """
    <body class='app' hx-headers='\(TokenHeader())'>
    <a class='skip' href='#main'>\(FrameWords.skip)</a>
    <header class='top'>
      \(brand)
      \(finder)
      <div class='tools'>\(tools(call))</div>
    </header>
    <nav class='rail' aria-label='\(FrameWords.mainMenu)'>
      \(brand)
      \(site.menu.enumerated().html { rail($1, call, isLast: $0 == site.menu.count - 1) })
    </nav>
    <main id='main' class='page' tabindex='-1'>\(notices(site, call))\(page.body)</main>
    <nav class='dock' aria-label='\(FrameWords.bottomMenu)'>\(dock(call, site))</nav>
    <div class='toasts' id='toasts' role='status' aria-live='polite'
      data-offline='\(FrameWords.offline)' data-failed='\(FrameWords.failed)'>\(toast(call))</div>
    \(keys)
    <template id='draft-notice'><div class='notice'>\(icon("info"))<div>\(FrameWords.draft)</div>
      <button class='button small' type='button'>\(FrameWords.discard)</button></div></template>
    </body>
    """
  }

  private static func notices(_ site: Site, _ call: Call) -> [HTML] {
    site.notices(call.caller).map { notice in
      let more: HTML? = notice.path.map { " <a href='\($0)'>\(FrameWords.see)</a>" }
      return "<div class='notice warn' role='status'>\(icon("info"))<div>\(notice.word)\(more)</div></div>"
    }
  }

  private static let brand: HTML =
    "<a class='brand' href='/' aria-label='\(FrameWords.home)'>\(drawing("seal", style: "seal"))</a>"

  private static let finder: HTML = """
    <form class='finder' role='search' action='/search' data-palette='/search/options'>
      \(icon("search"))
      <input type='search' name='q' id='finder' autocomplete='off' role='combobox' aria-expanded='false'
        aria-controls='finds' aria-autocomplete='list' aria-label='\(FrameWords.search)'
        placeholder='\(FrameWords.searchHint)'>
      <span class='hint' aria-hidden='true'><kbd>/</kbd><kbd>Ctrl K</kbd></span>
      <div class='finds' id='finds' role='listbox' aria-label='\(FrameWords.results)'></div>
    </form>
    """

  private static func tools(_ call: Call) -> HTML {
    """
    <button class='button quiet icon-only wide' type='button' data-keys-help aria-label='\(FrameWords.shortcuts)'>
      \(icon("keyboard"))</button>
    <button class='button quiet icon-only' type='button' popovertarget='menu-look' aria-label='\(FrameWords.look)'>
      \(icon("language"))</button>
    <div class='menu end' id='menu-look' popover>
      <p class='title'>\(FrameWords.language)</p>
      <form method='post'>\(origin(call))
        \(Language.allCases.html { language($0, isNow: $0 == call.reader.language) })</form>
      <hr>
      <p class='title'>\(FrameWords.theme)</p>
      <button type='button' data-theme-choice='light'>\(icon("sun"))\(FrameWords.light)</button>
      <button type='button' data-theme-choice='dark'>\(icon("moon"))\(FrameWords.dark)</button>
      <button type='button' data-theme-choice='auto'>\(icon("auto"))\(FrameWords.auto)</button>
    </div>
    \(call.caller.map(userMenu))
    """
  }

  private static func userMenu(_ caller: Caller) -> HTML {
    """
    <button class='button quiet' type='button' popovertarget='menu-user' aria-label='\(FrameWords.account(caller.name))'>
      <span class='avatar' aria-hidden='true'>\(caller.name.prefix(1))</span><span class='wide'>\(caller.name)</span></button>
    <div class='menu end' id='menu-user' popover>
      <p class='title'>\(caller.name)</p>
      <a href='/settings/me'>\(icon("person"))\(FrameWords.myAccount)</a>
      <hr>
      <form method='post' action='/sign-out'>\(HTML.formToken)<button>\(icon("logout"))\(FrameWords.signOut)</button></form>
    </div>
    """
  }

  private static func current(_ item: Site.Item, _ call: Call) -> HTML {
    let isHere = call.path == item.path || call.path.hasPrefix(item.path + "/")
    return isHere ? " aria-current='page'" : ""
  }

  private static func rail(_ item: Site.Item, _ call: Call, isLast: Bool) -> HTML {
    """
    <a href='\(item.path)' data-go='\(item.key)'\(isLast ? " class='last'" : "")\(current(item, call))>\
    \(drawing(item.icon))<span>\(item.word)</span></a>
    """
  }

  /// Two places, the button to add something, another place, and the rest.
  private static func dock(_ call: Call, _ site: Site) -> HTML {
    let primary = site.menu.filter(\.isPrimary).prefix(3).map { item -> HTML in
      "<a href='\(item.path)'\(current(item, call))>\(drawing(item.icon))<span>\(item.word)</span></a>"
    }
    return """
      \(primary.prefix(2))
      <a class='add' href='/new' aria-label='\(FrameWords.add)'>\(icon("plus"))</a>
      \(primary.dropFirst(2))
      <a href='/more'>\(icon("more"))<span>\(FrameWords.more)</span></a>
      """
  }

  private static func toast(_ call: Call) -> HTML? {
    guard let flash = call.flash else { return nil }
    let undo = flash.undo.map { place -> HTML in
      """
      <form method='post' action='\(place)?_method=delete'>\(HTML.formToken)\
      <button class='button small'>\(icon("undo"))\(FrameWords.undo)</button></form>
      """
    }
    return """
      <div class='toast'>\(icon("check"))<p>\(flash.message)</p>\(undo)
        <button class='button small icon-only' type='button' data-close aria-label='\(FrameWords.close)'>\(icon("close"))</button>
      </div>
      """
  }

  private static let keys: HTML = """
    <dialog class='dialog wide-dialog' id='keys' aria-labelledby='keys-title'>
      <header><h2 id='keys-title'>\(FrameWords.shortcuts)</h2></header>
      <div class='body keys'>
        \(FrameWords.keys.html { "<div><span>\($0.word)</span><kbd>\($0.key)</kbd></div>" })
      </div>
      <footer><form method='dialog'><button class='button'>\(FrameWords.close)</button></form></footer>
    </dialog>
    """
}

/// The value of `lang` for the whole page.
private struct LanguageTag: Localized {
  func text(for reader: Reader) -> String { reader.language.tag }
}

/// A page's title, whatever kind of text it is.
private struct PageTitle: Localized {
  let title: any Localized
  init(_ title: any Localized) { self.title = title }
  func text(for reader: Reader) -> String { title.text(for: reader) }
}

/// What htmx sends along so that a change is known to come from this site.
private struct TokenHeader: Localized {
  func text(for reader: Reader) -> String { "{\"X-Form-Token\":\"\(reader.formToken)\"}" }
}
