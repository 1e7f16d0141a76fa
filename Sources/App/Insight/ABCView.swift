import Analytics
import Store
import Web

enum ABCView {
  static func page(_ model: ABCPage, _ problems: Problems) -> Page {
    Page(
      InsightWords.abcTitle, needs: [.charts],
      """
      \(InsightPieces.head(InsightWords.abcTitle, tab: "abc", form(model, problems)))
      \(content(model))
      """)
  }

  private static func content(_ model: ABCPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard model.customers > 0 else { return InsightPieces.nothingInWindow("/insight/abc") }
    return """
      \(stats(model))
      \(model.walkIn.map { "<p class='muted'>\($0.sentence)</p>" })
      <div class='columns two'>
        <section class='panel'><div class='body'>\(ConcentrationChart(model).html)</div></section>
        <div class='stack'>\(classes(model))\(largest(model))</div>
      </div>
      """
  }

  private static func form(_ model: ABCPage, _ problems: Problems) -> HTML {
    let query = model.parameters
    let percent: HTML = " min='0' max='100' step='any' inputmode='decimal'"
    let a = query.a.map(AnalysisQuery.plain) ?? "80"
    let b = query.b.map(AnalysisQuery.plain) ?? "95"
    return """
      <form class='params' method='get' action='/insight/abc'>
        \(InsightPieces.input("as_of", InsightWords.asOf, model.asOf.description, type: "date", problems))
        \(InsightPieces.windowSelect(query.window, problems))
        \(InsightPieces.bySelect([.amount, .margin, .quantity], query.by, problems))
        \(InsightPieces.input("a", InsightWords.cutA, a, type: "number", problems, slim: true, more: percent))
        \(InsightPieces.input("b", InsightWords.cutB, b, type: "number", problems, slim: true, more: percent))
        <button class='button primary'>\(InsightWords.compute)</button>
      </form>
      """
  }

  private static func link(_ model: ABCPage, _ valueClass: ValueClass?) -> String {
    model.parameters.link("/insight/abc/customers", Selection(class: valueClass).fields)
  }

  private static func asOf(_ model: ABCPage) -> Word {
    WhyWords.asOf(model.asOf, window: model.parameters.window, customers: model.customers)
  }

  private static func stats(_ model: ABCPage) -> HTML {
    let total = Why(id: "why-total", title: WhyWords.total, text: WhyWords.totalText, asOf: asOf(model))
    let gini = Why(
      id: "why-gini", title: WhyWords.gini, text: WhyWords.giniText, formula: "\(WhyWords.giniFormula)",
      asOf: asOf(model))
    let classA = model.classes.first
    let shares: Word? = classA.map { InsightWords.bring(Figures.percent($0.shareOfValue)) }
    return """
      <dl class='stats'>
        \(InsightPieces.stat(InsightWords.customers, nil,
          "<a href='\(link(model, nil))'>\(Count(model.customers))</a>", note: InsightWords.ordered))
        \(InsightPieces.stat((model.parameters.by ?? .amount).word, total, "\(model.total)"))
        \(InsightPieces.stat(InsightWords.classA, nil, """
          <a href='\(link(model, .a))'>\(Count(classA?.customers ?? 0))</a> \
          <small>\(Percent(classA?.shareOfCustomers ?? 0))</small>
          """, note: shares))
        \(InsightPieces.stat(InsightWords.gini, gini,
          "\(model.gini.map { Figures.decimal(Int64(($0 * 1000).rounded()), places: 3) } ?? "–")",
          note: InsightWords.giniNote))
      </dl>
      """
  }

  private static func classes(_ model: ABCPage) -> HTML {
    let cuts = [model.parameters.a ?? 80, model.parameters.b ?? 95].map { AnalysisQuery.plain($0) + "%" }
    let why = Why(
      id: "why-abc", title: WhyWords.abc, text: WhyWords.abcText, formula: "\(WhyWords.abcFormula)",
      facts: [(WhyWords.cutA, "\(cuts[0])"), (WhyWords.cutB, "\(cuts[1])")], asOf: asOf(model))
    return """
      <section class='panel'><header><h2>\(InsightWords.threeClasses) \(why.html)</h2>\
      <span class='muted'>\(InsightWords.abcCutsAre(cuts[0], cuts[1]))</span></header>
      <div class='table-wrap'><table class='table cards plain'>
        <caption class='aside'>\(InsightWords.threeClasses)</caption>
        <thead><tr><th scope='col'>\(InsightWords.class)</th><th scope='col'>\(InsightWords.customers)</th>
          <th scope='col' class='num'>\(InsightWords.share)</th>
          <th scope='col' class='num'>\((model.parameters.by ?? .amount).word)</th>
          <th scope='col' class='num'>\(InsightWords.share)</th>
          <th scope='col'><span class='aside'>\(InsightWords.bar)</span></th>
          <th scope='col' class='num'>\(InsightWords.range)</th></tr></thead>
        <tbody>\(model.classes.html { classRow($0, link(model, $0.class)) })</tbody>
      </table></div></section>
      """
  }

  private static func classRow(_ total: ABCPage.ClassTotal, _ link: String) -> HTML {
    let range: HTML? = total.least.map { "\(RoundFigure($0)) – \(total.greatest.map { RoundFigure($0) })" }
    return """
      <tr><td class='fit'>\(CustomerPieces.valueClass(total.class.rawValue))</td>
        <th scope='row' class='lead'><a href='\(link)'>\(Count(total.customers))<span class='narrow'> \(InsightWords.unit(total.customers))</span></a></th>
        <td class='num' data-label='\(InsightWords.shareOfCustomers)'>\(Percent(total.shareOfCustomers))</td>
        <td class='num strong'>\(total.value)</td>
        <td class='num' data-label='\(InsightWords.shareOfValue)'>\(Percent(total.shareOfValue))</td>
        <td class='row off'>\(InsightPieces.bar(total.shareOfValue, total.class.rawValue.lowercased()))</td>
        <td class='num soft' data-label='\(InsightWords.range)'>\(range)</td></tr>
      """
  }

  private static func largest(_ model: ABCPage) -> HTML {
    """
    <section class='panel'><header><h2>\(InsightWords.largest)</h2>\
    <a href='\(link(model, nil))'>\(InsightWords.all)</a></header>
    \(CustomersView.abcTable(model.largest, caption: InsightWords.largest, (model.parameters.by ?? .amount).word))</section>
    """
  }
}
