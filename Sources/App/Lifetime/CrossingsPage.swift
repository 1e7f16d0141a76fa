import Analytics
import Store
import Web

struct CrossingsQuery: Codable, Equatable, Sendable {
  var from: Day?
  var to: Day?
}

/// Customers whose P(alive) or class crossed a line between two days of which there are scores.
struct CrossingsPage: Codable, Equatable, Sendable {
  struct Row: Codable, Equatable, Sendable {
    let customer: ForecastCustomer
    let bandBefore: AliveBand
    let bandAfter: AliveBand
    let classBefore: ValueClass
    let classAfter: ValueClass
    let aliveBefore: Double
    let futureBefore: Money
  }

  var query: CrossingsQuery
  /// Days of which there are scores, the newest first.
  let days: [Day]
  /// How many crossed a line; the rows are those with the most value so far.
  let count: Int
  let rows: [Row]
  let hasOrders: Bool
  /// Why there are no scores, where there cannot be any.
  let lacking: Word?
  /// What the scores of the earlier and of the later day come from.
  var fits: [FitSummary] = []
  /// The models were fitted anew between the days.
  var isOtherFit = false

  static let shown = 100
}

extension CrossingsPage {
  init(
    _ query: CrossingsQuery, hasOrders: Bool, _ reader: Reader, _ access: Access, in tx: Transaction
  ) throws {
    let kept = try ValueSheet.kept(in: tx)
    let after = kept.first { sheet in query.to.map { sheet.day <= $0 } ?? true }
    let before = kept.first { sheet in
      guard let after else { return false }
      return sheet.day < after.day && (query.from.map { sheet.day <= $0 } ?? true)
    }
    days = kept.map(\.day)
    self.query = CrossingsQuery(from: before?.day, to: after?.day)
    self.hasOrders = hasOrders
    lacking = kept.isEmpty ? try LifetimeFit.lacking(in: tx) : nil
    guard let before, let after else {
      (count, rows) = (0, [])
      return
    }
    isOtherFit = before.fitId != after.fitId
    let made = try [before.fitId, after.fitId].compactMap { try CurrentFit.find($0, in: tx) }
    fits = made.map { FitSummary($0, reader) }
    let pairs = try ValueSheet.crossings(ValueSheet.read(before, in: tx), ValueSheet.read(after, in: tx))
      .sorted { ($1.after.historic, $0.after.id) < ($0.after.historic, $1.after.id) }
    count = pairs.count
    let shown = pairs.prefix(Self.shown)
    let names = try ForecastCustomer.list(
      shown.map(\.after), showsLeaving: made.allSatisfy(\.model.showsLeaving), currency: reader.currency, access, in: tx
    )
    let old = Dictionary(shown.map { ($0.before.id, $0.before) }, uniquingKeysWith: { first, _ in first })
    rows = names.compactMap { customer in
      old[customer.id.raw].map { before in
        Row(
          customer: customer, bandBefore: before.band, bandAfter: AliveBand(Float(customer.alive ?? 1)),
          classBefore: before.valueClass, classAfter: customer.valueClass, aliveBefore: Double(before.alive),
          futureBefore: Money(before.future, reader.currency))
      }
    }
  }
}

extension ValueSheet {
  /// Who is in another band or class than before, with both entries. Both are in the order of ids.
  static func crossings(_ before: ValueSheet, _ after: ValueSheet) -> [(before: Entry, after: Entry)] {
    var rest = before.entries[...]
    return after.entries.compactMap { entry in
      while let first = rest.first, first.id < entry.id { rest.removeFirst() }
      guard let old = rest.first, old.id == entry.id else { return nil }
      return old.band == entry.band && old.valueClass == entry.valueClass ? nil : (old, entry)
    }
  }
}

enum CrossingsView {
  private typealias Words = LifetimeWords

  static func page(_ model: CrossingsPage, _: Problems) -> Page {
    Page(
      Words.crossingsTitle,
      """
      \(InsightPieces.head(Words.crossingsTitle, tab: "crossings", form(model)))
      \(content(model))
      """)
  }

  private static func form(_ model: CrossingsPage) -> HTML? {
    guard model.days.count > 1 else { return nil }
    let days = model.days.map { (value: $0.description, word: Word(same: $0.description)) }
    return """
      <form class='params' method='get' action='/insight/crossings'>
        \(InsightPieces.select("from", InsightWords.from, .none, days, chosen: model.query.from?.description ?? ""))
        \(InsightPieces.select("to", InsightWords.to, .none, days, chosen: model.query.to?.description ?? ""))
        <button class='button primary'>\(InsightWords.compare)</button>
      </form>
      """
  }

  private static func content(_ model: CrossingsPage) -> HTML {
    guard model.hasOrders else { return InsightPieces.noOrders }
    guard !model.days.isEmpty else { return LifetimePieces.notFitted(model.lacking) }
    guard !model.rows.isEmpty else {
      return
        "<div class='empty'>\(icon("insight"))<h2>\(empty(model))</h2></div>"
    }
    return """
      \(model.isOtherFit ? LifetimePieces.remark(Words.otherFit) : .empty)
      <section class='panel'><header><h2>\(InsightWords.people(model.count)) \(why(model))</h2></header>
      <div class='table-wrap'><table class='table cards plain' data-rows><caption class='aside'>\(Words.crossingsTitle)</caption>
        <thead><tr><th scope='col'>\(InsightWords.customer)</th><th scope='col'>\(Words.crossing)</th>
          <th scope='col'>\(InsightWords.class)</th><th scope='col' class='num'>\(Words.pAlive)</th>
          <th scope='col' class='num'>\(Words.historic)</th></tr></thead>
        <tbody>\(model.rows.html(row))</tbody></table></div></section>
      """
  }

  /// Where the lines are, and by which models they were crossed.
  private static func why(_ model: CrossingsPage) -> HTML {
    let days = [model.query.from, model.query.to].compactMap(\.self)
    return Why(
      id: "why-crossing", title: Words.crossing, text: Words.crossingText,
      facts: AliveBand.allCases.map { (Words.band($0), "\(Words.bandRange($0))") }
        + zip(days, model.fits).map { (Word(same: $0.description), "\($1.sentence)") },
      asOf: Word(same: days.map(\.description).joined(separator: " → "))
    ).html
  }

  private static func empty(_ model: CrossingsPage) -> Word {
    if model.days.count < 2 { return Words.oneSheet }
    return model.query.from == nil ? Words.nothingBefore : Words.noCrossings
  }

  private static func row(_ row: CrossingsPage.Row) -> HTML {
    let isDown = row.bandAfter < row.bandBefore
    let crossed: HTML? =
      row.bandBefore == row.bandAfter
      ? nil
      : "<span class='badge \(isDown ? "bad" : "good")'>\(Words.crossed(band: row.bandBefore, to: row.bandAfter))</span>"
    let classes: HTML =
      row.classBefore == row.classAfter
      ? CustomerPieces.valueClass(row.classAfter.rawValue)
      : "\(CustomerPieces.valueClass(row.classBefore.rawValue)) → \(CustomerPieces.valueClass(row.classAfter.rawValue))"
    return """
      <tr data-row tabindex='-1'><th scope='row' class='lead'>\(CustomerPieces.link(row.customer.id, row.customer.name))</th>
        <td>\(crossed)</td><td>\(classes)</td>
        <td class='num' data-label='\(Words.pAlive)'>\(row.customer.alive.map { "\(Percent(row.aliveBefore)) → \(Percent($0))" } ?? "–")</td>
        <td class='num strong'>\(row.customer.historic)</td></tr>
      """
  }
}
