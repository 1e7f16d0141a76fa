import Store
import Web

enum ModelView {
  private typealias Words = LifetimeWords

  static func page(_ model: ModelPage, _ problems: Problems) -> Page {
    Page(
      Words.modelsTitle, needs: [.charts],
      """
      \(InsightPieces.head(Words.modelsTitle, tab: "models", model.summary == nil ? "" : form(model, problems)))
      \(content(model))
      """)
  }

  private static func form(_ model: ModelPage, _ problems: Problems) -> HTML {
    """
    <form class='params' method='get' action='/insight/models'>
      \(InsightPieces.input("as_of", InsightWords.asOf, (model.query.asOf ?? model.asOf)?.description ?? "", type: "date", problems))
      \(LifetimePieces.filters(model.query, model.owners, model.regions, problems))
      <button class='button primary'>\(InsightWords.compute)</button>
    </form>
    """
  }

  private static func content(_ model: ModelPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard let summary = model.summary else { return LifetimePieces.notFitted(model.lacking) }
    return """
      \(model.query.isNarrow ? LifetimePieces.remark(TrustWords.ofTheFirm) : .empty)
      <section class='panel'><div class='body stack'>\(model.trust.map(TrustView.verdict))
        <p class='muted'>\(summary.sentence) · \(model.reason)</p>\(LifetimePieces.refit)</div></section>
      \(summary.customers > PurchaseSample.most ? LifetimePieces.remark(TrustWords.ofSample) : .empty)
      \(model.trust.map(TrustView.content))
      \(basis(model))
      """
  }

  /// For who does not believe it: how a model made then would have done, of the chosen customers where some are chosen, and
  /// the models themselves.
  private static func basis(_ model: ModelPage) -> HTML {
    let ofSome = model.query.segment == nil ? Words.ofSome : Words.ofSegment
    let noJudgement = model.query.isNarrow ? Words.noneToJudge : Words.notJudged
    return """
      <details class='panel'\(" open", if: model.query.isNarrow)><summary>\(TrustWords.basis)</summary><div class='body'>
        \(model.warnings.html(LifetimePieces.remark))
        \(model.query.isNarrow ? LifetimePieces.remark(ofSome) : .empty)
        \(model.judged.map { judged($0) } ?? "<p class='muted'>\(noJudgement)</p>")
        <div class='columns two'>\(candidates(model))\(parameters(model))</div>
      </div></details>
      """
  }

  private static func judged(_ judged: ModelPage.Judged) -> HTML {
    """
    <div class='columns two'>
      <section class='panel'><div class='body'>\(TrackingChart(judged).html)</div></section>
      <section class='panel'><div class='body'>\(FrequencyChart(judged).html)</div></section>
    </div>
    <section class='panel'><header><h2>\(Words.judgement)</h2>\
    <span class='muted wide'>\(Words.judged(judged.until, judged.end, judged.customers))</span></header>
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.judgement)</caption>
      <thead><tr><th scope='col'>\(Words.forecast)</th><th scope='col' class='num'>\(Words.expected)</th>
        <th scope='col' class='num'>\(Words.actual)</th><th scope='col' class='num'>\(Words.meanAbsoluteError)</th>
        <th scope='col' class='num'>\(Words.rootMeanSquareError)</th><th scope='col' class='num'>\(Words.correlation)</th></tr></thead>
      <tbody>\(judged.accuracies.html(accuracy))</tbody></table></div></section>
    """
  }

  private static func accuracy(_ accuracy: ModelPage.Accuracy) -> HTML {
    """
    <tr><th scope='row' class='lead'>\(accuracy.forecast)</th>
      <td class='num strong'>\(Figures.decimal(accuracy.expected, places: 1))</td>
      <td class='num' data-label='\(Words.actual)'>\(Figures.decimal(accuracy.actual, places: 0))</td>
      <td class='num' data-label='\(Words.meanAbsoluteError)'>\(Figures.decimal(accuracy.meanAbsoluteError, places: 3))</td>
      <td class='num' data-label='\(Words.rootMeanSquareError)'>\(Figures.decimal(accuracy.rootMeanSquareError, places: 3))</td>
      <td class='num' data-label='\(Words.correlation)'>\(accuracy.correlation.map { Figures.decimal($0, places: 3) } ?? "–")</td></tr>
    """
  }

  private static func candidates(_ model: ModelPage) -> HTML {
    guard !model.candidates.isEmpty else { return .empty }
    return """
      <section class='panel'><header><h2>\(Words.modelsTried)</h2></header>
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.modelsTried)</caption>
        <thead><tr><th scope='col'>\(Words.model)</th><th scope='col' class='num'>\(InsightWords.customers)</th>
          <th scope='col' class='num'>\(Words.logLikelihood)</th><th scope='col' class='num'>BIC</th></tr></thead>
        <tbody>\(model.candidates.html { candidate in
          """
          <tr><th scope='row' class='lead'>\(candidate.model)\(candidate.isChosen ? " <span class='badge good'>\(Words.chosen)</span>" : .empty)\
          \(candidate.notes.html { "<span class='more'>\($0)</span>" })</th>
            <td class='num' data-label='\(InsightWords.customers)'>\(candidate.customers.map { Count($0) })</td>
            <td class='num' data-label='\(Words.logLikelihood)'>\(candidate.logLikelihood.map { Figures.decimal($0, places: 2) } ?? "–")</td>
            <td class='num strong'>\(candidate.bic.map { Figures.decimal($0, places: 1) } ?? "–")</td></tr>
          """
        })</tbody></table></div></section>
      """
  }

