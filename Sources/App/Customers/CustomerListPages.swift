import Analytics
import Store
import Web

/// The customer list.
enum CustomerListPages {
  static func index(_ list: CustomerList, _: Problems) -> Page {
    guard list.count > 0 || list.filter.isNarrow else { return empty }
    return Page(
      CustomerWords.customers,
      """
      <header class='page-head'>
        <div><h1>\(CustomerWords.customers) <span class='count' id='count'>\(CustomerWords.count(list.count, list.isCounted))</span></h1></div>
        <div class='actions'>
          <a class='button wide' href='/imports/new'>\(icon("import"))\(CustomerWords.importing)</a>
          <a class='button primary' href='/customers/new' data-key='n'>\(icon("plus"))\(CustomerWords.new)</a>
        </div>
      </header>
      <div id='customers'>\(CustomerFilterPieces.bar(list))\(table(list))</div>
      """)
  }

  private static let empty = Page(
    CustomerWords.customers,
    """
    <div class='empty'>\(icon("customers"))<h1>\(CustomerWords.none)</h1><p>\(CustomerWords.noneHint)</p>
      <div class='actions'><a class='button primary' href='/imports/new'>\(icon("import"))\(CustomerWords.importing)</a>
      <a class='button' href='/customers/new' data-key='n'>\(icon("plus"))\(CustomerWords.new)</a></div></div>
    """)

  private static func table(_ list: CustomerList) -> HTML {
    guard !list.customers.items.isEmpty else {
      return """
        <div class='empty'>\(icon("filter"))<h2>\(CustomerWords.noMatch)</h2><p>\(CustomerWords.noMatchHint)</p>
          <div class='actions'><a class='button' href='/customers'>\(CustomerWords.clear)</a></div></div>
        """
    }
    return """
      <div class='table-wrap' id='list'>
      <table class='table cards' data-rows>
        <caption class='aside'>\(CustomerWords.customers)</caption>
        <thead><tr>
          <th scope='col' class='mid'>\(CustomerWords.valueClass)</th>
          \(heading(.name, list))
          <th scope='col'>\(CustomerWords.segment)</th>
          <th scope='col'>RFM</th>
          \(heading(.last, list, style: "num"))
          \(heading(.orders, list, style: "num"))
          \(heading(.amount, list, style: "num"))
          <th scope='col'>\(CustomerWords.region)</th>
          <th scope='col'>\(CustomerWords.owner)</th>
          <th scope='col'>\(CustomerWords.tags)</th>
        </tr></thead>
        <tbody>\(list.customers.items.html(row))</tbody>
        <tfoot id='sums'\(ListSumPieces.later(unless: list.isCounted, list.filter.fields, "/customers"))><tr>
          <th scope='row' colspan='6' class='lead'>\(found(list))</th>
          <td class='num side strong'>\(list.amount)</td><td colspan='3' class='off'></td></tr></tfoot>
      </table>
      </div>
      \(Pager.steps(list.customers, fields: list.filter.fields, path: "/customers"))
      """
  }

  private static func found(_ list: CustomerList) -> HTML {
    guard list.isCounted else {
      return ListSumPieces.soFar(
        CustomerWords.count(list.count, false), ListSumPieces.link(list.filter.fields, "/customers"))
    }
    return """
      \(CustomerWords.found(list.count, narrow: list.filter.isNarrow)) <span class='note'>\(CustomerWords.everyRow)</span>
      """
  }

  /// A column's name, which sorts by it.
  private static func heading(
    _ sort: CustomerFilter.Sort, _ list: CustomerList, style: StaticString = ""
  ) -> HTML {
    let isNow = (list.filter.sort ?? .amount) == sort
    let goesUp = sort == .name
    let link = list.filter.fields.with("sort", sort.rawValue).link("/customers")
    let sign: HTML = isNow ? (goesUp ? icon("up") : icon("down")) : .empty
    let state: HTML = isNow ? (goesUp ? " aria-sort='ascending'" : " aria-sort='descending'") : .empty
    return "<th scope='col' class='\(style)'\(state)><a href='\(link)'>\(CustomerWords.sort(sort))\(sign)</a></th>"
  }

  private static func row(_ row: CustomerList.Row) -> HTML {
    """
    <tr data-row tabindex='-1'>
      <td class='mid fit'>\(CustomerPieces.valueClass(row.valueClass))</td>
      <th scope='row' class='lead'>\(CustomerPieces.link(row.id, row.name))</th>
      <td class='soft off'>\(RFMSegment(rawValue: row.segment).map(SegmentWords.name))</td>
      <td class='fit'>\(CustomerPieces.scores(row.recencyScore, row.frequencyScore, row.monetaryScore))</td>
      <td class='num' data-label='\(CustomerWords.lastOrder)'>\(row.lastOn.map(Ago.init))</td>
      <td class='num off'>\(Count(row.orderCount))</td>
      <td class='num side strong'>\(row.amount)</td>
      <td class='soft off'>\(row.region)</td>
      <td class='soft off'>\(row.owner)</td>
      <td class='off'><span class='tags'>\(row.tags.html { "<span class='tag'>\($0)</span>" })</span></td>
    </tr>
    """
  }
}
