import Analytics
import Store
import Web

enum OutlookView {
  private typealias Words = OutlookWords

  static func page(_ model: OutlookPage, _ problems: Problems) -> Page {
    Page(
      Words.title, needs: [.charts],
      """
      \(InsightPieces.head(Words.title, tab: "outlook", form(model, problems)))
      \(content(model))
      """)
  }

  private static func form(_ model: OutlookPage, _ problems: Problems) -> HTML? {
    guard let day = model.query.asOf ?? model.asOf else { return nil }
    return """
      <form class='params' method='get' action='/insight/outlook'>
        \(InsightPieces.input("as_of", InsightWords.asOf, day.description, type: "date", problems))
        <button class='button primary'>\(InsightWords.compute)</button>
      </form>
      """
  }

  private static func content(_ model: OutlookPage) -> HTML {
    guard let day = model.asOf else { return InsightPieces.noOrders }
    guard let year = model.year else {
      return """
        <div class='empty'>\(icon("calendar"))<h2>\(model.problem)</h2></div>
        \(model.olderCustomers.map { LifetimePieces.remark(Words.older($0)) })
        """
    }
    return """
      \(stats(year))
      <section class='panel'><div class='body'>
        <p>\(Words.upTo(day, months: model.wholeMonths))</p><p class='muted'>\(Words.explained)</p>
        \(remarks(model).html(LifetimePieces.remark))</div></section>
      <div class='columns two'>
        \(year.sales == nil ? .empty : panel(OutlookChart(salesOf: model)))
        \(panel(OutlookChart(purchasesOf: model)))
      </div>
      <div class='columns two'>
        \(model.salesJudged.flatMap { judged($0, of: Words.sales) { "\(money($0, like: year.sales))" } })
        \(model.purchasesJudged.flatMap { judged($0, of: Words.purchases) { "\(Figures.decimal($0, places: 1))" } })
      </div>
      """
  }

  private static func panel(_ chart: OutlookChart) -> HTML {
    "<section class='panel'><div class='body'>\(chart.html)</div></section>"
  }

  private static func stats(_ year: OutlookPage.Year) -> HTML {
    let purchases = year.purchases
    let sales: HTML? = year.sales.map { sales in
      stats(
        Words.sales, "\(RoundMoney(sales.expected))",
        range("\(RoundMoney(sales.lower80))", "\(RoundMoney(sales.upper80))"),
        range("\(RoundMoney(sales.lower))", "\(RoundMoney(sales.upper))"))
    }
    return """
      <dl class='stats'>\(sales ?? .empty)\(stats(
        Words.purchases, "\(Figures.decimal(purchases.expected, places: 0))",
        range("\(Count(purchases.lower80))", "\(Count(purchases.upper80))"),
        range("\(Count(purchases.lower))", "\(Count(purchases.upper))")))</dl>
      """
  }

  /// Where it takes two lines it breaks between the ends.
  private static func range(_ lower: HTML, _ upper: HTML) -> HTML {
    "<span class='nowrap'>\(lower) –</span> <span class='nowrap'>\(upper)</span>"
  }

  private static func stats(_ name: Word, _ expected: HTML, _ range80: HTML, _ range95: HTML) -> HTML {
    """
    \(InsightPieces.stat(name, nil, expected, note: Words.allTwelve))\
    \(InsightPieces.stat(Words.range80, nil, range80, note: name))\
    \(InsightPieces.stat(Words.range95, nil, range95, note: name))
    """
  }

  /// What should be known of the firm to read the numbers.
  private static func remarks(_ model: OutlookPage) -> [Word] {
    var remarks: [Word] = []
    if let season = model.season {
      remarks.append(season.contains { $0 != season[0] } ? Words.season(season) : Words.noSeason)
      if model.poolsNewYear { remarks.append(Words.newYear) }
    } else {
      remarks.append(Words.seasonUnknown)
    }
    if model.wholeMonths < 12 { remarks.append(Words.shortHistory) }
    if model.year?.sales == nil { remarks.append(Words.noSales) }
    if let older = model.olderCustomers { remarks.append(Words.older(older)) }
    return remarks
  }

  /// So many units of the currency.
  private static func money(_ units: Double, like sales: OutlookPage.Sales?) -> RoundMoney? {
    sales.map { sales in
      let currency = sales.expected.currency
      return RoundMoney(Money(Int64(nearest: units * Money.unit(of: currency)), currency))
    }
  }

  /// - Parameters:
  ///   - quantity: what was foreseen.
  ///   - off: how its errors are written.
  private static func judged(
    _ judged: OutlookPage.Judged, of quantity: Word, off: (Double) -> HTML
  ) -> HTML? {
    guard !judged.trials.isEmpty else { return nil }
    let title: HTML = "\(Words.trust) · \(quantity)"
    return """
      <section class='panel'><header><h2>\(title)</h2></header>
      <div class='body'>\(Words.reason(judged).map { "<p>\($0)</p>" })\(Words.held(judged).map { "<p>\($0)</p>" })</div>
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(title)</caption>
        <thead><tr><th scope='col'>\(Words.method)</th><th scope='col' class='num'>\(Words.forecasts)</th>
          <th scope='col' class='num'>\(Words.off)</th><th scope='col' class='num'>\(Words.offShare)</th></tr></thead>
        <tbody>\(judged.trials.html { trial($0, off: off($0.meanAbsoluteError)) })</tbody></table></div></section>
      """
  }

  private static func trial(_ trial: OutlookPage.Trial, off: HTML) -> HTML {
    let share = trial.meanAbsolutePercentageError.map { Percent($0) }
    let used: HTML = trial.isUsed ? " <span class='badge good'>\(Words.used)</span>" : .empty
    return """
      <tr><th scope='row' class='lead'>\(trial.method)\(used)</th>
        <td class='num' data-label='\(Words.forecasts)'>\(Count(trial.forecasts))</td>
        <td class='num strong'>\(off)</td>
        <td class='num' data-label='\(Words.offShare)'>\(share)</td></tr>
      """
  }
}
