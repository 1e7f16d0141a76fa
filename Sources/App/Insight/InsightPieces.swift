import Store
import Web

/// What all pages of the analyses share: tabs, parameters, what to do when there is nothing.
enum InsightPieces {
  static func head(_ title: Word, tab: String, _ form: HTML?) -> HTML {
    let tabs = [
      ("abc", InsightWords.abcTab), ("rfm", Word(same: "RFM")), ("rfa", Word(same: "RFA")),
      ("changes", InsightWords.changesTab), ("value", LifetimeWords.valueTab), ("cohorts", LifetimeWords.cohortsTab),
      ("outlook", OutlookWords.tab), ("crossings", LifetimeWords.crossingsTab), ("models", LifetimeWords.modelsTab),
    ]
    return """
      <header class='page-head'><div><h1>\(title)</h1></div></header>
      <nav class='tabs' aria-label='\(InsightWords.analyses)'>\
      \(tabs.html { "<a href='/insight/\($0.0)'\(" aria-current='page'", if: $0.0 == tab)>\($0.1)</a>" })</nav>
      \(form)
      """
  }

  static func field(_ id: String, _ label: Word, _ problem: Word?, slim: Bool = false, _ control: HTML)
    -> HTML
  {
    """
    <div class='field\(slim ? " slim" : "")'><label for='\(id)'>\(label)</label>\(control)\
    \(problem.map { "<p class='error' id='\(id)-error'>\(icon("warning"))\($0)</p>" })</div>
    """
  }

  static func input(
    _ name: String, _ label: Word, _ value: String?, type: String, _ problems: Problems, slim: Bool = false,
    more: HTML = ""
  ) -> HTML {
    let problem = problems[name]
    let marks: HTML? = problem.map { _ in " aria-invalid='true' aria-describedby='\(name)-error'" }
    return field(
      name, label, problem, slim: slim,
      "<input type='\(type)' id='\(name)' name='\(name)' value='\(value ?? "")'\(marks)\(more)>")
  }

  static func select(
    _ name: String, _ label: Word, _ problems: Problems, _ options: [(value: String, word: Word)],
    chosen: String
  ) -> HTML {
    let items = options.html { option in
      "<option value='\(option.value)'\(" selected", if: option.value == chosen)>\(option.word)</option>"
    }
    return field(name, label, problems[name], "<select id='\(name)' name='\(name)'>\(items)</select>")
  }

  static func windowSelect(_ window: Int?, _ problems: Problems) -> HTML {
    let usual = [90, 180, 365, 730, 1095]
    let days = (usual + [window].compactMap(\.self).filter { !usual.contains($0) }).sorted()
    let options =
      [(value: "", word: InsightWords.everything)]
      + days.map { (value: "\($0)", word: InsightWords.lastDays($0)) }
    return select("window", InsightWords.window, problems, options, chosen: window.map { "\($0)" } ?? "")
  }

  static func bySelect(
    _ measures: [AnalysisParameters.Measure], _ by: AnalysisParameters.Measure?, _ problems: Problems
  ) -> HTML {
    select(
      "by", InsightWords.by, problems, measures.map { (value: $0.rawValue, word: $0.word) },
      chosen: (by ?? .amount).rawValue)
  }

  /// Instead of an analysis: the firm has no orders at all.
  static let noOrders: HTML = """
    <div class='empty'>\(icon("insight"))<h2>\(InsightWords.noOrders)</h2><p>\(InsightWords.noOrdersHint)</p>\
    <div class='actions'><a class='button primary' href='/import'>\(icon("import"))\(InsightWords.importOrders)</a>\
    <a class='button' href='/orders/new'>\(InsightWords.newOrder)</a></div></div>
    """

  /// Instead of an analysis: there are orders, but at other times.
  static func nothingInWindow(_ path: String) -> HTML {
    """
    <div class='empty'>\(icon("calendar"))<h2>\(InsightWords.nothingInWindow)</h2>\
    <div class='actions'><a class='button primary' href='\(path)'>\(InsightWords.showEverything)</a></div></div>
    """
  }

  static func stat(_ name: Word, _ why: Why? = nil, _ value: HTML, note: Word? = nil) -> HTML {
    """
    <div><dt>\(name)\(why.map { " \($0.html)" })</dt><dd>\(value)</dd>\
    \(note.map { "<dd class='note'>\($0)</dd>" })</div>
    """
  }

  /// A share as a bar; decoration beside the number.
  static func bar(_ share: Double, _ colour: String = "front") -> HTML {
    let width = share.isFinite ? Int((min(max(share, 0), 1) * 1000).rounded()) : 0
    return """
      <svg class='bar' viewBox='0 0 1000 8' preserveAspectRatio='none' aria-hidden='true'>\
      <rect class='back' width='1000' height='8'/><rect class='\(colour)' width='\(width)' height='8'/></svg>
      """
  }

}

extension AnalysisParameters.Measure {
  var word: Word {
    switch self {
    case .amount: InsightWords.amount
    case .margin: InsightWords.margin
    case .quantity: InsightWords.quantity
    }
  }
}
