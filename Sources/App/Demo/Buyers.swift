/// What sort of customer buys how.
enum BuyerKind: CaseIterable, Sendable {
  case person, office, restaurant, shop, distributor, supplier

  /// How many of 1,000 customers.
  static let all = Weighted<BuyerKind>([
    (618, .person), (160, .office), (102, .restaurant), (86, .shop), (22, .distributor), (12, .supplier),
  ])

  var rhythm: Seasons.Rhythm {
    switch self {
    case .person: .personal
    case .office: .gifts
    case .restaurant, .shop, .distributor, .supplier: .steady
    }
  }

  /// Orders it would place, against the others, and how far they are apart.
  var appetite: (median: Double, spread: Double) {
    switch self {
    case .person: (2.4, 0.9)
    case .office: (3, 0.8)
    case .restaurant: (11, 0.7)
    case .shop: (12, 0.8)
    case .distributor: (19, 0.6)
    case .supplier: (0, 0)
    }
  }

  /// Kinds of goods in an order, and pieces of each.
  var basket: (lines: ClosedRange<Int>, pieces: ClosedRange<Int>) {
    switch self {
    case .person: (1...3, 1...4)
    case .office: (1...2, 3...22)
    case .restaurant: (2...4, 2...10)
    case .shop: (2...5, 2...10)
    case .distributor: (2...6, 4...18)
    case .supplier: (1...1, 1...1)
    }
  }

  /// Of 1,000 of the list price.
  var price: Int64 {
    switch self {
    case .person, .supplier: 1000
    case .office: 920
    case .restaurant: 880
    case .shop: 780
    case .distributor: 700
    }
  }

  /// How many stop buying at some time.
  var leaving: Double {
    switch self {
    case .person: 0.42
    case .office: 0.28
    case .restaurant: 0.30
    case .shop: 0.22
    case .distributor: 0.12
    case .supplier: 0
    }
  }

  /// Kitchens and shops order by habit, others when there is an occasion.
  var isRegular: Bool { self == .restaurant || self == .shop || self == .distributor }
}

/// When and how much one customer buys, drawn before anything else of it.
struct Habit: Sendable {
  /// Buys more and more, less and less, or always about the same.
  enum Trend: Sendable { case growing, falling, steady }

  let kind: BuyerKind
  /// From its first day to its last, counted from the first day of the demo.
  let days: Range<Int>
  /// Its share of all orders, unnormalised.
  let weight: Double
  /// How large its orders are against those of its kind.
  let size: Double
  let trend: Trend

  init(_ chance: inout Chance, seasons: [Seasons.Rhythm: Seasons], total: Int) {
    kind = BuyerKind.all.pick(&chance)
    // Half were there before; the others came later, some only now.
    let start = chance.happens(0.5) ? 0 : chance.below(max(total - 7, 1))
    let leaves = chance.happens(kind.leaving) && total - start > 150
    let end = leaves ? start + 40 + chance.below(total - start - 100) : total
    days = start..<max(end, start + 1)
    let share = seasons[kind.rhythm]?.share(days) ?? 0
    // Some only asked so far; of the others each bought at least about once.
    let isProspect = kind == .supplier || chance.happens(0.04)
    weight = isProspect ? 0 : kind.appetite.median * share * chance.spread(kind.appetite.spread) + 0.8
    size = chance.spread(kind == .person ? 0.35 : 0.45)
    trend = Weighted<Trend>([(12, .growing), (14, .falling), (74, .steady)]).pick(&chance)
  }
}