  private static func parameters(_ model: ModelPage) -> HTML {
    """
    <section class='panel'><header><h2>\(Words.parameters)</h2></header>
    <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.parameters)</caption>
      <thead><tr><th scope='col'>\(Words.parameter)</th><th scope='col' class='num'>\(Words.estimate)</th>
        <th scope='col' class='num'>\(Words.standardError)</th><th scope='col' class='num'>\(Words.interval)</th></tr></thead>
      <tbody>\(model.parameters.html { parameter in
        """
        <tr><th scope='row' class='lead'>\(parameter.name) <small class='muted'>\(parameter.model)</small></th>
          <td class='num strong'>\(Figures.decimal(parameter.value, places: 4))</td>
          <td class='num' data-label='\(Words.standardError)'>\(Figures.decimal(parameter.standardError, places: 4))</td>
          <td class='num' data-label='\(Words.interval)'>\(Figures.decimal(parameter.lower, places: 3)) – \(Figures.decimal(parameter.upper, places: 3))</td></tr>
        """
      })</tbody></table></div></section>
    """
  }
}

/// Repeat purchases of everybody together, expected and actual, with the day from which the model saw nothing.
struct TrackingChart {
  private let judged: ModelPage.Judged

  init(_ judged: ModelPage.Judged) { self.judged = judged }

  var html: HTML {
    let (last, weeks) = (judged.weeks.last, judged.weeks)
    let says = LifetimeWords.trackingSays(expected: last?.cumulativeExpected ?? 0, actual: last?.cumulativeActual ?? 0)
    let option: HTML = #"""
      {"format":"count","grid":{"top":44,"right":24},"legend":{"top":0,"left":0,"textStyle":{"color":"--ink-2"}},\#
      "xAxis":{"type":"value","min":0,"name":"\#(LifetimeWords.weeksAxis)","nameLocation":"middle","nameGap":28},\#
      "yAxis":{"type":"value"},"series":[\#
      {"type":"line","name":"\#(LifetimeWords.actual)","showSymbol":false,"lineStyle":{"width":2.5,"color":"--accent"},\#
      "itemStyle":{"color":"--accent"},"data":\#(json: weeks.map { [Double($0.number), Double($0.cumulativeActual)] }),\#
      "markLine":{"silent":true,"symbol":"none","lineStyle":{"color":"--line-strong","type":"dashed"},\#
      "label":{"color":"--ink-2","formatter":"\#(LifetimeWords.holdoutBegins)"},"data":[{"xAxis":\#(json: judged.calibrationWeeks)}]}},\#
      {"type":"line","name":"\#(LifetimeWords.expected)","showSymbol":false,"lineStyle":{"width":1.5,"type":"dashed","color":"--class-b"},\#
      "itemStyle":{"color":"--class-b"},"data":\#(json: weeks.map { [Double($0.number), ($0.cumulativeExpected * 10).rounded() / 10] })}]}
      """#
    let step = max(1, weeks.count / 26)
    return LifetimePieces.chart(
      "tracking", LifetimeWords.tracking, says, option,
      heads: [LifetimeWords.weeksAxis, LifetimeWords.expected, LifetimeWords.actual],
      rows: weeks.filter { $0.number % step == 0 }.map {
        [
          "\(Count($0.number))", "\(Figures.decimal($0.cumulativeExpected, places: 1))",
          "\(Count($0.cumulativeActual))",
        ]
      })
  }
}

/// What customers did after the calibration, by how often they had bought in it.
struct FrequencyChart {
  private let judged: ModelPage.Judged

  init(_ judged: ModelPage.Judged) { self.judged = judged }

  var html: HTML {
    let classes = judged.frequencies.filter { $0.customers > 0 }
    func name(_ item: ModelPage.Frequency) -> String { item.frequency >= 7 ? "7+" : "\(item.frequency)" }
    func data(_ value: (ModelPage.Frequency) -> Double) -> HTML {
      "\(json: classes.map { (value($0) * 1000).rounded() / 1000 })"
    }
    let option: HTML = #"""
      {"grid":{"top":44},"legend":{"top":0,"left":0,"textStyle":{"color":"--ink-2"}},\#
      "xAxis":{"type":"category","data":\#(json: classes.map(name)),"name":"\#(LifetimeWords.frequencyAxis)",\#
      "nameLocation":"middle","nameGap":28},"yAxis":{"type":"value"},"series":[\#
      {"type":"bar","name":"\#(LifetimeWords.actual)","data":\#(data(\.actual)),"itemStyle":{"color":"--accent"}},\#
      {"type":"bar","name":"\#(LifetimeWords.expected)","data":\#(data(\.expected)),"itemStyle":{"color":"--class-b"}}]}
      """#
    return LifetimePieces.chart(
      "frequencies", LifetimeWords.byFrequency, LifetimeWords.byFrequencySays, option,
      heads: [LifetimeWords.frequencyAxis, InsightWords.customers, LifetimeWords.expected, LifetimeWords.actual],
      rows: classes.map {
        [
          "\(name($0))", "\(Count($0.customers))", "\(Figures.decimal($0.expected, places: 3))",
          "\(Figures.decimal($0.actual, places: 3))",
        ]
      })
  }
}
