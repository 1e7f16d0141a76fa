import Web

/// What was done to an account, as its user and administrators see it.
enum HistoryPieces {
  static func panel(_ lines: [AccountEvent.Line]) -> HTML {
    let list: HTML = "<ul class='short-list'>\(lines.html(line))</ul>"
    let none: HTML = "<p class='soft'>\(HistoryWords.none)</p>"
    return SettingsFrame.panel(
      HistoryWords.history, "<div class='body'>\(lines.isEmpty ? none : list)</div>")
  }

  private static func line(_ line: AccountEvent.Line) -> HTML {
    let by: HTML = "<span class='soft'>\(line.by.map(HistoryWords.by) ?? HistoryWords.byCommand)</span>"
    let detail: HTML = "<span class='soft'>\(line.detail)</span>"
    return """
      <li>\(HistoryWords.name(line.kind)) \(line.detail.isEmpty ? HTML.empty : detail) \(line.isOwn ? HTML.empty : by)
        <span class='end soft'>\(line.at)</span></li>
      """
  }
}
