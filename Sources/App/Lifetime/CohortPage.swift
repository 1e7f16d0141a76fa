import Analytics
import Store
import Web

struct CohortQuery: Codable, Equatable, Sendable {
  enum Show: String, Codable, CaseIterable, Sendable { case retention, orders, revenue, value }

  var by: CohortPeriod?
  var show: Show?
  var asOf: Day?
  var segment: RFMSegment?
  var region: String?
  var owner: User.ID?

  var value: ValueQuery { ValueQuery(asOf: asOf, segment: segment, region: region, owner: owner) }
}

/// Customers by the period of their first purchase, followed through the periods after it.
struct CohortPage: Codable, Equatable, Sendable {
  struct Cell: Codable, Equatable, Sendable {
    let active: Int
    let retention: Double?
    let orders: Int
    let revenue: Money
    let valuePerCustomer: Money?
    let isRunning: Bool
  }

  struct Row: Codable, Equatable, Sendable {
    let name: String
    let start: Day
    /// First days of the periods after it, as many as there are cells.
    let ends: [Day]
    let acquired: Int
    let cells: [Cell]
  }

  /// Who has come back within so many days.
  struct Return: Codable, Equatable, Sendable {
    let days: Int
    let share: Double
    let lower: Double?
    let upper: Double?
  }

  var query: CohortQuery
  let asOf: Day
  let rows: [Row]
  /// All cohorts together, by age.
  let overall: [Cell]
  let buyers: Int
  let repeated: Int
  let medianDays: Int?
  let returns: [Return]
  let owners: [CustomerList.Choice]
  let regions: [CustomerList.Choice]
  let hasOrders: Bool

  init(
    _ study: CohortStudy, _ query: CohortQuery, hasOrders: Bool, currency: String, in tx: Transaction
  ) throws {
    func cell(_ cell: CohortTriangle.Cell) -> Cell {
      Cell(
        active: cell.active, retention: cell.retention, orders: cell.orders, revenue: Money(cell.revenue, currency),
        valuePerCustomer: cell.valuePerCustomer.map { Money($0, currency) }, isRunning: cell.isRunning)
    }
    self.query = query
    asOf = study.asOf
    rows = study.triangle.cohorts.filter { $0.acquired > 0 }.map { cohort in
      let start = Day(number: cohort.start)
      return Row(
        name: study.period.name(of: start), start: start,
        ends: cohort.cells.indices.map { study.period.day(after: start, periods: $0 + 1) }, acquired: cohort.acquired,
        cells: cohort.cells.map(cell))
    }
    overall = study.triangle.overall.map(cell)
    (buyers, repeated, medianDays) = (study.repeats.buyers, study.repeats.repeated, study.repeats.median)
    returns = Self.thinned(study.repeats.waiting.steps)
    owners = try tx.ask(CustomerList.Choice.owners)
    regions = CustomerList.Choice.regions
    self.hasOrders = hasOrders
  }

  private static let mostReturns = 200

  /// As many as a screen can show.
  private static func thinned(_ steps: [KaplanMeier.Step]) -> [Return] {
    let stride = max(1, (steps.count + mostReturns - 1) / mostReturns)
    return steps.enumerated().filter { $0.offset % stride == 0 || $0.offset == steps.count - 1 }.map { _, step in
      Return(
        days: step.time, share: 1 - step.survival, lower: step.band.map { 1 - $0.upperBound },
        upper: step.band.map { 1 - $0.lowerBound })
    }
  }
}

enum CohortView {
  private typealias Words = LifetimeWords

  static func page(_ model: CohortPage, _ problems: Problems) -> Page {
    Page(
      Words.cohortsTitle, needs: [.charts],
      """
      \(InsightPieces.head(Words.cohortsTitle, tab: "cohorts", form(model, problems)))
      \(content(model))
      """)
  }

  private static func content(_ model: CohortPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard !model.rows.isEmpty else { return InsightPieces.nothingInWindow("/insight/cohorts") }
    return "\(triangle(model))<section class='panel'><div class='body'>\(ReturnChart(model).html)</div></section>"
  }

  private static func form(_ model: CohortPage, _ problems: Problems) -> HTML {
    let query = model.query
    return """
      <form class='params' method='get' action='/insight/cohorts'>
        \(InsightPieces.input("as_of", InsightWords.asOf, model.asOf.description, type: "date", problems))
        \(InsightPieces.select("by", InsightWords.by, problems,
          CohortPeriod.allCases.map { ($0.rawValue, Words.period($0)) }, chosen: (query.by ?? .month).rawValue))
        \(InsightPieces.select("show", Words.shown, problems,
          CohortQuery.Show.allCases.map { ($0.rawValue, Words.show($0)) }, chosen: (query.show ?? .retention).rawValue))
        \(LifetimePieces.filters(query.value, model.owners, model.regions, problems))
        <button class='button primary'>\(InsightWords.compute)</button>
      </form>
      """
  }

