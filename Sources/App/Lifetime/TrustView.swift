import Analytics
import Store
import Web

/// How far the forecasts held, for who has to act on them.
enum TrustView {
  private typealias Words = TrustWords

  static func badge(_ verdict: ForecastTrust.Verdict) -> HTML {
    let colour = verdict == .good ? "good" : verdict == .weak ? "warn" : ""
    return "<span class='badge \(colour)'>\(Words.verdict(verdict))</span>"
  }

  /// The one sentence of the page, and by how much the forecast was off.
  static func verdict(_ trust: ForecastTrust) -> HTML {
    let latest = trust.cuts.first
    let errors = latest.flatMap { cut in
      cut.inUse.map { Words.errors($0, beside: cut.forecasts.filter(\.isBaseline)) }
    }
    return "<p>\(badge(trust.verdict)) <strong>\(trust.sentence)</strong> \(errors)</p>"
  }

  static func content(_ trust: ForecastTrust) -> HTML {
    """
    \(trust.cuts.isEmpty ? .empty : cuts(trust.cuts))
    \(trust.cuts.first.map { latest($0, trust.tenths) })
    \(LeavingTrustView.panel(trust))
    \(trust.season.map { "<section class='panel'><div class='body'>\(SeasonChart(factors: $0).html)</div></section>" })
    """
  }

  private static func cuts(_ cuts: [ForecastTrust.Cut]) -> HTML {
    """
    <section class='panel'><header><h2>\(Words.title)</h2></header>
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.title)</caption>
      <thead><tr><th scope='col'>\(Words.time)</th><th scope='col' class='num'>\(Words.foreseen)</th>
        <th scope='col' class='num'>\(Words.happened)</th><th scope='col' class='num'>\(Words.share)</th>
        <th scope='col' class='num'>\(Words.error)</th><th scope='col' class='num'>\(Words.sameCount)</th>
        <th scope='col' class='num'>\(Words.sameRate)</th><th scope='col' class='num'>\(Words.within95)</th>
        <th scope='col' class='num'>\(Words.within80)</th></tr></thead>
      <tbody>\(cuts.html(cut))</tbody></table></div>
    <footer>\(LifetimePieces.remark(Words.wholeCounts))</footer></section>
    """
  }

  private static func cut(_ cut: ForecastTrust.Cut) -> HTML {
    guard let used = cut.inUse else { return .empty }
    func baseline(_ kind: PurchaseModelKind) -> HTML {
      cut.forecasts.first { $0.kind == kind }.map { error($0) } ?? "–"
    }
    return """
      <tr><th scope='row' class='lead'>\(cut.until.adding(days: 1)) – \(cut.end) \(badge(cut.verdict))\
      <span class='more'>\(cut.sentence)</span></th>
        <td class='num strong' data-label='\(Words.foreseen)'>\(Figures.decimal(used.foreseen, places: 0))</td>
        <td class='num' data-label='\(Words.happened)'>\(Count(cut.happened))</td>
        <td class='num' data-label='\(Words.share)'>\(share(used.share))</td>
        <td class='num' data-label='\(Words.error)'>\(error(used))</td>
        <td class='num' data-label='\(Words.sameCount)'>\(baseline(.sameCount))</td>
        <td class='num' data-label='\(Words.sameRate)'>\(baseline(.sameRate))</td>
        <td class='num' data-label='\(Words.within95)'>\(Percent(used.held95))</td>
        <td class='num' data-label='\(Words.within80)'>\(Percent(used.held80))</td></tr>
      """
  }

  private static func error(_ forecast: ForecastTrust.Forecast) -> HTML {
    "\(Figures.decimal(forecast.meanAbsoluteError, places: 2))"
  }

  static func share(_ share: Double?) -> HTML { share.map { "\(Percent($0))" } ?? "–" }

  private static func latest(_ cut: ForecastTrust.Cut, _ tenths: [Int]) -> HTML {
    """
    <div class='columns two'>
      <section class='panel'><div class='body'>\(TenthsChart(tenths: tenths).html)</div></section>
      <section class='panel'><header><h2>\(Words.allForecasts)</h2></header>
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.allForecasts)</caption>
        <thead><tr><th scope='col'>\(LifetimeWords.forecast)</th><th scope='col' class='num'>\(Words.share)</th>
          <th scope='col' class='num'>\(Words.error)</th><th scope='col' class='num'>\(LifetimeWords.interval)</th>
          <th scope='col' class='num'>\(Words.interval80)</th></tr></thead>
        <tbody>\(cut.forecasts.sorted { $0.meanAbsoluteError < $1.meanAbsoluteError }.html(forecast))</tbody></table></div></section>
    </div>
    """
  }

