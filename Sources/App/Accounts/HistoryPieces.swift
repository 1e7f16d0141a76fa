import Web

/// What was done to an account, as its user and administrators see it.
enum HistoryPieces {
  private typealias Words = HistoryWords

  static func panel(_ lines: [AccountEvent.Line]) -> HTML {
    let none: HTML = "<p class='body soft'>\(Words.none)</p>"
    let table: HTML = """
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.history)</caption>
        <thead><tr><th scope='col'>\(Words.what)</th><th scope='col'>\(Words.who)</th>
          <th scope='col' class='num'>\(Words.when)</th></tr></thead>
        <tbody>\(lines.html(row))</tbody>
      </table></div>
      """
    return SettingsFrame.panel(Words.history, lines.isEmpty ? none : table)
  }

  private static func row(_ line: AccountEvent.Line) -> HTML {
    let detail: HTML = line.detail.isEmpty ? "" : "<span class='more'>\(line.detail)</span>"
    return """
      <tr><th scope='row' class='lead'>\(Words.name(line.kind))\(detail)</th>
        <td class='soft'>\(line.by.map { Word(same: $0) } ?? Words.command)</td><td class='num soft'>\(line.at)</td></tr>
      """
  }
}
