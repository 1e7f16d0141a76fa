import Analytics
import Store
import Web

enum ValueView {
  private typealias Words = LifetimeWords

  static func page(_ model: ValuePage, _ problems: Problems) -> Page {
    Page(
      Words.valueTitle, needs: [.charts],
      """
      \(InsightPieces.head(Words.valueTitle, tab: "value", form(model, problems)))
      \(content(model))
      """)
  }

  private static func content(_ model: ValuePage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard let fit = model.fit else { return LifetimePieces.notFitted(model.lacking) }
    guard model.total.customers > 0 else { return InsightPieces.nothingInWindow("/insight/value") }
    return """
      \(stats(model, fit))
      <div class='columns two'>
        <div class='stack'>\(fit.showsLeaving ? map(model, fit) : LifetimePieces.remark(Words.leavingNotShown))\(atRisk(model))</div>
        <div class='stack'><section class='panel'><div class='body'>\(ValueChart(model).html)</div></section>\(classes(model))</div>
      </div>
      """
  }

  private static func form(_ model: ValuePage, _ problems: Problems) -> HTML {
    """
    <form class='params' method='get' action='/insight/value'>
      \(InsightPieces.input("as_of", InsightWords.asOf, model.asOf.description, type: "date", problems))
      \(LifetimePieces.filters(model.query, model.owners, model.regions, problems))
      <button class='button primary'>\(InsightWords.compute)</button>
    </form>
    """
  }

  private static func stats(_ model: ValuePage, _ fit: FitSummary) -> HTML {
    let active = model.cells.filter { $0.band >= .medium }.reduce(0) { $0 + $1.sum.customers }
    let future = Why(
      id: "why-future", title: Words.future, text: Words.futureText, formula: "\(Words.futureFormula)",
      asOf: fit.sentence)
    let historic = Why(
      id: "why-historic", title: Words.historic, text: Words.historicText, formula: "\(Words.historicFormula)",
      asOf: Words.counted(upTo: model.asOf))
    let alive = Why(id: "why-alive", title: Words.pAlive, text: Words.aliveText, asOf: fit.sentence)
    return """
      <dl class='stats'>
        \(InsightPieces.stat(InsightWords.customers, nil,
          "<a href='\(model.query.link("/insight/value/customers"))'>\(Count(model.total.customers))</a>"))
        \(fit.showsLeaving ? InsightPieces.stat(Words.stillActive, alive, "\(Count(active))", note: Words.stillActiveNote) : .empty)
        \(InsightPieces.stat(Words.historic, historic, "\(model.total.historic)", note: Words.historicNote))
        \(InsightPieces.stat(Words.future, future, "\(model.total.future)", note: Words.threeYears))
        \(range(model.total, fit))
      </dl>
      """
  }

  /// Of what these customers will bring together, which is narrower than that of each.
  private static func range(_ sum: ValuePage.Sum, _ fit: FitSummary) -> HTML {
    let (lower, upper) = sum.range(fit.sharedVariance)
    return InsightPieces.stat(Words.rangeOfAll, nil, "\(RoundMoney(lower)) – \(RoundMoney(upper))", note: Words.future)
  }

  private static func map(_ model: ValuePage, _ fit: FitSummary) -> HTML {
    let most = model.cells.map(\.sum.customers).max() ?? 0
    let rows = ValueClass.allCases.html { valueClass in
      let cells = model.cells.filter { $0.class == valueClass }.html { cell($0, most: most, model) }
      return "<tr><th scope='row'>\(InsightWords.classOf(valueClass.rawValue))</th>\(cells)</tr>"
    }
    return """
      <section class='panel'><header><h2>\(Words.map)</h2><span class='muted wide'>\(Words.mapHint)</span></header>
      <div class='body'><table class='grid-table'><caption class='aside'>\(Words.map)</caption>
        <thead><tr><td></td>\(AliveBand.allCases.html {
          "<th scope='col'>\(Words.band($0))<br><small>\(Words.bandRange($0))</small></th>"
        })</tr></thead>
        <tbody>\(rows)</tbody></table>
      <p class='axis-title'>\(fit.sentence)</p></div></section>
      """
  }

