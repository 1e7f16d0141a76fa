import Store
import Web

/// What several pages of imports show.
enum ImportPieces {
  /// Upload, columns, dry run, import: those before the present one are done.
  static func steps(_ present: Int) -> HTML {
    let names = [ImportWords.upload, ImportWords.matchColumns, ImportWords.dryRun, ImportWords.title]
    return """
      <ol class='steps' aria-label='\(ImportWords.steps)'>\(names.enumerated().html { index, name in
        let state: HTML = index < present ? " class='done'" : index == present ? " aria-current='step'" : ""
        return "<li\(state)>\(name)</li>"
      })</ol>
      """
  }

  static func badge(_ state: Import.State, rejected: Int) -> HTML {
    if state == .finished, rejected > 0 {
      return "<span class='badge warn'>\(icon("warning"))\(ImportWords.rejected(rejected))</span>"
    }
    let (look, drawing): (HTML, HTML) =
      switch state {
      case .finished: (" good", icon("check"))
      case .failed: (" bad", icon("warning"))
      case .reverted, .cancelled: ("", icon("undo"))
      case .uploaded, .checked: (" info", icon("question"))
      case .checking, .running, .reverting, .cancelling: (" info", icon("clock"))
      }
    return "<span class='badge\(look)'>\(drawing)\(ImportWords.state(state))</span>"
  }

  /// What is wrong, row by row.
  static func problems(_ problems: [ImportProblem], all: Int, download: HTML?) -> HTML? {
    guard !problems.isEmpty else { return nil }
    return """
      <section class='panel'><header><h2>\(ImportWords.rowsWithProblems)</h2>\(download)</header>
        <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(ImportWords.rowsWithProblems)</caption>
        <thead><tr><th scope='col' class='num fit'>\(ImportWords.line)</th><th scope='col'>\(ImportWords.column)</th>
          <th scope='col'>\(ImportWords.value)</th><th scope='col'>\(ImportWords.reason)</th></tr></thead>
        <tbody>\(problems.html(row))</tbody></table></div>
        \(all > problems.count ? "<footer>\(ImportWords.firstProblems(problems.count, of: all))</footer>" : nil)
      </section>
      """
  }

  private static func row(_ problem: ImportProblem) -> HTML {
    let mark: HTML? = problem.isWarning ? "<span class='badge'>\(ImportWords.warning)</span> " : nil
    let value: HTML = problem.value.isEmpty ? "—" : "<code>\(problem.value)</code>"
    return """
      <tr><td class='num' data-label='\(ImportWords.line)'>\(Count(problem.line))</td>
        <th scope='row' class='lead'>\(problem.column.isEmpty ? ImportWords.wholeRow : problem.columnName)</th>
        <td>\(value)</td><td class='row'>\(mark)\(problem.reason)</td></tr>
      """
  }

  /// What is or would be written, counted.
  static func stats(_ counts: ImportCounts, _ kind: Import.Kind, _ currency: String) -> HTML {
    var stats: [(Word, HTML)] = []
    func add(_ name: Word, _ outcomes: ImportCounts.Outcomes) {
      if outcomes.new > 0 { stats.append((ImportWords.new(name), "\(Count(outcomes.new))")) }
      if outcomes.updated > 0 { stats.append((ImportWords.updated(name), "\(Count(outcomes.updated))")) }
      if outcomes.unchanged > 0 { stats.append((ImportWords.unchanged(name), "\(Count(outcomes.unchanged))")) }
    }
    add(ImportWords.orders, counts.orders)
    add(ImportWords.returns, counts.returns)
    add(ImportWords.customers, counts.customers)
    add(ImportWords.contacts, counts.contacts)
    add(ImportWords.products, counts.products)
    if kind == .orders { stats.append((ImportWords.totalAmount, "\(Money(counts.amount, currency))")) }
    if let first = counts.firstOn, let last = counts.lastOn {
      stats.append((ImportWords.days, first == last ? "\(first)" : "\(first) – \(last)"))
    }
    return """
      <dl class='stats'>\(stats.html { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })
        <div><dt>\(ImportWords.rowsRejected)</dt><dd\(counts.rejected > 0 ? " class='down'" : "")>\
      \(Count(counts.rejected))</dd></div></dl>
      """
  }

  /// Decisions that a person should know, and the money that is left out, in one list.
  static func notices(_ report: ImportReport) -> HTML? {
    var words = report.remarks + report.moneySentences
    if let count = report.counts.byNameAlone { words.append(ImportWords.byNameAlone(count)) }
    guard !words.isEmpty else { return nil }
    let isLoss = report.counts.money.map { $0.rejected.rows + $0.unassigned.rows > 0 } ?? false
    return """
      <div class='notice\(isLoss ? " warn" : "")'>\(isLoss ? icon("warning") : icon("info"))\
      <div>\(words.html { "<p>\($0)</p>" })</div></div>
      """
  }

  /// What the first records become.
  static func samples(_ samples: [ImportReport.Sample], _ kind: Import.Kind) -> HTML? {
    guard !samples.isEmpty else { return nil }
    if kind == .customers { return people(samples) }
    return """
      <section class='panel'><header><h2>\(ImportWords.firstRows)</h2></header>
        <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(ImportWords.firstRows)</caption>
        <thead><tr><th scope='col' class='num fit'>\(ImportWords.line)</th><th scope='col'>\(ImportWords.customer)</th>
          <th scope='col'>\(ImportWords.number)</th><th scope='col'>\(ImportWords.day)</th>
          <th scope='col' class='num'>\(ImportWords.amount)</th><th scope='col'>\(ImportWords.outcome)</th></tr></thead>
        <tbody>\(samples.html(sample))</tbody></table></div></section>
      """
  }

  private static func people(_ samples: [ImportReport.Sample]) -> HTML {
    """
    <section class='panel'><header><h2>\(ImportWords.firstRows)</h2></header>
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(ImportWords.firstRows)</caption>
      <thead><tr><th scope='col' class='num fit'>\(ImportWords.line)</th><th scope='col'>\(ImportWords.customer)</th>
        <th scope='col'>\(ImportWords.number)</th><th scope='col'>\(ImportWords.reachedBy)</th>
        <th scope='col'>\(ImportWords.outcome)</th></tr></thead>
      <tbody>\(samples.html { sample in
        """
        <tr><td class='num off'>\(Count(sample.line))</td>
          <th scope='row' class='lead'>\(sample.customer)<span class='more'>\(sample.region)</span></th>
          <td class='soft'>\(sample.number)</td><td class='row'>\(sample.more ?? "")</td>
          <td class='soft'>\(ImportWords.outcome(sample.outcome))</td></tr>
        """
      })</tbody></table></div></section>
    """
  }

  private static func sample(_ sample: ImportReport.Sample) -> HTML {
    let isNew: HTML? = sample.isNewCustomer ? " <span class='badge good'>\(ImportWords.newCustomer)</span>" : nil
    return """
      <tr><td class='num off'>\(Count(sample.line))</td>
        <th scope='row' class='lead'>\(sample.customer)\(isNew)<span class='more'>\(sample.region)</span></th>
        <td class='soft'>\(sample.number)</td><td data-label='\(ImportWords.day)'>\(sample.day)</td>
        <td class='num strong'>\(sample.amount)</td><td class='soft'>\(ImportWords.outcome(sample.outcome))</td></tr>
      """
  }
}
