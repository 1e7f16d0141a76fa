import Store
import Web

/// One import: dry run, progress, outcome.
enum ImportPages {
  static func show(_ view: ImportView, _ problems: Problems) -> Page {
    Page(ImportWords.title(of: view.state), "\(head(view))\(content(view, problems))")
  }

  /// The running work alone; when it has ended, the way to the whole page.
  static func progress(_ view: ImportView, _: Problems) -> Page {
    Page(ImportWords.title(of: view.state), view.isBusy ? work(view) : ended(view))
  }

  private static func head(_ view: ImportView) -> HTML {
    """
    <header class='page-head'><div><nav class='crumbs' aria-label='\(ImportWords.place)'>\
    <a href='/imports'>\(ImportWords.title)</a>\(icon("chevron-right"))<span>\(view.fileName)</span></nav>
      <h1>\(ImportWords.title(of: view.state))</h1>
      <p class='sub'>\(view.fileName) · \(ImportWords.kind(view.kind)) · \(view.uploadedBy) \(view.uploadedAt)</p></div></header>
    \(ImportPieces.steps(step(view.state)))
    """
  }

  private static func step(_ state: Import.State) -> Int {
    switch state {
    case .uploaded: 1
    case .checking, .checked: 2
    case .running, .cancelling: 3
    case .finished, .cancelled, .reverting, .reverted, .failed: 4
    }
  }

  private static func content(_ view: ImportView, _ problems: Problems) -> HTML {
    switch view.state {
    case .uploaded: uploaded(view)
    case .checking, .running, .cancelling, .reverting: work(view)
    case .checked: checked(view, problems)
    case .finished: finished(view)
    case .cancelled, .reverted: takenBack(view)
    case .failed: failed(view)
    }
  }

  private static func uploaded(_ view: ImportView) -> HTML {
    """
    <div class='notice'>\(icon("info"))<div>\(ImportWords.columnsFirst) \
    <a href='/imports/\(view.id)/columns'>\(ImportWords.matchColumns)</a></div></div>
    """
  }

  // MARK: Progress

  private static func work(_ view: ImportView) -> HTML {
    let isUndo = view.state == .reverting || view.state == .cancelling
    let share = view.total > 0 ? Double(view.done) / Double(view.total) : 0
    let bar: HTML =
      view.total > 0
      ? "<progress max='\(view.total)' value='\(min(view.done, view.total))' aria-label='\(ImportWords.progress)'></progress>"
      : "<progress aria-label='\(ImportWords.progress)'></progress>"
    return """
      <section class='panel' id='job' hx-get='/imports/\(view.id)/progress' hx-trigger='every 1s' hx-swap='outerHTML'>
        <div class='body progress'>
          <p><strong>\(ImportWords.worked(view.done, of: view.total, isUndo: isUndo))</strong><span>\(Percent(share, places: 0))</span>\
      <span>\(view.rate.map(ImportWords.rate))</span><span>\(view.secondsLeft.map(ImportWords.left))</span></p>
          \(bar)
          <div class='form-actions'>\(cancel(view))<span class='muted'>\(ImportWords.goesOn)</span></div>
        </div>
        <noscript><div class='body'><a class='button' href='/imports/\(view.id)'>\(ImportWords.look)</a></div></noscript>
      </section>
      """
  }

  private static func cancel(_ view: ImportView) -> HTML? {
    guard view.state == .checking || view.state == .running else { return nil }
    return """
      <form method='post' action='/imports/\(view.id)/cancel'>\(HTML.formToken)\
      <button class='button danger'>\(ImportWords.cancel)</button></form>
      """
  }

  private static func ended(_ view: ImportView) -> HTML {
    """
    <section class='panel' id='job' hx-get='/imports/\(view.id)' hx-trigger='load' hx-target='#main' hx-swap='innerHTML'>
      <div class='body'><a href='/imports/\(view.id)'>\(ImportWords.state(view.state))</a></div></section>
    """
  }

  // MARK: Dry run

  private static func checked(_ view: ImportView, _ problems: Problems) -> HTML {
    guard let report = view.report else { return .empty }
    let (questions, doubts) = (report.questions ?? [], report.implausible ?? [])
    return """
      \(doubts.html(doubt))
      \(questions.isEmpty ? doubts.isEmpty ? verdict(report) : nil : open(questions.count))
      \(ImportQuestionPages.rates(view, report))
      <form class='form' method='post' action='/imports/\(view.id)/answers?_method=put'>\(HTML.formToken)
        \(ImportQuestionPages.panel(report, problems))
        <div class='form-actions'>\(questions.isEmpty ? start(view, report) : ImportQuestionPages.answer)
          <a class='button quiet' href='/imports/\(view.id)/columns'>\(ImportWords.backToColumns)</a></div>
      </form>
      \(ImportPieces.stats(report.counts, view.kind, report.currency))
      \(questions.isEmpty ? ImportPieces.notices(report) : nil)
      \(ImportPieces.samples(report.samples, view.kind))
      \(ImportChangePages.table(report.changes ?? []))
      \(ImportPieces.problems(view.problems, all: report.counts.problems, download: download(view)))
      """
  }

  private static func verdict(_ report: ImportReport) -> HTML {
    let isWarned = report.counts.rejected + report.counts.warnings > 0
    return """
      <div class='notice \(isWarned ? "warn" : "good")'>\(isWarned ? icon("warning") : icon("check"))\
      <div>\(ImportWords.canBeImported(report))</div></div>
      """
  }

  private static func doubt(_ why: Word) -> HTML {
    "<div class='notice bad' role='alert'>\(icon("warning"))<div>\(why)</div></div>"
  }

