import Store
import Web

/// One product.
enum ProductPages {
  private typealias Words = ProductWords

  static func show(_ product: ProductView, _: Problems) -> Page {
    Page(
      Word(same: product.name),
      """
      <header class='page-head'><div>\(crumbs(product))
        <h1>\(product.name) <span class='count'>\(product.price)</span></h1></div>
        <div class='actions'>
          <a class='button' href='/products/\(product.id)/edit' data-key='e'>\(icon("edit"))\(Words.edit)</a>
          <a class='button danger' href='/products/\(product.id)/delete' data-dialog='confirm-delete'>\(icon("trash"))\
      \(Words.delete)</a>
        </div></header>
      \(stats(product))
      <div class='columns main-side'><div class='stack'>\(months(product))\(sales(product))</div>
        <div class='stack'>\(facts(product))\(buyers(product))</div></div>
      <dialog class='dialog' id='confirm-delete' aria-labelledby='confirm-title'>
        <header><h2 id='confirm-title'>\(Words.deleteTitle(product.name))</h2></header>
        <div class='body'><p>\(product.isUsed ? Words.isUsed : Words.deleteHint)</p></div>
        <footer><form method='dialog'><button class='button' autofocus>\(Words.cancel)</button></form>\
      \(product.isUsed ? .empty : deletion(product))</footer>
      </dialog>
      """)
  }

  /// The question of the dialog as a page, for browsers without scripts.
  static func confirm(_ product: ProductView, _: Problems) -> Page {
    Page(
      Words.deleteTitle(product.name),
      """
      <header class='page-head'><div>\(crumbs(product))<h1>\(Words.deleteTitle(product.name))</h1></div></header>
      <section class='panel'><div class='body'><p>\(product.isUsed ? Words.isUsed : Words.deleteHint)</p>
        <div class='form-actions'>\(product.isUsed ? .empty : deletion(product))\
      <a class='button quiet' href='/products/\(product.id)'>\(Words.cancel)</a></div></div></section>
      """)
  }

  private static func crumbs(_ product: ProductView) -> HTML {
    """
    <nav class='crumbs' aria-label='\(Words.place)'><a href='/products'>\(Words.products)</a>\(icon("chevron-right"))\
    <span>\(product.name)</span></nav>
    """
  }

  private static func deletion(_ product: ProductView) -> HTML {
    """
    <form method='post' action='/products/\(product.id)?_method=delete'>\(HTML.formToken)\
    <button class='button danger primary'>\(Words.delete)</button></form>
    """
  }

  private static func stats(_ product: ProductView) -> HTML {
    let share: HTML =
      product.amount.minor > 0
      ? "<dd class='note'>\(Percent(Double(product.margin.minor) / Double(product.amount.minor)))</dd>"
      : .empty
    let link: HTML = "/orders?product=\(product.id)"
    return """
      <dl class='stats'>
        <div><dt>\(Words.orders)</dt><dd><a href='\(link)'>\(Count(product.orderCount))</a></dd></div>
        <div><dt>\(Words.sold)</dt><dd>\(product.quantity)</dd></div>
        <div><dt>\(Words.amount)</dt><dd><a href='\(link)'>\(product.amount)</a></dd></div>
        <div><dt>\(Words.margin)</dt><dd>\(product.margin)</dd>\(share)</div>
      </dl>
      """
  }

  private static func months(_ product: ProductView) -> HTML {
    let highest = max(product.months.map(\.amount.minor).max() ?? 0, 1)
    return """
      <section class='panel'><header><h2>\(Words.byMonth)</h2></header><div class='body'>
      <svg class='bars' viewBox='0 0 240 71' preserveAspectRatio='none' role='img' aria-label='\(Words.monthsShown)'>
      \(product.months.enumerated().html { bar($1, at: $0, highest: highest) })<line x1='0' x2='240' y1='70.5' y2='70.5'/></svg>
      <p class='bars-axis'><span>\(product.months.first?.month)</span><span>\(product.months.last?.month)</span></p>
      </div></section>
      """
  }

