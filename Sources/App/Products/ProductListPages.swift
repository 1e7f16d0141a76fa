import Store
import Web

/// The list of products.
enum ProductListPages {
  private typealias Words = ProductWords

  static func index(_ list: ProductList, _: Problems) -> Page {
    guard list.count > 0 || list.filter.isNarrow else { return empty }
    return Page(
      Words.products,
      """
      <header class='page-head'>
        <div><h1>\(Words.products) <span class='count'>\(Words.count(list.count))</span></h1></div>
        <div class='actions'><a class='button primary' href='/products/new' data-key='n'>\(icon("plus"))\(Words.new)</a></div>
      </header>
      <div id='products' class='stack'>\(bar(list))\(table(list))</div>
      """)
  }

  private static let empty = Page(
    Words.products,
    """
    <div class='empty'>\(icon("products"))<h1>\(Words.none)</h1><p>\(Words.noneHint)</p>
      <div class='actions'><a class='button primary' href='/imports/new'>\(icon("import"))\(Words.importing)</a>
      <a class='button' href='/products/new' data-key='n'>\(icon("plus"))\(Words.new)</a></div></div>
    """)

  private static func bar(_ list: ProductList) -> HTML {
    """
    <div class='list-bar'>
      <form class='seek' role='search' action='/products' hx-get='/products' hx-target='#products' hx-select='#products'
        hx-swap='outerHTML' hx-push-url='true' hx-trigger='input changed delay:250ms from:find input, submit'>
        \(icon("search"))<input class='input' type='search' name='q' id='seek' value='\(list.filter.q)'
          aria-label='\(Words.find)' placeholder='\(Words.find)'>
        \(list.filter.fields.with("q", nil).pairs.html { "<input type='hidden' name='\($0.name)' value='\($0.value)'>" })
      </form>
      \(facets(list))
    </div>
    """
  }

  private static func facets(_ list: ProductList) -> HTML {
    let facets: HTML = """
      \(facet("category", Words.category, list.filter.category, list.categories, list.filter))\
      \(facet("brand", Words.brand, list.filter.brand, list.brands, list.filter))
      """
    let isNone = facets.isEmpty
    return isNone ? .empty : "<div class='chips' role='group' aria-label='\(Words.filters)'>\(facets)</div>"
  }

  /// What the list is narrowed to, or a menu of what it can be.
  private static func facet(
    _ name: String, _ title: Word, _ chosen: String?, _ choices: [String], _ filter: ProductFilter
  ) -> HTML {
    if let chosen {
      return """
        <a class='chip on' href='\(filter.fields.with(name, nil).link("/products"))'>\(title)
        <b>\(chosen)</b>\(icon("close"))<span class='aside'>\(Words.remove)</span></a>
        """
    }
    guard !choices.isEmpty else { return .empty }
    return """
      <button class='chip' type='button' popovertarget='facet-\(name)'>\(title)\(icon("chevron-down"))</button>
      <div class='menu' id='facet-\(name)' popover>\(choices.html {
        "<a href='\(filter.fields.with(name, $0).link("/products"))'>\($0)</a>"
      })</div>
      """
  }

  private static func table(_ list: ProductList) -> HTML {
    guard !list.products.items.isEmpty else {
      return """
        <div class='empty'>\(icon("filter"))<h2>\(Words.noMatch)</h2><p>\(Words.noMatchHint)</p>
          <div class='actions'><a class='button' href='/products'>\(Words.clear)</a></div></div>
        """
    }
    return """
      <div class='table-wrap' id='list'>
      <table class='table cards' data-rows>
        <caption class='aside'>\(Words.products)</caption>
        <thead><tr>\(heading(.name, list))<th scope='col'>\(Words.code)</th>\(heading(.price, list, style: "num"))
          \(heading(.quantity, list, style: "num"))\(heading(.margin, list, style: "num"))
          \(heading(.amount, list, style: "num"))</tr></thead>
        <tbody>\(list.products.items.html(row))</tbody>
        <tfoot><tr><th scope='row' colspan='3' class='lead'>\(Words.found(list.count, narrow: list.filter.isNarrow))
          <span class='note'>\(Words.everyRow)</span></th><td class='num off'>\(list.quantity)</td>
          <td class='num off'>\(list.margin)</td><td class='num strong'>\(list.amount)</td></tr></tfoot>
      </table>
      </div>
      \(Pager.steps(list.products, fields: list.filter.fields, path: "/products"))
      """
  }

  /// A column's name, which sorts by it.
  private static func heading(_ sort: ProductFilter.Sort, _ list: ProductList, style: StaticString = "")
    -> HTML
  {
    let isNow = (list.filter.sort ?? .amount) == sort
    let goesUp = sort == .name
    let link = list.filter.fields.with("sort", sort.rawValue).link("/products")
    let sign: HTML = isNow ? (goesUp ? icon("up") : icon("down")) : .empty
    let state: HTML = isNow ? (goesUp ? " aria-sort='ascending'" : " aria-sort='descending'") : .empty
    return "<th scope='col' class='\(style)'\(state)><a href='\(link)'>\(Words.sort(sort))\(sign)</a></th>"
  }

  private static func row(_ row: ProductList.Row) -> HTML {
    let kind = [row.category, row.brand].filter { !$0.isEmpty }.joined(separator: " · ")
    let category: HTML = kind.isEmpty ? .empty : "<span class='more'>\(kind)</span>"
    return """
      <tr data-row tabindex='-1'>
        <th scope='row' class='lead'><a href='/products/\(row.id)'>\(row.name)</a>\(category)</th>
        <td class='soft off'>\(row.code)</td>
        <td class='num' data-label='\(Words.price)'>\(row.price.map { "\($0)" } ?? "–")</td>
        <td class='num' data-label='\(Words.sold)'>\(row.quantity)\(row.unit.isEmpty ? .empty : " \(row.unit)")</td>
        <td class='num off\(row.margin.minor < 0 ? " minus" : .empty)'>\(row.margin)</td>
        <td class='num side strong'>\(row.amount)</td>
      </tr>
      """
  }
}
