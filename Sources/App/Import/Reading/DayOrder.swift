import Store

/// In which order a column writes day, month and year where the digits alone do not tell: `3/4/2020`,
/// `20-3-4`. A year of four digits is recognised wherever it stands.
enum DayOrder: String, CaseIterable, Codable, Sendable {
  case yearFirst = "year-first"
  case monthFirst = "month-first"
  case dayFirst = "day-first"

  struct Decision: Equatable, Sendable {
    var order: DayOrder
    /// False where the values can be read in several orders and nothing tells which is meant.
    var isCertain: Bool
  }

  /// The order of the values; where nothing tells, `preferred`.
  static func decide(_ samples: some Sequence<String>, preferring preferred: DayOrder) -> Decision {
    var evidence = Evidence()
    for sample in samples { evidence.add(sample) }
    return evidence.decision(preferring: preferred)
  }

  /// What the dates of a file tell of their order, date by date.
  struct Evidence: Sendable {
    /// Dates that are days in this order alone.
    private var only: [DayOrder: Int] = [:]
    /// Dates that are different days in different orders, and those of them parted by points.
    private var (open, dotted) = (0, 0)
    /// The first date that can be read in several ways, and the first whose year has two digits.
    private(set) var example: String?
    private(set) var shortYear: String?

    /// Orders that most of the deciding dates agree on, so that a mistyped one among them is questioned instead of obeyed.
    private static let clear = 0.9

    mutating func add(_ text: String) {
      guard !Self.isPlain(text), let date = try? DayText(text), date.needsOrder else { return }
      if shortYear == nil, !date.hasLongYear { shortYear = text }
      let orders: [DayOrder] = date.hasLongYear ? [.monthFirst, .dayFirst] : DayOrder.allCases
      let days = orders.compactMap { order in date.day(order).map { (order, $0.iso) } }
      if days.count == 1 {
        only[days[0].0, default: 0] += 1
      } else if Set(days.map(\.1)).count > 1 {
        open += 1
        if example == nil { example = text }
        if date.isDotted && date.hasLongYear { dotted += 1 }
      }
    }

    /// Dates parted by points have the day first, unless others say otherwise.
    func decision(preferring preferred: DayOrder) -> Decision {
      let all = only.values.reduce(0, +)
      if let most = only.max(by: { $0.value < $1.value }), Double(most.value) >= Self.clear * Double(all) {
        return Decision(order: most.key, isCertain: true)
      }
      if all == 0 && open == 0 { return Decision(order: preferred, isCertain: true) }
      if all == 0 && dotted == open { return Decision(order: .dayFirst, isCertain: true) }
      if let most = only.max(by: { $0.value < $1.value }) { return Decision(order: most.key, isCertain: false) }
      return Decision(order: likeliest(preferred), isCertain: false)
    }

    /// How the example reads in each order that makes a day of it.
    var readings: [(order: DayOrder, day: ParsedDay)] {
      guard let date = example.flatMap({ try? DayText($0) }) else { return [] }
      let orders: [DayOrder] = date.hasLongYear ? [.monthFirst, .dayFirst] : DayOrder.allCases
      return orders.compactMap { order in date.day(order).map { (order, $0) } }
    }

    /// The one with the latest year that has begun: files tell of what was lately.
    private func likeliest(_ preferred: DayOrder) -> DayOrder {
      let begun = readings.filter { $0.day.year <= 1970 + Int(Instant.now().milliseconds / 31_556_952_000) }
      guard let latest = begun.map(\.day.year).max() else { return readings.first?.order ?? preferred }
      let likely = begun.filter { $0.day.year == latest }.map(\.order)
      return likely.contains(preferred) ? preferred : likely.first ?? preferred
    }

    /// `2020-02-21` and `2020-02-21 23:59:54`, which most files hold.
    private static func isPlain(_ text: String) -> Bool {
      let bytes = text.utf8
      guard bytes.count == 10 || bytes.count == 19 else { return false }
      return bytes.dropFirst(4).first == 0x2D && bytes.prefix(4).allSatisfy(\.isDigit)
    }
  }
}
