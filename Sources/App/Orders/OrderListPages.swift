import Store
import Web

/// The list of orders.
enum OrderListPages {
  private typealias Words = OrderWords

  static func index(_ list: OrderList, _: Problems) -> Page {
    guard list.count > 0 || list.filter.isNarrow else { return empty }
    return Page(
      Words.orders,
      """
      <header class='page-head'>
        <div><h1>\(Words.orders) <span class='count' id='count'>\(Words.count(list.count, list.isCounted))</span></h1></div>
        <div class='actions'>
          <a class='button wide' href='/imports/new'>\(icon("import"))\(Words.importing)</a>
          <a class='button primary' href='\(newOrder(list.filter))' data-key='n'>\(icon("plus"))\(Words.new)</a>
        </div>
      </header>
      <div id='orders' class='stack'>\(OrderFilterPieces.bar(list))\(table(list))</div>
      """)
  }

  private static func newOrder(_ filter: OrderFilter) -> String {
    Fields().with("customer", filter.customer?.description).link("/orders/new")
  }

  private static let empty = Page(
    Words.orders,
    """
    <div class='empty'>\(icon("orders"))<h1>\(Words.none)</h1><p>\(Words.noneHint)</p>
      <div class='actions'><a class='button primary' href='/imports/new'>\(icon("import"))\(Words.importing)</a>
      <a class='button' href='/orders/new' data-key='n'>\(icon("plus"))\(Words.new)</a></div></div>
    """)

  private static func table(_ list: OrderList) -> HTML {
    guard !list.orders.items.isEmpty else {
      return """
        <div class='empty'>\(icon("filter"))<h2>\(Words.noMatch)</h2><p>\(Words.noMatchHint)</p>
          <div class='actions'><a class='button' href='/orders'>\(Words.clear)</a></div></div>
        """
    }
    return """
      <div class='table-wrap' id='list'>
      <table class='table cards' data-rows>
        <caption class='aside'>\(Words.caption)</caption>
        <thead><tr><th scope='col'>\(Words.number)</th><th scope='col'>\(Words.customer)</th>
          <th scope='col' class='num' aria-sort='descending'>\(Words.date)</th><th scope='col'>\(Words.kind)</th>
          <th scope='col' class='num'>\(Words.quantity)</th><th scope='col' class='num'>\(Words.amount)</th></tr></thead>
        <tbody>\(list.orders.items.html(row))</tbody>
        <tfoot id='sums'\(ListSumPieces.later(unless: list.isCounted || list.filter.query != nil, list.filter.fields, "/orders"))><tr>
          <th scope='row' colspan='4' class='lead'>\(found(list))</th>
          <td class='num off'>\(list.quantity)</td><td class='num strong'>\(list.amount)</td></tr></tfoot>
      </table>
      </div>
      \(Pager.steps(list.orders, fields: list.filter.fields, path: "/orders"))
      """
  }

  private static func found(_ list: OrderList) -> HTML {
    guard list.isCounted else {
      return ListSumPieces.soFar(Words.count(list.count, false), ListSumPieces.link(list.filter.fields, "/orders"))
    }
    return """
      \(Words.found(list.count, narrow: list.filter.isNarrow)) <span class='note'>\(Words.everyRow)</span>
      """
  }

  private static func row(_ row: OrderList.Row) -> HTML {
    """
    <tr data-row tabindex='-1'>
      <th scope='row' class='lead'><a href='/orders/\(row.id)'>\(row.number)</a></th>
      <td class='clip'>\(CustomerPieces.link(row.customer.id, row.customer.name))</td>
      <td class='num soft'>\(row.orderedOn)</td>
      <td class='off'>\(row.isReturn ? OrderPages.returnBadge : .empty)</td>
      <td class='num off'>\(row.quantity)</td>
      <td class='num side strong\(row.isReturn ? " minus" : .empty)'>\(row.amount)</td>
    </tr>
    """
  }
}
