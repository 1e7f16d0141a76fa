import Analytics
import Store
import Web

/// What the pages of value share.
enum LifetimePieces {
  /// Instead of numbers: the models have not been fitted yet, or cannot be.
  static func notFitted(_ why: Word?) -> HTML {
    """
    <div class='empty'>\(icon("insight"))<h2>\(why == nil ? LifetimeWords.notFitted : LifetimeWords.tooEarly)</h2>\
    <p>\(why ?? LifetimeWords.notFittedHint)</p>\(why == nil ? "<div class='actions'>\(refit)</div>" : .empty)</div>
    """
  }

  static let refit: HTML = """
    <form method='post' action='/insight/fits'>\(HTML.formToken)<button class='button'>\(LifetimeWords.refit)</button></form>
    """

  /// What should be known of the numbers beside it.
  static func remark(_ word: Word) -> HTML { "<p class='remark muted'>\(icon("info"))<span>\(word)</span></p>" }

  static func filters(
    _ query: ValueQuery, _ owners: [CustomerList.Choice], _ regions: [CustomerList.Choice], _ problems: Problems
  ) -> HTML {
    let everybody: [(value: String, word: Word)] = [("", LifetimeWords.everybody)]
    let segments = everybody + RFMSegment.allCases.map { ($0.rawValue, SegmentWords.name($0)) }
    func named(_ choices: [CustomerList.Choice]) -> [(value: String, word: Word)] {
      everybody + choices.map { ($0.value, Word(same: $0.name)) }
    }
    return """
      \(InsightPieces.select("segment", CustomerWords.segment, problems, segments, chosen: query.segment?.rawValue ?? ""))
      \(InsightPieces.select("region", CustomerWords.region, problems, named(regions), chosen: query.region ?? ""))
      \(InsightPieces.select("owner", CustomerWords.owner, problems, named(owners), chosen: query.owner?.description ?? ""))
      """
  }

  /// A chart with what it says in a sentence, and its numbers as a table.
  static func chart(
    _ id: String, _ title: Word, _ says: Word, _ option: HTML, isLow: Bool = false, heads: [Word], rows: [[HTML]]
  ) -> HTML {
    let table: HTML = """
      <div class='table-wrap' tabindex='0' role='region' aria-label='\(title)'><table class='table compact'>
      <thead><tr>\(heads.html { "<th scope='col' class='num'>\($0)</th>" })</tr></thead>
      <tbody>\(rows.html { row in "<tr>\(row.html { "<td class='num'>\($0)</td>" })</tr>" })</tbody></table></div>
      """
    return """
      <figure class='chart\(" low", if: isLow)' data-chart aria-labelledby='\(id)'>
        <figcaption><strong id='\(id)'>\(title)</strong><span>\(says)</span></figcaption>
        <div class='plot' role='img' aria-label='\(says)'></div>
        <script type='application/json'>\(option)</script>
        <details><summary>\(icon("chevron-down"))\(InsightWords.showTable)</summary>\(table)</details>
      </figure>
      """
  }
}
