import Analytics
import Store
import Web

enum ChangesView {
  static func page(_ model: ChangesPage, _ problems: Problems) -> Page {
    Page(
      InsightWords.changesTab,
      """
      \(InsightPieces.head(InsightWords.changesTitle, tab: "changes", form(model, problems)))
      \(content(model))
      """)
  }

  private static func content(_ model: ChangesPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    return "<div class='columns two'>\(matrix(model))\(list(model))</div>"
  }

  private static func form(_ model: ChangesPage, _ problems: Problems) -> HTML {
    """
    <form class='params' method='get' action='/insight/changes'>
      \(InsightPieces.input("from", InsightWords.from, model.from.description, type: "date", problems))
      \(InsightPieces.input("to", InsightWords.to, model.to.description, type: "date", problems))
      \(InsightPieces.windowSelect(model.parameters.window, problems))
      \(InsightPieces.bySelect([.amount, .margin, .quantity], model.parameters.by, problems))
      <button class='button primary'>\(InsightWords.compare)</button>
    </form>
    """
  }

  private static func name(_ place: ChangesQuery.Place) -> Word {
    place == .none ? InsightWords.none : Word(same: place.rawValue)
  }

  private static func badge(_ place: ChangesQuery.Place) -> HTML {
    CustomerPieces.valueClass(place.valueClass?.rawValue ?? "")
  }

  /// -1 for a fall, 1 for a rise.
  private static func direction(_ before: ChangesQuery.Place, _ after: ChangesQuery.Place) -> Int {
    let order = ChangesQuery.Place.allCases
    return ((order.firstIndex(of: before) ?? 0) - (order.firstIndex(of: after) ?? 0)).signum()
  }

  private static func matrix(_ model: ChangesPage) -> HTML {
    let places = ChangesQuery.Place.allCases
    let rows = places.html { before in
      let cells = model.ways.filter { $0.before == before }.html { cell($0, model) }
      return "<tr><th scope='row'>\(name(before))</th>\(cells)</tr>"
    }
    func sum(_ wanted: Int) -> Count {
      Count(model.ways.filter { direction($0.before, $0.after) == wanted }.reduce(0) { $0 + $1.customers })
    }
    return """
      <section class='panel'><header><h2>\(InsightWords.matrix(model.from, model.to))</h2></header><div class='body'>
      <table class='grid-table'><caption class='aside'>\(InsightWords.changesTab)</caption>
        <thead><tr><td></td>\(places.html { "<th scope='col'>\(name($0))</th>" })</tr></thead>
        <tbody>\(rows)</tbody></table>
      <ul class='legend'><li class='up'>↑ \(InsightWords.rose) \(sum(1))</li>\
      <li class='down'>↓ \(InsightWords.fell) \(sum(-1))</li><li>\(InsightWords.stayed) \(sum(0))</li></ul>
      </div></section>
      """
  }

  private static func cell(_ way: ChangesPage.Way, _ model: ChangesPage) -> HTML {
    guard way.customers > 0 else { return "<td class='h0'><span>0</span></td>" }
    let direction = direction(way.before, way.after)
    let style = direction == 0 ? "stayed" : direction > 0 ? "moved-up" : "moved-down"
    let sign = direction == 0 ? "" : direction > 0 ? "↑ " : "↓ "
    let link = model.parameters.link("/insight/changes", before: way.before, after: way.after)
    return "<td class='\(style)'><a href='\(link)'>\(sign)\(Count(way.customers))</a></td>"
  }

  private static func list(_ model: ChangesPage) -> HTML {
    """
    <section class='panel'><header><h2>\(title(model)) <span class='count'>\(InsightWords.people(model.count))</span></h2>\
    \(model.parameters.before.map { _ in
      "<a href='\(model.parameters.link("/insight/changes"))'>\(InsightWords.all)</a>"
    })</header>
    \(model.moves.isEmpty ? "<div class='body'><p class='muted'>\(InsightWords.nobody)</p></div>" : table(model))
    \(pager(model).map { "<footer>\($0)</footer>" })</section>
    """
  }

  private static func title(_ model: ChangesPage) -> HTML {
    guard let before = model.parameters.before, let after = model.parameters.after else {
      return "\(InsightWords.largestChanges)"
    }
    return way(before, after)
  }

  private static func way(_ before: ChangesQuery.Place, _ after: ChangesQuery.Place) -> HTML {
    "<span class='move'>\(badge(before))\(icon("arrow-right"))\(badge(after))</span>"
  }

  private static func table(_ model: ChangesPage) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain' data-rows>
      <caption class='aside'>\(InsightWords.largestChanges)</caption>
      <thead><tr><th scope='col'>\(InsightWords.change)</th><th scope='col'>\(InsightWords.customer)</th>
        <th scope='col' class='num'>\(InsightWords.before)</th><th scope='col' class='num'>\(InsightWords.now)</th>
        <th scope='col' class='num'>\(InsightWords.difference)</th></tr></thead>
      <tbody>\(model.moves.html(row))</tbody></table></div>
    """
  }

  private static func row(_ move: ChangesPage.Move) -> HTML {
    let fell: HTML = move.difference.number < 0 ? " minus" : ""
    let plus = move.difference.number > 0 ? "+" : ""
    return """
      <tr data-row tabindex='-1'><td class='fit'>\(way(move.before, move.after))</td>
        <th scope='row' class='lead'>\(CustomerPieces.link(move.id, move.name))</th>
        <td class='num' data-label='\(InsightWords.before)'>\(value(move.before, move.valueBefore))</td>
        <td class='num' data-label='\(InsightWords.now)'>\(value(move.after, move.valueAfter))</td>
        <td class='num strong\(fell)'>\(plus)\(move.difference)</td></tr>
      """
  }

  /// Who had no order has no value either.
  private static func value(_ place: ChangesQuery.Place, _ figure: Figure) -> HTML {
    place == .none ? "–" : "\(figure)"
  }

  private static func pager(_ model: ChangesPage) -> HTML? {
    guard model.pages > 1 else { return nil }
    let first = (model.page - 1) * ChangesPage.size + 1
    let position = InsightWords.position(
      first, min(model.count, first + ChangesPage.size - 1), of: model.count)
    return RankPager(position: position, page: model.page, pages: model.pages) { number in
      model.parameters.link(
        "/insight/changes", before: model.parameters.before, after: model.parameters.after, page: number)
    }.html
  }
}