  private static func cell(_ cell: ValuePage.Cell, most: Int, _ model: ValuePage) -> HTML {
    guard cell.sum.customers > 0 else { return "<td class='h0'><span>0</span></td>" }
    let heat = min(7, max(1, (cell.sum.customers * 7 + most - 1) / max(1, most)))
    let link = model.query.link(
      "/insight/value/customers", ValueSelection(valueClass: cell.class, band: cell.band).fields)
    return """
      <td class='h\(heat)'><a href='\(link)'>\(Count(cell.sum.customers))<small>\(RoundMoney(cell.sum.historic))</small></a></td>
      """
  }

  private static func atRisk(_ model: ValuePage) -> HTML {
    let link = model.query.link("/insight/value/customers", ValueSelection.atRisk.fields)
    return """
      <section class='panel'><header><h2>\(Words.atRisk)</h2><a href='\(link)'>\(InsightWords.all)</a></header>
      \(model.atRisk.isEmpty
        ? "<div class='body'><p class='muted'>\(Words.nobodyAtRisk)</p></div>"
        : ForecastTable(model.atRisk.map { .init(customer: $0, warning: nil) }, caption: Words.atRisk, days: model.fit?.quietDays ?? 90).html)</section>
      """
  }

  private static func classes(_ model: ValuePage) -> HTML {
    """
    <section class='panel'><header><h2>\(InsightWords.threeClasses)</h2></header>
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(InsightWords.threeClasses)</caption>
      <thead><tr><th scope='col'>\(InsightWords.class)</th><th scope='col' class='num'>\(InsightWords.customers)</th>
        <th scope='col' class='num'>\(Words.historic)</th><th scope='col' class='num'>\(Words.future)</th></tr></thead>
      <tbody>\(model.classes.html { item in
        """
        <tr><th scope='row' class='lead'>\(CustomerPieces.valueClass(item.class.rawValue))</th>
          <td class='num' data-label='\(InsightWords.customers)'>\(Count(item.sum.customers))</td>
          <td class='num strong'>\(item.sum.historic)</td>
          <td class='num' data-label='\(Words.future)'>\(item.sum.future)</td></tr>
        """
      })</tbody></table></div></section>
    """
  }