  private static func open(_ count: Int) -> HTML {
    "<div class='notice warn'>\(icon("question"))<div>\(ImportWords.stillOpen(count))</div></div>"
  }

  /// What was chosen in the same form goes with it: where that changes anything, it is previewed first.
  private static func start(_ view: ImportView, _ report: ImportReport) -> HTML? {
    guard report.importable > 0, report.implausible?.isEmpty != false else { return nil }
    return """
      <button class='button primary' formaction='/imports/\(view.id)/start'>\(ImportWords.importRows(report.importable))</button>
      """
  }

  private static func download(_ view: ImportView) -> HTML? {
    guard view.hasRejectedRows else { return nil }
    return "<a href='/imports/\(view.id)/problems'>\(icon("download"))\(ImportWords.downloadRows)</a>"
  }

  // MARK: Outcome

  private static func finished(_ view: ImportView) -> HTML {
    """
    <div class='notice good'>\(icon("check"))<div>\(ImportWords.finished(seconds: view.seconds ?? 0)) \
    <a href='/insight'>\(ImportWords.whoMatters)</a> · <a href='/customers'>\(ImportWords.openCustomers)</a></div></div>
    \(ImportPieces.stats(view.counts, view.kind, view.currency))
    \(ImportPieces.notices(ImportReport(counts: view.counts, currency: view.currency)))
    <div class='actions'>
      \(view.hasRejectedRows
        ? "<a class='button' href='/imports/\(view.id)/problems'>\(icon("download"))\(ImportWords.download(view.counts.rejected))</a>" : nil)
      \(view.counts.hasUpdates ? "<a class='button' href='/imports/\(view.id)/changes'>\(ImportWords.showChanges)</a>" : nil)
      <a class='button' href='/imports/new'>\(ImportWords.another)</a>
      \(revertButton(view))
    </div>
    \(ImportPieces.problems(view.problems, all: view.counts.problems, download: nil))
    """
  }

  private static func revertButton(_ view: ImportView) -> HTML {
    """
    <a class='button danger' href='/imports/\(view.id)/revert' data-dialog='revert'>\(icon("undo"))\(ImportWords.revert)</a>
    <dialog class='dialog' id='revert' aria-labelledby='revert-t'>
      <header><h2 id='revert-t'>\(ImportWords.revertQuestion)</h2></header>
      <div class='body'><p>\(ImportWords.revertMeaning(view.counts))</p></div>
      <footer><form method='dialog'><button class='button' autofocus>\(ImportWords.no)</button></form>\(revertForm(view))</footer>
    </dialog>
    """
  }

  private static func revertForm(_ view: ImportView) -> HTML {
    """
    <form method='post' action='/imports/\(view.id)/revert'>\(HTML.formToken)\
    <button class='button danger primary'>\(ImportWords.revertNow)</button></form>
    """
  }

  /// The same question on a page of its own, for browsers without scripts.
  static func revert(_ view: ImportView, _: Problems) -> Page {
    Page(
      ImportWords.revertQuestion,
      """
      \(head(view))
      <section class='panel'><header><h2>\(ImportWords.revertQuestion)</h2></header>
        <div class='body'><p>\(ImportWords.revertMeaning(view.counts))</p></div>
        <footer><a class='button' href='/imports/\(view.id)'>\(ImportWords.no)</a>\(revertForm(view))</footer></section>
      """)
  }

  private static func takenBack(_ view: ImportView) -> HTML {
    """
    <div class='notice good'>\(icon("undo"))<div>\(ImportWords.takenBack(view.kept.count))</div></div>
    \(kept(view.kept))
    <div class='actions'><a class='button' href='/imports/new'>\(ImportWords.another)</a></div>
    """
  }

  private static func kept(_ records: [KeptRecord]) -> HTML? {
    guard !records.isEmpty else { return nil }
    return """
      <section class='panel'><header><h2>\(ImportWords.keptRecords)</h2></header>
        <ul class='short-list'>\(records.html { record in
          """
          <li><span>\(ImportWords.kind(record.kind)) \(name(record))</span>\
          <span class='end soft'>\(ImportWords.reason(record.reason))</span></li>
          """
        })</ul></section>
      """
  }

  private static func name(_ record: KeptRecord) -> HTML {
    switch record.kind {
    case .customer: "<a href='/customers/\(record.id)' data-customer='\(record.id)'>\(record.name)</a>"
    case .order: "<a href='/orders/\(record.id)'>\(record.name)</a>"
    case .product: "<a href='/products/\(record.id)'>\(record.name)</a>"
    case .contact, .field, .tag, .tagging: "\(record.name)"
    }
  }

  private static func failed(_ view: ImportView) -> HTML {
    """
    <div class='notice bad' role='alert'>\(icon("warning"))<div>\(view.failure)</div></div>
    <div class='actions'>\(view.hasWritten ? resume(view) : columns(view))\(view.hasWritten ? revertButton(view) : nil)</div>
    """
  }

  private static func resume(_ view: ImportView) -> HTML {
    """
    <form method='post' action='/imports/\(view.id)/start'>\(HTML.formToken)\
    <button class='button primary'>\(ImportWords.goOn)</button></form>
    """
  }

  private static func columns(_ view: ImportView) -> HTML {
    "<a class='button primary' href='/imports/\(view.id)/columns'>\(ImportWords.backToColumns)</a>"
  }
}

extension ImportView {
  var isBusy: Bool {
    switch state {
    case .checking, .running, .cancelling, .reverting: true
    case .uploaded, .checked, .finished, .cancelled, .reverted, .failed: false
    }
  }
}