  private static func bar(_ month: ProductView.Month, at index: Int, highest: Int64) -> HTML {
    let share = Double(max(month.amount.minor, 0)) / Double(highest)
    let height = month.amount.minor > 0 ? max(2, Int((share * 64).rounded())) : 0
    let style: HTML = index < ProductView.monthsShown - 12 ? " class='soft'" : .empty
    return """
      <rect\(style) x='\(index * 10 + 1)' y='\(70 - height)' width='8' height='\(height)'><title>\(month.month) \(month.amount)</title></rect>
      """
  }

  private static func sales(_ product: ProductView) -> HTML {
    """
    <section class='panel'><header><h2>\(Words.latestOrders)</h2><a href='/orders?product=\(product.id)'>\(Words.all)</a></header>
    \(product.latestSales.isEmpty ? "<div class='body'><p class='muted'>\(Words.notSold)</p></div>" : .empty)
    \(product.latestSales.isEmpty ? .empty : """
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.latestOrders)</caption>
      <thead><tr><th scope='col'>\(OrderWords.number)</th><th scope='col'>\(OrderWords.customer)</th>
        <th scope='col' class='num'>\(OrderWords.date)</th><th scope='col' class='num'>\(OrderWords.quantity)</th>
        <th scope='col' class='num'>\(OrderWords.amount)</th></tr></thead>
      <tbody>\(product.latestSales.html(sale))</tbody></table></div>
      """)</section>
    """
  }

  private static func sale(_ sale: ProductView.Sale) -> HTML {
    """
    <tr><th scope='row' class='lead'><a href='/orders/\(sale.order)'>\(sale.number)</a></th>
      <td class='clip'>\(CustomerPieces.link(sale.customer.id, sale.customer.name))</td>
      <td class='num soft'>\(sale.orderedOn)</td><td class='num off'>\(sale.quantity)</td>
      <td class='num strong\(sale.amount.minor < 0 ? " minus" : .empty)'>\(sale.amount)</td></tr>
    """
  }

  private static func facts(_ product: ProductView) -> HTML {
    let facts: [(Word, HTML)] = [
      (Words.code, text(product.facts.code)), (Words.category, text(product.facts.category)),
      (Words.brand, text(product.facts.brand)), (Words.unit, text(product.facts.unit)),
      (Words.price, product.price.map { "\($0)" } ?? .empty),
      (Words.cost, product.cost.map { "\($0)" } ?? .empty),
      (Words.description, text(product.facts.description)),
    ]
    return """
      <section class='panel'><header><h2>\(Words.facts)</h2></header><div class='body'><dl class='facts'>
        \(facts.filter { !$0.1.isEmpty }.html { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })
        <dt>\(Words.changed)</dt><dd>\(product.updatedAt)\(product.updatedBy.isEmpty ? .empty : " · \(product.updatedBy)")</dd>
      </dl></div></section>
      """
  }

  private static func text(_ value: String?) -> HTML { value.map { $0.isEmpty ? .empty : "\($0)" } ?? .empty }

  private static func buyers(_ product: ProductView) -> HTML {
    """
    <section class='panel' id='buyers'\(product.buyers == nil ? later(product) : .empty)>\
    <header><h2>\(Words.buyers)</h2></header><div class='body'>\(buyers(product, product.buyers))</div></section>
    """
  }

  /// They are fetched once the page stands.
  private static func later(_ product: ProductView) -> HTML {
    " hx-get='/products/\(product.id)?buyers=all' hx-trigger='load' hx-select='#buyers' hx-swap='outerHTML'"
  }

  private static func buyers(_ product: ProductView, _ buyers: [ProductView.Buyer]?) -> HTML {
    guard let buyers else { return "<p><a href='/products/\(product.id)?buyers=all'>\(Words.showBuyers)</a></p>" }
    guard !buyers.isEmpty else { return "<p class='muted'>\(Words.notSold)</p>" }
    return """
      <ul class='short-list'>\(buyers.html { buyer in
        """
        <li>\(CustomerPieces.link(buyer.customer.id, buyer.customer.name))<span class='soft'>\(buyer.quantity)</span>\
        <span class='end'><a href='/orders?product=\(product.id)&amp;customer=\(buyer.customer.id)'>\(buyer.amount)</a></span></li>
        """
      })</ul>
      """
  }
}
