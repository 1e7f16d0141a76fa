import Store
import Web

/// What a preview asks, and what it says of the money of a file.
enum ImportQuestionPages {
  /// A form with all that is open; nothing where nothing is.
  static func form(_ view: ImportView, _ report: ImportReport) -> HTML? {
    let questions = report.questions ?? []
    let statuses = report.statuses ?? []
    guard !questions.isEmpty || !statuses.isEmpty else { return nil }
    return """
      <form class='panel form' method='post' action='/imports/\(view.id)/answers?_method=put'>\(HTML.formToken)
        <header><h2>\(questions.isEmpty ? ImportWords.statuses : ImportWords.questions)</h2></header>
        <div class='body'>\(questions.html(question))\(statuses.isEmpty ? nil : states(statuses))</div>
        <footer><button class='button\(questions.isEmpty ? "" : " primary")'>\(ImportWords.answer)</button>
          \(questions.contains { $0.kind == .withoutCustomer }
            ? "<a class='button' href='/imports/\(view.id)/columns'>\(ImportWords.backToColumns)</a>" : nil)</footer>
      </form>
      """
  }

  private static func question(_ question: ImportQuestion) -> HTML {
    """
    <fieldset class='choices'><legend>\(question.asks)</legend>
      \(question.choices.html { choice in
        let isLikely = choice.value == question.suggested
        let sum: HTML? = choice.sum.map { " <span class='num strong'>\(ImportWords.sumSo) \($0)</span>" }
        let likely: HTML? = isLikely ? " <span class='badge'>\(ImportWords.suggested)</span>" : nil
        return """
          <label class='check'><input type='radio' name='\(question.kind.rawValue)' value='\(choice.value)' required\
          \(" checked", if: isLikely && question.kind != .withoutCustomer)><span>\(choice.word)\(sum)\(likely)</span></label>
          """
      })</fieldset>
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
    let doubt: HTML? = found.isKnown ? nil : " <span class='badge warn'>\(icon("warning"))\(ImportWords.unknownState)</span>"
    return """
      <tr><th scope='row' class='lead' id='status-\(index)'>\(found.value)\(doubt)
        <input type='hidden' name='statuses[\(index)][value]' value='\(found.value)'></th>
        <td class='num' data-label='\(ImportWords.rows)'>\(Count(found.rows))</td>
        <td class='row'><select class='input' name='statuses[\(index)][use]' aria-labelledby='status-\(index)'>
        \(StatusUse.allCases.html { "<option value='\($0.rawValue)'\(" selected", if: $0 == found.use)>\(ImportWords.use($0))</option>" })
        </select></td></tr>
      """
  }

  /// What is not imported, or is nobody's, as money.
  static func money(_ report: ImportReport) -> HTML {
    var words = report.moneySentences
    if let count = report.counts.byNameAlone { words.append(ImportWords.byNameAlone(count)) }
    return words.html { "<div class='notice'>\(icon("info"))<div>\($0)</div></div>" }
  }
}
