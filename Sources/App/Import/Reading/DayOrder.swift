/// In which order a column writes day, month and year where the digits alone do not tell: `3/4/2020`,
/// `20-3-4`. A year of four digits is recognised wherever it stands.
enum DayOrder: String, CaseIterable, Codable, Sendable {
  case yearFirst = "year-first"
  case monthFirst = "month-first"
  case dayFirst = "day-first"

  struct Decision: Equatable, Sendable {
    var order: DayOrder
    /// No other order reads as many of the values.
    var isCertain: Bool
  }

  /// The order that makes days out of most of the values; where several do, `preferred`, which follows the
  /// language (Chinese year first, English as the firm has set it).
  static func decide(_ samples: some Sequence<String>, preferring preferred: DayOrder) -> Decision {
    let open = samples.compactMap { try? DayText($0) }.filter(\.needsOrder)
    if open.isEmpty { return Decision(order: preferred, isCertain: true) }
    // Where the year has four digits only month and day are in question.
    let orders =
      open.contains { !$0.hasLongYear }
      ? [preferred, .monthFirst, .dayFirst, .yearFirst] : [.monthFirst, .dayFirst]
    let counts = orders.map { order in (order: order, count: open.count { $0.day(order) != nil }) }
    let most = counts.map(\.count).max() ?? 0
    let best = Set(counts.filter { $0.count == most }.map(\.order))
    let order = best.contains(preferred) ? preferred : orders.first(where: best.contains) ?? preferred
    return Decision(order: order, isCertain: best.count == 1)
  }
}
