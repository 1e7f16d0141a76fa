import Web

/// What the pages of the settings have in common: the heading, and the ways to each other.
enum SettingsFrame {
  enum Place: String, CaseIterable {
    case firm = "/settings"
    case fields = "/settings/fields"
    case people = "/settings/users"
    case backups = "/settings/backups"
    case me = "/settings/me"

    var word: Word {
      switch self {
      case .firm: SettingsWords.firm
      case .fields: CustomFieldWords.fields
      case .people: SettingsWords.people
      case .backups: BackupWords.title
      case .me: SettingsWords.me
      }
    }
  }

  static func page(_ place: Place, _ content: HTML) -> Page {
    Page(
      place.word,
      """
      <header class='page-head'><div><h1>\(SettingsWords.title)</h1></div></header>
      <div class='settings'>
        <nav class='side-nav' aria-label='\(SettingsWords.title)'>\(Place.allCases.html { link($0, isHere: $0 == place) })</nav>
        <div class='stack'>\(content)</div>
      </div>
      """)
  }

  private static func link(_ place: Place, isHere: Bool) -> HTML {
    "<a href='\(place.rawValue)'\(" aria-current='page'", if: isHere)>\(place.word)</a>"
  }

  static func panel(_ title: Word, _ content: HTML) -> HTML {
    "<section class='panel'><header><h2>\(title)</h2></header>\(content)</section>"
  }
}
