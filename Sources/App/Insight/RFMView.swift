import Analytics
import Store
import Web

enum RFMView {
  static func page(_ model: RFMPage, _ problems: Problems) -> Page {
    let head = InsightPieces.head(InsightWords.rfmTitle, tab: model.method.rawValue, form(model, problems))
    return Page(
      Word(same: model.method.rawValue.uppercased()),
      """
      \(head)
      \(content(model))
      """)
  }

  private static func content(_ model: RFMPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard model.customers > 0 else {
      return InsightPieces.nothingInWindow("/insight/\(model.method.rawValue)")
    }
    return """
      \(model.walkIn.map { "<p class='muted'>\($0.sentence)</p>" })
      <div class='columns two'>
        <div class='stack'>\(grid(model))\(ScoreTable(model, link: { link(model, $0) }, asOf: asOf(model)).html)</div>
        <div class='stack'>\(segments(model))</div>
      </div>
      """
  }

  private static func link(_ model: RFMPage, _ selection: Selection) -> String {
    model.parameters.link("/insight/\(model.method.rawValue)/customers", selection.fields)
  }

  private static func asOf(_ model: RFMPage) -> Word {
    WhyWords.asOf(model.asOf, window: model.parameters.window, customers: model.customers)
  }

  private static func form(_ model: RFMPage, _ problems: Problems) -> HTML {
    let query = model.parameters
    let by = model.method == .rfa ? nil : InsightPieces.bySelect([.amount, .margin], query.by, problems)
    let cuts: [(value: String, word: Word)] = [
      (AnalysisQuery.Cuts.quantile.rawValue, InsightWords.quantile),
      (AnalysisQuery.Cuts.fixed.rawValue, InsightWords.fixed),
    ]
    return """
      <form class='params' method='get' action='/insight/\(model.method.rawValue)'>
        \(InsightPieces.input("as_of", InsightWords.asOf, model.asOf.description, type: "date", problems))
        \(InsightPieces.windowSelect(query.window, problems))\(by)
        \(InsightPieces.select("cuts", InsightWords.cuts, problems, cuts, chosen: (query.cuts ?? .quantile).rawValue))
        \(fixedCuts(model, problems))
        <button class='button primary'>\(InsightWords.compute)</button>
      </form>
      """
  }

  /// Shown only where fixed cuts are in use; choosing them and computing brings the fields, filled in with
  /// values that people use.
  private static func fixedCuts(_ model: RFMPage, _ problems: Problems) -> HTML? {
    let query = model.parameters
    guard query.cuts == .fixed else { return nil }
    let third = model.method == .rfa ? InsightWords.quantityCuts : InsightWords.valueCuts
    return """
      \(InsightPieces.input("recency_cuts", InsightWords.recencyCuts, query.recencyCuts, type: "text", problems))
      \(InsightPieces.input("frequency_cuts", InsightWords.frequencyCuts, query.frequencyCuts, type: "text", problems))
      \(InsightPieces.input("value_cuts", third, query.valueCuts, type: "text", problems))
      """
  }

  private static func grid(_ model: RFMPage) -> HTML {
    let most = model.grid.map(\.customers).max() ?? 0
    let rows = (1...5).reversed().html { r in
      let cells = model.grid.filter { $0.r == r }.html { cell($0, most: most, model) }
      return "<tr><th scope='row'>R \(r)</th>\(cells)</tr>"
    }
    return """
      <section class='panel'><header><h2>\(InsightWords.grid)</h2>\
      <span class='muted wide'>\(InsightWords.gridHint)</span></header><div class='body'>
      <table class='grid-table'><caption class='aside'>\(InsightWords.gridCaption)</caption>
        <thead><tr><td></td>\((1...5).html { "<th scope='col'>F \($0)</th>" })</tr></thead>
        <tbody>\(rows)</tbody></table>
      <p class='axis-title'>\(InsightWords.gridAxes)</p></div></section>
      """
  }

  private static func cell(_ cell: RFMPage.Cell, most: Int, _ model: RFMPage) -> HTML {
    guard cell.customers > 0 else { return "<td class='h0'><span>0</span></td>" }
    let heat = min(7, max(1, (cell.customers * 7 + most - 1) / max(1, most)))
    return """
      <td class='h\(heat)'><a href='\(link(model, Selection(r: cell.r, f: cell.f)))' \
      title='\(SegmentWords.name(cell.segment))'>\(Count(cell.customers))<small>\(RoundFigure(cell.value))</small></a></td>
      """
  }

  private static func segments(_ model: RFMPage) -> HTML {
    let word = model.method == .rfa ? InsightWords.quantity : (model.parameters.by ?? .amount).word
    return """
      <section class='panel'><header><h2>\(InsightWords.segments)</h2>\
      <span class='muted'>\(InsightWords.people(model.customers)) · \(model.total)</span></header>
      <div class='table-wrap'><table class='table cards plain' data-rows>
        <caption class='aside'>\(InsightWords.segments)</caption>
        <thead><tr><th scope='col'>\(InsightWords.segment)</th>
          <th scope='col' class='num'>\(InsightWords.customers)</th>
          <th scope='col' class='num'>\(InsightWords.share)</th><th scope='col' class='num'>\(word)</th>
          <th scope='col' class='num'>\(InsightWords.medianRecency)</th></tr></thead>
        <tbody>\(model.segments.html { segmentRow($0, link(model, Selection(segment: $0.segment))) })</tbody>
      </table></div></section>
      """
  }

  private static func segmentRow(_ total: RFMPage.SegmentTotal, _ link: String) -> HTML {
    let name: HTML =
      total.customers == 0
      ? "\(SegmentWords.name(total.segment))" : "<a href='\(link)'>\(SegmentWords.name(total.segment))</a>"
    return """
      <tr data-row tabindex='-1'><th scope='row' class='lead'>\(name)\
      <span class='more'>\(SegmentWords.meaning(total.segment)) · \(SegmentWords.action(total.segment))</span></th>
        <td class='num' data-label='\(InsightWords.customers)'>\(Count(total.customers))</td>
        <td class='num off'>\(Percent(total.share))</td>
        <td class='num strong'>\(total.value)</td>
        <td class='num' data-label='\(InsightWords.medianRecency)'>\(total.medianRecency.map { Count($0) })</td></tr>
      """
  }
}
