enum Frame {
  static func fragment(_ page: Page) -> HTML { "<title>\(AnyLocalized(page.title))</title>\(page.body)" }
  static func whole(_ page: Page, call: Call, site: Site) -> HTML { page.body }
}

/// A localized value whose kind is not known.
struct AnyLocalized: Localized {
  let content: any Localized
  init(_ content: any Localized) { self.content = content }
  func text(for reader: Reader) -> String { content.text(for: reader) }
}
