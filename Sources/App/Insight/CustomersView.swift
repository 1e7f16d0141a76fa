import Analytics
import Store
import Web

enum CustomersView {
  static func page(_ model: CustomersPage, _ problems: Problems) -> Page {
    let title = SelectionTitle(model.selection)
    return Page(
      title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(InsightWords.title)'><a href='\(model.parameters.link(back(model)))'>\
      \(InsightWords.title) · \(model.method.rawValue.uppercased())</a>\(icon("chevron-right"))<span>\(title)</span></nav>
        <h1>\(title) <span class='count'>\(InsightWords.people(model.count))</span></h1>
        <p class='sub'>\(WhyWords.asOf(model.asOf, window: model.parameters.window, customers: model.outOf))\
      \(model.selection.segment.map { " · \(SegmentWords.meaning($0))" })</p>
      </div></header>
      \(model.selection.segment.map(advice))
      \(model.customers.isEmpty ? empty(model) : table(model))
      """)
  }

  private static func back(_ model: CustomersPage) -> String { "/insight/\(model.method.rawValue)" }

  private static func advice(_ segment: RFMSegment) -> HTML {
    "<div class='notice'>\(icon("info"))<div><strong>\(InsightWords.action)</strong> \(SegmentWords.action(segment))</div></div>"
  }

  private static func empty(_ model: CustomersPage) -> HTML {
    """
    <div class='empty'>\(icon("customers"))<h2>\(InsightWords.nobody)</h2><div class='actions'>\
    <a class='button primary' href='\(model.parameters.link(back(model)))'>\(InsightWords.backToAnalysis)</a></div></div>
    """
  }

  private static func table(_ model: CustomersPage) -> HTML {
    let word = model.method == .rfa ? InsightWords.quantity : (model.parameters.by ?? .amount).word
    let caption = InsightWords.people(model.count)
    let foot: HTML = """
      <tfoot><tr><th scope='row' colspan='3' class='lead'>\(InsightWords.total(model.count))</th>\
      <td class='num strong'>\(model.total)</td><td colspan='\(model.method == .abc ? 2 : 4)'></td></tr></tfoot>
      """
    return """
      <section class='panel'>\(model.method == .abc
        ? abcTable(model.customers, caption: caption, word, foot: foot)
        : scoreTable(model.customers, caption: caption, word, foot: foot))</section>
      \(pager(model))
      """
  }

  static func abcTable(_ customers: [AnalysedCustomer], caption: Word, _ value: Word, foot: HTML = "") -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain' data-rows><caption class='aside'>\(caption)</caption>
      <thead><tr><th scope='col' class='num'>#</th><th scope='col'>\(InsightWords.class)</th>
        <th scope='col'>\(InsightWords.customer)</th><th scope='col' class='num'>\(value)</th>
        <th scope='col' class='num'>\(InsightWords.share)</th>
        <th scope='col' class='num'>\(InsightWords.cumulative)</th></tr></thead>
      <tbody>\(customers.html(abcRow))</tbody>\(foot)
    </table></div>
    """
  }

  private static func abcRow(_ customer: AnalysedCustomer) -> HTML {
    """
    <tr data-row tabindex='-1'><td class='num fit soft off'>\(Count(customer.rank))</td>
      <td class='fit'>\(CustomerPieces.valueClass(customer.class?.rawValue ?? ""))</td>
      <th scope='row' class='lead'>\(CustomerPieces.link(customer.id, customer.name))</th>
      <td class='num strong'>\(customer.value)</td>
      <td class='num off'>\(Percent(customer.share ?? 0, places: 2))</td>
      <td class='num' data-label='\(InsightWords.cumulative)'>\(Percent(customer.cumulativeShare ?? 0, places: 2))</td></tr>
    """
  }

  private static func scoreTable(
    _ customers: [AnalysedCustomer], caption: Word, _ value: Word, foot: HTML
  ) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain' data-rows><caption class='aside'>\(caption)</caption>
      <thead><tr><th scope='col' class='num'>#</th><th scope='col'>\(InsightWords.scores)</th>
        <th scope='col'>\(InsightWords.customer)</th><th scope='col' class='num'>\(value)</th>
        <th scope='col' class='num'>\(InsightWords.frequency)</th>
        <th scope='col' class='num'>\(InsightWords.recency)</th>
        <th scope='col'>\(InsightWords.lastPurchase)</th><th scope='col'>\(InsightWords.segment)</th></tr></thead>
      <tbody>\(customers.html(scoreRow))</tbody>\(foot)
    </table></div>
    """
  }

  private static func scoreRow(_ customer: AnalysedCustomer) -> HTML {
    """
    <tr data-row tabindex='-1'><td class='num fit soft off'>\(Count(customer.rank))</td>
      <td class='fit'>\(CustomerPieces.scores(customer.r ?? 0, customer.f ?? 0, customer.m ?? 0))</td>
      <th scope='row' class='lead'>\(CustomerPieces.link(customer.id, customer.name))</th>
      <td class='num strong'>\(customer.value)</td>
      <td class='num' data-label='\(InsightWords.frequency)'>\(Count(customer.frequency ?? 0))</td>
      <td class='num' data-label='\(InsightWords.recency)'>\(Count(customer.recency ?? 0))</td>
      <td class='soft off'>\(customer.lastOn)</td>
      <td class='soft off'>\(customer.segment.map(SegmentWords.name))</td></tr>
    """
  }

  private static func pager(_ model: CustomersPage) -> HTML? {
    guard model.pages > 1 else { return nil }
    let first = (model.page - 1) * CustomersPage.size + 1
    let last = min(model.count, model.page * CustomersPage.size)
    return RankPager(
      position: InsightWords.position(first, last, of: model.count), page: model.page, pages: model.pages
    ) { number in
      let page = [(name: "page", value: "\(number)")]
      return model.parameters.link("\(back(model))/customers", model.selection.fields + page)
    }.html
  }
}

/// What a selection is called: `A 类`, `R 5 · F 4`, `重要价值客户`.
struct SelectionTitle: Localized {
  private let selection: Selection
  init(_ selection: Selection) { self.selection = selection }

  func text(for reader: Reader) -> String {
    var parts = [selection.class.map { InsightWords.classOf($0.rawValue).text(for: reader) }]
    parts.append(selection.segment.map { SegmentWords.name($0).text(for: reader) })
    parts += [("R", selection.r), ("F", selection.f), ("M", selection.m)].map { axis in
      axis.1.map { "\(axis.0) \($0)" }
    }
    let named = parts.compactMap(\.self)
    return named.isEmpty ? InsightWords.customers.text(for: reader) : named.joined(separator: " · ")
  }
}
