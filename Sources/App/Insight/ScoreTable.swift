import Analytics
import Store
import Web

/// Which values earned which score, and how many customers have it: the cut points and the distribution.
struct ScoreTable {
  private let model: RFMPage
  private let link: (Selection) -> String
  private let asOf: Word

  init(_ model: RFMPage, link: @escaping (Selection) -> String, asOf: Word) {
    self.model = model
    self.link = link
    self.asOf = asOf
  }

  var html: HTML {
    let isRFA = model.method == .rfa
    let why = Why(
      id: "why-scores", title: isRFA ? WhyWords.rfa : WhyWords.rfm,
      text: isRFA ? WhyWords.rfaText : WhyWords.rfmText, formula: "\(WhyWords.rfmFormula)", asOf: asOf)
    let note = model.parameters.cuts == .fixed ? InsightWords.fixedNote : InsightWords.quantileNote
    let third: HTML =
      isRFA ? "A \(InsightWords.quantity)" : "M \((model.parameters.by ?? .amount).word)"
    return """
      <section class='panel'><header><h2>\(InsightWords.scoreCuts) \(why.html)</h2><span class='muted'>\(note)</span></header>
      <div class='table-wrap'><table class='table cards plain'>
        <caption class='aside'>\(InsightWords.scoreCuts)</caption>
        <thead><tr><th scope='col'>\(InsightWords.score)</th><th scope='col' class='num'>\(InsightWords.days)</th>
          <th scope='col' class='num'>\(InsightWords.times)</th><th scope='col' class='num'>\(third)</th></tr></thead>
        <tbody>\((1...5).reversed().html(row))</tbody>
      </table></div></section>
      """
  }

  private func row(_ score: Int) -> HTML {
    """
    <tr><th scope='row' class='lead'><span class='rfm'><b class='s\(score)'>\(score)</b></span></th>
      \(cell(model.recency, score, "R", Selection(r: score)))
      \(cell(model.frequency, score, "F", Selection(f: score)))
      \(cell(model.monetary, score, model.method == .rfa ? "A" : "M", Selection(m: score)))</tr>
    """
  }

  private func cell(_ bands: [RFMPage.ScoreBand], _ score: Int, _ name: String, _ selection: Selection)
    -> HTML
  {
    guard let band = bands.first(where: { $0.score == score }), band.customers > 0 else {
      return "<td class='num soft' data-label='\(name)'>–</td>"
    }
    return """
      <td class='num' data-label='\(name)'><a href='\(link(selection))'>\(range(band))</a>\
      <br><small class='muted'>\(InsightWords.people(band.customers))</small></td>
      """
  }

  private func range(_ band: RFMPage.ScoreBand) -> HTML {
    switch (band.from, band.to) {
    case (let from?, let to?) where from == to: "\(from)"
    case (let from?, let to?): "\(from) – \(to)"
    case (let from?, nil): "≥ \(from)"
    case (nil, let to?): "≤ \(to)"
    case (nil, nil): "–"
    }
  }
}