  private static func forecast(_ forecast: ForecastTrust.Forecast) -> HTML {
    """
    <tr><th scope='row' class='lead'>\(forecast.model)\
    \(forecast.isInUse ? " <span class='badge info'>\(Words.inUse)</span>" : .empty)</th>
      <td class='num strong' data-label='\(Words.share)'>\(share(forecast.share))</td>
      <td class='num' data-label='\(Words.error)'>\(error(forecast))</td>
      <td class='num' data-label='\(LifetimeWords.interval)'>\(Percent(forecast.held95))</td>
      <td class='num' data-label='\(Words.interval80)'>\(Percent(forecast.held80))</td></tr>
    """
  }
}

/// How well leaving was foretold; a sentence where that is not known.
enum LeavingTrustView {
  private typealias Words = TrustWords

  static func panel(_ trust: ForecastTrust) -> HTML {
    guard let leaving = trust.leaving else {
      return """
        <section class='panel'><header><h2>\(Words.leavingTitle)</h2></header>
        <div class='body'><p>\(trust.noLeaving)</p></div></section>
        """
    }
    return """
      <div class='columns two'>
        <section class='panel'><header><h2>\(Words.leavingTitle)</h2></header>
        <div class='body'><p>\(Words.leavingJudged(leaving))</p>
          <ul class='reasons'>\(leaving.sentences.html { "<li>\($0)</li>" })</ul></div></section>
        \(rankings(leaving.rankings))
      </div>
      \(bands(leaving.bands))
      """
  }

  private static func bands(_ bands: [LeavingTrust.Band]) -> HTML {
    """
    <section class='panel'><header><h2>\(Words.bandsTitle)</h2></header>
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.bandsTitle)</caption>
      <thead><tr><th scope='col'>\(Words.probability)</th><th scope='col' class='num'>\(InsightWords.customers)</th>
        <th scope='col' class='num'>\(Words.foretold)</th><th scope='col' class='num'>\(Words.silentOf)</th>
        <th scope='col' class='num'>\(Words.chance)</th><th scope='col'>\(Words.holds)</th></tr></thead>
      <tbody>\(bands.filter { $0.customers > 0 }.html(band))</tbody></table></div></section>
    """
  }

  private static func band(_ band: LeavingTrust.Band) -> HTML {
    func percent(_ share: Double?) -> HTML { share.map { "\(Percent($0, places: 0))" } ?? "–" }
    return """
      <tr><th scope='row' class='lead'>\(Percent(band.lower, places: 0)) – \(Percent(band.upper, places: 0))</th>
        <td class='num' data-label='\(InsightWords.customers)'>\(Count(band.customers))</td>
        <td class='num' data-label='\(Words.foretold)'>\(percent(band.foretold))</td>
        <td class='num strong' data-label='\(Words.silentOf)'>\(percent(band.share)) <small class='muted'>\(Count(band.happened))</small></td>
        <td class='num' data-label='\(Words.chance)'>\(percent(band.atLeast)) – \(percent(band.atMost))</td>
        <td data-label='\(Words.holds)'><span class='badge \(band.holds ? "good" : "warn")'>\(band.holds ? Words.yes : Words.no)</span></td></tr>
      """
  }

  private static func rankings(_ rankings: [LeavingTrust.Ranking]) -> HTML {
    """
    <section class='panel'><header><h2>\(Words.rankingsTitle)</h2></header>
    <div class='table-wrap'><table class='table plain'><caption class='aside'>\(Words.rankingsTitle)</caption>
      <thead><tr><th scope='col'>\(Words.rankedBy)</th><th scope='col' class='num'>\(Words.rightOf)</th></tr></thead>
      <tbody>\(rankings.html { ranking in
        """
        <tr><th scope='row' class='lead'>\(ranking.by)</th>
          <td class='num strong'>\(ranking.right.map(Words.hundred) ?? "–")</td></tr>
        """
      })</tbody></table></div></section>
    """
  }
}
