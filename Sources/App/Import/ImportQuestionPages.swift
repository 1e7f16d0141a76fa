import Store
import Web

/// What a preview asks, in one form with what is made of the words for states.
enum ImportQuestionPages {
  /// Nothing where there is nothing to say.
  static func panel(_ report: ImportReport, _ problems: Problems) -> HTML? {
    let (questions, statuses) = (report.questions ?? [], report.statuses ?? [])
    guard !questions.isEmpty || !statuses.isEmpty else { return nil }
    return """
      <section class='panel'><header><h2>\(questions.isEmpty ? ImportWords.statuses : ImportWords.questions)</h2></header>
        \(questions.isEmpty ? nil : "<div class='body form'>\(questions.html { question($0, problems[$0.kind.rawValue]) })</div>")
        \(statuses.isEmpty ? nil : states(statuses))</section>
      """
  }

  static let answer: HTML = "<button class='button primary'>\(ImportWords.answer)</button>"

  private static func question(_ question: ImportQuestion, _ problem: Word?) -> HTML {
    // What nothing tells is not chosen for anybody.
    let isTold = question.kind != .withoutCustomer && question.kind != .dates && question.kind != .decimals
    let name = question.kind.rawValue
    return """
      <fieldset class='choices field'\(problem == nil ? "" : " aria-describedby='\(name)-error'")><legend>\(question.asks)</legend>
        \(question.choices.html { choice in
          let isLikely = isTold && choice.value == question.suggested
          let sum: HTML? = choice.sum.map { "<span class='num'>\(ImportWords.sumSo) \($0)</span>" }
          let likely: HTML? = isLikely ? "<span class='badge'>\(ImportWords.suggested)</span>" : nil
          return """
            <label class='check'><input type='radio' name='\(name)' value='\(choice.value)'\(" checked", if: isLikely)>\
            <span>\(choice.word) \(sum) \(likely)</span></label>
            """
        })
        \(problem.map { "<p class='error' id='\(name)-error'>\(icon("warning"))\($0)</p>" })
        \(question.kind == .withoutCustomer ? "<p class='hint'>\(ImportWords.withWalkIn)</p>" : nil)</fieldset>
      """
  }

  /// The words of the file for states and types, each to be taken otherwise.
  static func states(_ statuses: [StatusFound]) -> HTML {
    """
    <div class='table-wrap'><table class='table cards plain'><caption>\(ImportWords.statusesHint)</caption>
      <thead><tr><th scope='col'>\(ImportWords.state)</th><th scope='col' class='num'>\(ImportWords.rows)</th>
        <th scope='col'>\(ImportWords.countsFor)</th></tr></thead>
      <tbody>\(statuses.enumerated().html(state))</tbody></table></div>
    """
  }

  private static func state(_ index: Int, _ found: StatusFound) -> HTML {
    let doubt: HTML? =
      found.isKnown ? nil : " <span class='badge warn'>\(icon("warning"))\(ImportWords.unknownState)</span>"
    return """
      <tr><th scope='row' class='lead'><span id='status-\(index)'>\(found.value)</span>\(doubt)
        <input type='hidden' name='statuses[\(index)][value]' value='\(found.value)'></th>
        <td class='num' data-label='\(ImportWords.rows)'>\(Count(found.rows))</td>
        <td class='row'><select class='input' name='statuses[\(index)][use]' aria-labelledby='status-\(index)'>
        \(StatusUse.allCases.html { "<option value='\($0.rawValue)'\(" selected", if: $0 == found.use)>\(ImportWords.use($0))</option>" })
        </select></td></tr>
      """
  }

  /// Where amounts cannot be counted, and where that is mended.
  static func rates(_ view: ImportView, _ report: ImportReport) -> HTML? {
    guard let missing = report.missingRates, !missing.isEmpty,
      !(report.questions ?? []).contains(where: { $0.kind == .currency })
    else { return nil }
    return """
      <div class='notice warn'>\(icon("warning"))<div>\(ImportWords.missingRates(missing)) \
      <a href='/settings'>\(ImportWords.enterRates)</a></div></div>
      <form method='post' action='/imports/\(view.id)/answers?_method=put'>\(HTML.formToken)\
      <button class='button'>\(ImportWords.previewAgain)</button></form>
      """
  }
}
