import Store
import Web

/// One order.
enum OrderPages {
  private typealias Words = OrderWords

  static let returnBadge: HTML = "<span class='badge bad'>\(icon("undo"))\(Words.goodsBack)</span>"

  private static func badge(_ order: OrderView) -> HTML? {
    if order.isReturn { return returnBadge }
    return order.counterpart.map { _ in "<span class='badge'>\(icon("undo"))\(Words.takenBackWhole)</span>" }
  }

  static func show(_ order: OrderView, _: Problems) -> Page {
    Page(
      Word(same: order.number),
      """
      <header class='page-head'><div>\(crumbs(order))
        <h1>\(order.number) <span class='count'>\(order.amount)</span> \(badge(order))</h1></div>
        <div class='actions'>
          \(order.isReturn || order.counterpart != nil ? .empty : takeBack(order))
          <a class='button' href='/orders/\(order.id)/edit' data-key='e'>\(icon("edit"))\(Words.edit)</a>
          <a class='button danger' href='/orders/\(order.id)/delete' data-dialog='confirm-delete'>\(icon("trash"))\
      \(Words.delete)</a>
        </div></header>
      <div class='columns main-side'>\(lines(order))\(facts(order))</div>
      <dialog class='dialog' id='confirm-delete' aria-labelledby='confirm-title'>
        <header><h2 id='confirm-title'>\(Words.deleteTitle(order.number))</h2></header>
        <div class='body'>\(whatGoes(order))</div>
        <footer><form method='dialog'><button class='button' autofocus>\(Words.cancel)</button></form>\(deletion(order))</footer>
      </dialog>
      """)
  }

  /// The question of the dialog as a page, for browsers without scripts.
  static func confirm(_ order: OrderView, _: Problems) -> Page {
    Page(
      Words.deleteTitle(order.number),
      """
      <header class='page-head'><div>\(crumbs(order))<h1>\(Words.deleteTitle(order.number))</h1></div></header>
      <section class='panel'><div class='body'>\(whatGoes(order))
        <div class='form-actions'>\(deletion(order))<a class='button quiet' href='/orders/\(order.id)'>\(Words.cancel)</a></div>
      </div></section>
      """)
  }

  private static func crumbs(_ order: OrderView) -> HTML {
    """
    <nav class='crumbs' aria-label='\(Words.place)'><a href='/orders'>\(Words.orders)</a>\(icon("chevron-right"))\
    <span>\(order.number)</span></nav>
    """
  }

  private static func takeBack(_ order: OrderView) -> HTML {
    "<a class='button' href='/orders/new?return_of=\(order.id)'>\(icon("undo"))\(Words.goodsBack)</a>"
  }

  private static func whatGoes(_ order: OrderView) -> HTML {
    "<p>\(Words.deleteHint(order.customer.name, lines: order.lines.count)) \(order.amount)</p>"
  }

  private static func deletion(_ order: OrderView) -> HTML {
    """
    <form method='post' action='/orders/\(order.id)?_method=delete'>\(HTML.formToken)\
    <button class='button danger primary'>\(Words.delete)</button></form>
    """
  }

  private static func lines(_ order: OrderView) -> HTML {
    guard !order.lines.isEmpty else {
      return """
        <section class='panel'><header><h2>\(Words.lines)</h2></header>
          <div class='body'><p class='muted'>\(Words.noLines)</p></div></section>
        """
    }
    return """
      <section class='panel'><header><h2>\(Words.lines)</h2></header><div class='table-wrap'>
      <table class='table cards plain'><caption class='aside'>\(Words.lines)</caption>
        <thead><tr><th scope='col'>\(Words.product)</th><th scope='col' class='num'>\(Words.quantity)</th>
          <th scope='col' class='num'>\(Words.unitPrice)</th><th scope='col' class='num'>\(Words.cost)</th>
          <th scope='col' class='num'>\(Words.amount)</th></tr></thead>
        <tbody>\(order.lines.html(line))</tbody>
        <tfoot><tr><th scope='row' class='lead'>\(Words.total)</th><td class='num off'>\(order.quantity)</td>
          <td class='off'></td><td class='num off'>\(order.cost)</td><td class='num strong'>\(order.amount)</td></tr></tfoot>
      </table></div></section>
      """
  }

  private static func line(_ line: OrderView.Line) -> HTML {
    let name: HTML = line.productId.map { "<a href='/products/\($0)'>\(line.name)</a>" } ?? "\(line.name)"
    let code: HTML = line.code.isEmpty ? .empty : "<span class='more'>\(line.code)</span>"
    return """
      <tr><th scope='row' class='lead'>\(name)\(code)</th>
        <td class='num' data-label='\(Words.quantity)'>\(line.quantity)</td>
        <td class='num' data-label='\(Words.unitPrice)'>\(line.unitPrice.map { Money.symbol(of: line.amount.currency) + $0 } ?? "–")</td>
        <td class='num off'>\(line.cost)</td>
        <td class='num strong'>\(line.amount)</td></tr>
      """
  }

  private static func facts(_ order: OrderView) -> HTML {
    let margin: HTML =
      order.amount.minor > 0
      ? "\(order.margin) · \(Percent(Double(order.margin.minor) / Double(order.amount.minor)))"
      : "\(order.margin)"
    return """
      <section class='panel'><header><h2>\(Words.facts)</h2></header><div class='body'><dl class='facts'>
        <dt>\(Words.customer)</dt><dd>\(CustomerPieces.link(order.customer.id, order.customer.name))</dd>
        <dt>\(Words.date)</dt><dd class='num'>\(order.orderedOn) <span class='muted'>\(Ago(order.orderedOn))</span></dd>
        \(fact(Words.quantity, order.lines.isEmpty ? "\(order.quantity)" : .empty))
        <dt>\(Words.cost)</dt><dd class='num'>\(order.cost)</dd>
        <dt>\(Words.margin)</dt><dd class='num'>\(margin)</dd>
        \(fact(order.isReturn ? Words.takesBackWhole : Words.takenBackWhole,
          order.counterpart.map { "<a href='/orders/\($0.id)'>\($0.number)</a> <span class='muted'>\(Words.noPurchase)</span>" } ?? .empty))
        \(fact(Words.inBase, order.baseAmount.map { "\($0)" } ?? .empty))
        \(fact(Words.origin, order.origin.map { "<a href='/imports/\($0.importId)'>\($0.fileName)</a>" } ?? .empty))
        \(fact(Words.source, order.source.isEmpty ? .empty : "\(order.source)"))
        <dt>\(Words.written)</dt><dd>\(order.createdAt)\(by(order.createdBy))</dd>
        \(order.updatedAt == order.createdAt ? .empty : "<dt>\(Words.changed)</dt><dd>\(order.updatedAt)\(by(order.updatedBy))</dd>")
        \(fact(Words.note, order.note.isEmpty ? .empty : "<span class='text'>\(order.note)</span>"))
      </dl></div></section>
      """
  }

  private static func fact(_ word: Word, _ value: HTML) -> HTML {
    value.isEmpty ? .empty : "<dt>\(word)</dt><dd>\(value)</dd>"
  }

  private static func by(_ name: String) -> HTML { name.isEmpty ? .empty : " · \(name)" }
}
