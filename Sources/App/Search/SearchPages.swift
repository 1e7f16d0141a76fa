import Store
import Web

/// The results of a search, as choices under the field and as a page of their own.
enum SearchPages {
  static func index(_ found: Found, _: Problems) -> Page {
    Page(
      SearchWords.results,
      """
      <header class='page-head'><div><h1>\(SearchWords.resultsFor(found.q))</h1></div></header>
      \(found.isEmpty ? nothing : .empty)
      <div class='stack'>
      \(panel(CustomerWords.customers, found.customers.html(customerItem)))
      \(panel(SearchWords.orders, found.orders.html { item($0, "/orders/\($0.id)") }))
      \(panel(SearchWords.products, found.products.html { item($0, "/products/\($0.id)") }))
      </div>
      """)
  }

  private static func panel(_ title: Word, _ items: HTML) -> HTML? {
    guard !items.isEmpty else { return nil }
    return """
      <section class='panel'><header><h2>\(title)</h2></header>
        <div class='body'><ul class='short-list'>\(items)</ul></div></section>
      """
  }

  private static let nothing: HTML = """
    <div class='empty'>\(icon("search"))<h2>\(SearchWords.nothing)</h2><p>\(SearchWords.nothingHint)</p>
      <div class='actions'><a class='button' href='/customers/new'>\(icon("plus"))\(CustomerWords.new)</a></div></div>
    """

  private static func customerItem(_ hit: Found.CustomerHit) -> HTML {
    """
    <li>\(CustomerPieces.valueClass(hit.valueClass))\(CustomerPieces.link(hit.id, hit.name))\
    <span class='soft'>\(hit.region)</span><span class='end'>\(hit.amount)</span></li>
    """
  }

  private static func item(_ hit: Found.Hit, _ link: String) -> HTML {
    "<li><a href='\(link)'>\(hit.name)</a><span class='soft'>\(hit.more)</span></li>"
  }

  // MARK: Under the field

  /// Choices under the search field: records, then places and actions.
  static func options(_ found: Found) -> HTML {
    let commands = commands(found.q)
    return """
      \(found.isEmpty && commands.isEmpty ? "<p class='title' role='presentation'>\(SearchWords.nothing)</p>" : HTML.empty)
      \(group(CustomerWords.customers, found.customers.html(customer)))
      \(group(SearchWords.orders, found.orders.html { hit($0, "/orders/\($0.id)", icon("orders")) }))
      \(group(SearchWords.products, found.products.html { hit($0, "/products/\($0.id)", icon("products")) }))
      \(group(SearchWords.commands, commands))
      """
  }

  private static func group(_ title: Word, _ hits: HTML) -> HTML {
    hits.isEmpty ? .empty : "<p class='title' role='presentation'>\(title)</p>\(hits)"
  }

  private static func customer(_ hit: Found.CustomerHit) -> HTML {
    """
    <a class='find' role='option' id='find-\(hit.id)' href='/customers/\(hit.id)' tabindex='-1'>\
    \(CustomerPieces.valueClass(hit.valueClass))<span class='name'>\(hit.name)</span>\
    <span class='more'>\(hit.region) \(hit.phone)</span><span class='end'>\(hit.amount)</span></a>
    """
  }

  private static func hit(_ hit: Found.Hit, _ link: String, _ icon: HTML) -> HTML {
    """
    <a class='find' role='option' id='find-\(hit.id)' href='\(link)' tabindex='-1'>\(icon)\
    <span class='name'>\(hit.name)</span><span class='more'>\(hit.more)</span></a>
    """
  }

  /// Places and actions whose name holds what was typed, in either language; all of them for nothing.
  private static func commands(_ text: String) -> HTML {
    let wanted = text.lowercased()
    return SearchWords.places.enumerated().filter { _, place in
      wanted.isEmpty || place.word.zh.contains(wanted) || place.word.en.lowercased().contains(wanted)
    }.html { index, place in
      """
      <a class='find' role='option' id='find-place-\(index)' href='\(place.path)' tabindex='-1'>\(place.icon)\
      <span class='name'>\(place.word)</span></a>
      """
    }
  }

  /// What the plus button of a phone offers.
  static let add = Page(
    SearchWords.add,
    """
    <header class='page-head'><div><h1>\(SearchWords.add)</h1></div></header>
    <ul class='more-list'>
      <li><a href='/customers/new'>\(icon("customers"))\(CustomerWords.new)</a></li>
      <li><a href='/orders/new'>\(icon("orders"))\(CardWords.newOrder)</a></li>
      <li><a href='/products/new'>\(icon("products"))\(SearchWords.newProduct)</a></li>
      <li><a href='/imports/new'>\(icon("import"))\(SearchWords.importing)</a></li>
    </ul>
    """)

  /// The rest of a phone's menu.
  static let more = Page(
    SearchWords.more,
    """
    <header class='page-head'><div><h1>\(SearchWords.more)</h1></div></header>
    <ul class='more-list'>
      \(Features.menu.html { "<li><a href='\($0.path)'>\(drawing($0.icon))\($0.word)</a></li>" })
    </ul>
    """)
}