  static func customers(_ model: ForecastCustomersPage, _: Problems) -> Page {
    let title = Words.selection(model.selection)
    return Page(
      title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(InsightWords.title)'><a href='\(model.query.link("/insight/value"))'>\
      \(InsightWords.title) · \(Words.valueTitle)</a>\(icon("chevron-right"))<span>\(title)</span></nav>
        <h1>\(title) <span class='count'>\(InsightWords.people(model.sum.customers))</span></h1>
        <p class='sub'>\(CardWords.asOf) \(model.asOf) · \(model.fit.sentence)</p></div></header>
      \(model.customers.isEmpty
        ? "<div class='empty'>\(icon("customers"))<h2>\(InsightWords.nobody)</h2></div>"
        : "<section class='panel'>\(ForecastTable(model.customers, caption: title, days: model.fit.quietDays, sum: model.sum).html)</section>")
      \(pager(model))
      """)
  }

  private static func pager(_ model: ForecastCustomersPage) -> HTML? {
    guard model.pages > 1 else { return nil }
    let first = (model.page - 1) * ForecastCustomersPage.size + 1
    let last = min(model.sum.customers, model.page * ForecastCustomersPage.size)
    return RankPager(
      position: InsightWords.position(first, last, of: model.sum.customers), page: model.page, pages: model.pages
    ) { number in
      model.query.link("/insight/value/customers", model.selection.fields + [(name: "page", value: "\(number)")])
    }.html
  }
}

/// Customers with what is expected of them.
struct ForecastTable {
  private let rows: [ForecastCustomersPage.Row]
  private let caption: Word
  /// In which nothing is likely bought.
  private let days: Int
  private let sum: ValuePage.Sum?

  init(_ rows: [ForecastCustomersPage.Row], caption: Word, days: Int, sum: ValuePage.Sum? = nil) {
    (self.rows, self.caption, self.days, self.sum) = (rows, caption, days, sum)
  }

  var html: HTML {
    typealias Words = LifetimeWords
    let foot: HTML? = sum.map { sum in
      """
      <tfoot><tr><th scope='row' colspan='3' class='lead'>\(InsightWords.total(sum.customers))</th>\
      <td class='num strong'>\(sum.historic)</td><td class='num'>\(sum.future)</td></tr></tfoot>
      """
    }
    return """
      <div class='table-wrap'><table class='table cards plain' data-rows><caption class='aside'>\(caption)</caption>
        <thead><tr><th scope='col'>\(InsightWords.class)</th><th scope='col'>\(InsightWords.customer)</th>
          <th scope='col' class='num'>\(Words.quiet(days))</th><th scope='col' class='num'>\(Words.historic)</th>
          <th scope='col' class='num'>\(Words.future)</th></tr></thead>
        <tbody>\(rows.html(row))</tbody>\(foot)</table></div>
      """
  }

  private func row(_ row: ForecastCustomersPage.Row) -> HTML {
    let customer = row.customer
    let reasons: HTML? = row.warning.flatMap { warning in
      warning.level == .none
        ? nil
        : "<span class='more'>\(LeavingWords.level(warning.level)) · \(warning.reasons.map { "\($0)" }.joined(by: " · "))</span>"
    }
    return """
      <tr data-row tabindex='-1'><td class='fit'>\(CustomerPieces.valueClass(customer.valueClass.rawValue))</td>
        <th scope='row' class='lead'>\(CustomerPieces.link(customer.id, customer.name))\(reasons)</th>
        <td class='num' data-label='\(LifetimeWords.quiet(days))'>\(LifetimeWords.likely(customer.noPurchase))</td>
        <td class='num strong'>\(customer.historic)</td>
        <td class='num' data-label='\(LifetimeWords.future)'>\(customer.future)</td></tr>
      """
  }
}

/// Value so far and to come, by tenths of the customers.
struct ValueChart {
  private let tenths: [ValuePage.Tenth]
  private let currency: String

  init(_ model: ValuePage) {
    tenths = model.tenths
    currency = model.total.historic.currency
  }

  var html: HTML? {
    guard !tenths.isEmpty else { return nil }
    let unit = Money.unit(of: currency)
    func data(_ amount: (ValuePage.Sum) -> Money) -> HTML {
      "\(json: tenths.map { (Double(amount($0.sum).minor) / unit).rounded() })"
    }
    let option: HTML = #"""
      {"format":"money","currency":\#(json: currency),"grid":{"top":44},"legend":{"top":0,"left":0,"textStyle":{"color":"--ink-2"}},\#
      "xAxis":{"type":"category","data":\#(json: tenths.map { "\($0.number)" }),"name":"\#(LifetimeWords.tenthsAxis)",\#
      "nameLocation":"middle","nameGap":28},"yAxis":{"type":"value"},"series":[\#
      {"type":"bar","stack":"value","name":"\#(LifetimeWords.historic)","data":\#(data(\.historic)),"itemStyle":{"color":"--accent"}},\#
      {"type":"bar","stack":"value","name":"\#(LifetimeWords.future)","data":\#(data(\.future)),"itemStyle":{"color":"--class-b"}}]}
      """#
    return LifetimePieces.chart(
      "value-tenths", LifetimeWords.distribution, LifetimeWords.distributionSays(tenths), option,
      heads: [LifetimeWords.tenth, InsightWords.customers, LifetimeWords.historic, LifetimeWords.future],
      rows: tenths.map { ["\($0.number)", "\(Count($0.sum.customers))", "\($0.sum.historic)", "\($0.sum.future)"] })
  }
}
