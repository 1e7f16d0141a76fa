import Web

enum BackupPages {
  private typealias Words = BackupWords

  static func index(_ list: BackupList, _ problems: Problems) -> Page {
    SettingsFrame.page(
      .backups,
      """
      \(SettingsFrame.panel(Words.title, "<div class='body stack'>\(standing(list))\(list.canChange ? now(list) : HTML.empty)</div>"))
      \(list.running.map { working($0, canChange: list.canChange) })
      \(list.canChange ? SettingsFrame.panel(Words.kept, lines(list)) : HTML.empty)
      \(SettingsFrame.panel(Words.schedule, list.canChange ? schedule(list.schedule, problems) : when(list.schedule)))
      """)
  }

  /// The running work alone; when it has ended, the way to the whole page.
  static func progress(_ list: BackupList, _: Problems) -> Page {
    Page(
      Words.title,
      list.running.map { working($0, canChange: list.canChange) } ?? """
        <section class='panel' id='job' hx-get='/settings/backups' hx-trigger='load' hx-target='#main' hx-swap='innerHTML'>
          <div class='body'><a href='/settings/backups'>\(Words.title)</a></div></section>
        """)
  }

  /// Whether there is one to rely upon.
  private static func standing(_ list: BackupList) -> HTML {
    let failure: HTML? = list.failure.map { failure in
      "<div class='notice warn'>\(icon("warning"))<div>\(Words.failed)\(failure.why) \(failure.at)</div></div>"
    }
    let last: HTML =
      list.lastGood.map { moment in
        """
        <div class='notice \(list.isOld ? "warn" : "good")'>\(icon(list.isOld ? "warning" : "check"))\
        <div>\(Words.last)\(moment)\(list.isOld ? " · \(Words.old)" as HTML : .empty)</div></div>
        """
      } ?? "<div class='notice\(" warn", if: list.isOld)'>\(icon("info"))<div>\(Words.none)</div></div>"
    return "\(last)\(failure)"
  }

  private static func now(_ list: BackupList) -> HTML {
    guard let folder = list.folder else { return "<p class='muted'>\(Words.noFolder)</p>" }
    let button: HTML = """
      <form class='form-actions' method='post' action='/settings/backups'>\(HTML.formToken)
        <button class='button primary'>\(Words.now)</button></form>
      """
    return """
      \(list.running == nil ? button : HTML.empty)
      <p class='muted'>\(Words.place)<code>\(folder)</code> · \(Words.elsewhere)</p>
      """
  }

  private static func working(_ running: BackupList.Running, canChange: Bool) -> HTML {
    let hasEnd = running.total > 0 && running.stage == .copying
    let bar: HTML =
      hasEnd
      ? "<progress max='\(running.total)' value='\(min(running.done, running.total))' aria-label='\(Words.progress)'></progress>"
      : "<progress aria-label='\(Words.progress)'></progress>"
    let figures: HTML =
      hasEnd
      ? "<span>\(Percent(Double(running.done) / Double(running.total), places: 0))</span><span>\(Checkup.megabytes(running.total))</span>"
      : .empty
    let cancel: HTML = """
      <form class='form-actions' method='post' action='/settings/backups/current?_method=delete'>\(HTML.formToken)\
      <button class='button danger'>\(Words.cancel)</button></form>
      """
    return """
      <section class='panel' id='job' hx-get='/settings/backups/current' hx-trigger='every 1s' hx-swap='outerHTML'>
        <div class='body progress'><p><strong>\(Words.stage(running))</strong>\(figures)</p>\(bar)\(canChange ? cancel : .empty)</div>
      </section>
      """
  }

  private static func lines(_ list: BackupList) -> HTML {
    guard !list.lines.isEmpty else { return "<div class='body'><p class='muted'>\(Words.empty)</p></div>" }
    return """
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.kept)</caption>
        <thead><tr><th scope='col'>\(Words.moment)</th><th scope='col'>\(Words.state)</th>
          <th scope='col'>\(Words.holds)</th><th scope='col' class='num'>\(Words.size)</th></tr></thead>
        <tbody>\(list.lines.html(line))</tbody>
      </table></div>
      """
  }

  private static func line(_ line: BackupList.Line) -> HTML {
    """
    <tr><th scope='row' class='lead'>\(line.moment)<span class='more'>\(line.name)</span></th>
      <td>\(badge(line))</td><td class='soft'>\(Words.contents(line))</td>
      <td class='num soft'>\(Checkup.megabytes(line.bytes))</td></tr>
    """
  }

  private static func badge(_ line: BackupList.Line) -> HTML {
    guard line.isGood else { return "<span class='badge warn'>\(icon("warning"))\(Words.doubtful(line.doubt))</span>" }
    return "<span class='badge good'>\(icon("check"))\(line.doubt == nil ? Words.proven : Words.readThrough)</span>"
  }

  private static func schedule(_ input: BackupScheduleInput, _ problems: Problems) -> HTML {
    """
    <form class='body form' method='post' action='/settings/backups/schedule?_method=put'>\(HTML.formToken)
      \(Field.select("hour", Words.hour, input.hour, choices, problems, hint: Words.rule))
      <div class='form-actions'><button class='button primary'>\(Words.save)</button></div>
    </form>
    """
  }

  private static let choices: [(value: String, name: Word)] =
    (0..<24).map { ("\($0)", Words.daily($0)) } + [(BackupScheduleInput.off, Words.off)]

  private static func when(_ input: BackupScheduleInput) -> HTML {
    let shown = choices.first { $0.value == input.hour }?.name ?? Words.off
    return "<div class='body'><p>\(shown)</p><p class='muted'>\(SettingsWords.readOnly)</p></div>"
  }
}