  private static func triangle(_ model: CohortPage) -> HTML {
    let ages = model.rows.map(\.cells.count).max() ?? 0
    let show = model.query.show ?? .retention
    let most = model.rows.flatMap { $0.cells.dropFirst() }.map { weight($0, show) }.max() ?? 0
    let rows = model.rows.html { row in
      """
      <tr><th scope='row'>\(row.name)</th><td class='num'>\(Count(row.acquired))</td>\
      \(row.cells.enumerated().html { cell($1, age: $0, show, most: most, link: link(model, row, age: $0)) })</tr>
      """
    }
    let why = Why(
      id: "why-cohorts", title: Words.show(show), text: Words.cohortsText(show),
      asOf: WhyWords.asOf(
        model.asOf, window: nil, customers: model.buyers))
    return """
      <section class='panel'><header><h2>\(Words.triangle) \(why.html)</h2>\
      <span class='muted wide'>\(Words.triangleHint(model.query.by ?? .month))</span></header>
      <div class='table-wrap' tabindex='0' role='region' aria-label='\(Words.triangle)'>
      <table class='table compact triangle'><caption class='aside'>\(Words.triangle)</caption>
        <thead><tr><th scope='col'>\(Words.cohort)</th><th scope='col' class='num'>\(InsightWords.customers)</th>\
      \((0..<ages).html { "<th scope='col' class='num'>\(Count($0))</th>" })</tr></thead>
        <tbody>\(rows)</tbody>
        <tfoot><tr><th scope='row'>\(Words.together)</th><td></td>\
      \(model.overall.enumerated().html { cell($1, age: $0, show, most: most) })</tr></tfoot></table></div></section>
      """
  }

  private static func weight(_ cell: CohortPage.Cell, _ show: CohortQuery.Show) -> Double {
    switch show {
    case .retention: cell.retention ?? 0
    case .orders: Double(cell.orders)
    case .revenue: Double(max(cell.revenue.minor, 0))
    case .value: Double(max(cell.valuePerCustomer?.minor ?? 0, 0))
    }
  }

  /// Those of the cohort who bought in a period.
  private static func link(_ model: CohortPage, _ row: CohortPage.Row, age: Int) -> String? {
    guard row.cells[age].active > 0, let end = row.ends.first else { return nil }
    var query = model.query.value
    (query.began, query.beganBefore) = (row.start, end)
    if age > 0 { (query.bought, query.boughtBefore) = (row.ends[age - 1], row.ends[age]) }
    return query.link("/insight/value/customers")
  }

  private static func cell(
    _ cell: CohortPage.Cell, age: Int, _ show: CohortQuery.Show, most: Double, link: String? = nil
  ) -> HTML {
    let share = most > 0 ? min(weight(cell, show) / most, 1) : 0
    let heat = age == 0 && show != .value ? 0 : min(7, max(share > 0 ? 1 : 0, Int((share * 7).rounded(.up))))
    let text: HTML =
      switch show {
      case .retention: "\(cell.retention.map { Percent($0, places: 0) })"
      case .orders: "\(Count(cell.orders))"
      case .revenue: "\(RoundMoney(cell.revenue))"
      case .value: "\(cell.valuePerCustomer.map(RoundMoney.init))"
      }
    let running: HTML = cell.isRunning ? " running" : ""
    let content: HTML = link.map { "<a href='\($0)'>\(text)</a>" } ?? text
    return "<td class='num h\(heat)\(running)'>\(content)</td>"
  }
}

/// How soon customers buy a second time.
struct ReturnChart {
  private let model: CohortPage

  init(_ model: CohortPage) { self.model = model }

  var html: HTML {
    let says = LifetimeWords.cohortsSay(buyers: model.buyers, repeated: model.repeated, median: model.medianDays)
    func points(_ share: (CohortPage.Return) -> Double?) -> HTML {
      "\(json: model.returns.compactMap { step in share(step).map { [Double(step.days), ($0 * 10_000).rounded() / 10_000] } })"
    }
    let option: HTML = #"""
      {"format":"percent","xAxis":{"type":"value","min":0,"format":"count","name":"\#(LifetimeWords.daysAfterFirst)",\#
      "nameLocation":"middle","nameGap":28},"yAxis":{"type":"value","min":0},"series":[\#
      {"type":"line","step":"end","name":"\#(LifetimeWords.backAgain)","data":\#(points(\.share)),"showSymbol":false,\#
      "lineStyle":{"width":2.5,"color":"--accent"},"itemStyle":{"color":"--accent"}},\#
      {"type":"line","step":"end","name":"\#(LifetimeWords.lower)","data":\#(points(\.lower)),"showSymbol":false,\#
      "lineStyle":{"width":1,"type":"dotted","color":"--ink-3"},"itemStyle":{"color":"--ink-3"}},\#
      {"type":"line","step":"end","name":"\#(LifetimeWords.upper)","data":\#(points(\.upper)),"showSymbol":false,\#
      "lineStyle":{"width":1,"type":"dotted","color":"--ink-3"},"itemStyle":{"color":"--ink-3"}}]}
      """#
    let step = max(1, model.returns.count / 20)
    let rows = model.returns.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    return LifetimePieces.chart(
      "returns", LifetimeWords.backAgain, says, option,
      heads: [LifetimeWords.daysAfterFirst, LifetimeWords.backAgain, LifetimeWords.lower, LifetimeWords.upper],
      rows: rows.map {
        [
          "\(Count($0.days))", "\(Percent($0.share))", "\($0.lower.map { Percent($0) })",
          "\($0.upper.map { Percent($0) })",
        ]
      })
  }
}
