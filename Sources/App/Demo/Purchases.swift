/// An order of the demo firm as it is drawn: the day counted from the first, and what was in it.
struct Purchase: Sendable {
  struct Line: Sendable {
    /// Its place in the catalogue.
    let item: Int
    /// Negative when it was given back.
    let pieces: Int64
    /// Fen.
    let amount: Int64
    let cost: Int64
  }

  let day: Int
  let lines: [Line]

  var pieces: Int64 { lines.reduce(0) { $0 + $1.pieces } }
  var amount: Int64 { lines.reduce(0) { $0 + $1.amount } }
  var cost: Int64 { lines.reduce(0) { $0 + $1.cost } }
}

/// Draws everything one customer buys.
struct Purchases {
  private static let choices = Dictionary(
    BuyerKind.allCases.map { ($0, Catalogue.choice(for: $0)) }, uniquingKeysWith: { $1 })
  private static let returns = 0.02

  let habit: Habit
  let seasons: Seasons
  private let favourites: [Int]

  init(_ habit: Habit, seasons: Seasons, _ chance: inout Chance) {
    self.habit = habit
    self.seasons = seasons
    favourites = (0..<chance.number(3...7)).map { _ in Self.item(habit.kind, &chance) }
  }

  /// So many orders in the order of their days; about one in fifty gives back a part of the one before.
  func draw(_ count: Int, _ chance: inout Chance) -> [Purchase] {
    var purchases: [Purchase] = []
    purchases.reserveCapacity(count)
    for day in days(count, &chance) {
      if let last = purchases.last, last.amount > 0, chance.happens(Self.returns), let line = last.lines.first {
        purchases.append(
          Purchase(day: day, lines: [line.givenBack(chance.number(1...Int(max(line.pieces, 1))))]))
      } else {
        purchases.append(Purchase(day: day, lines: lines(at: day, &chance)))
      }
    }
    return purchases
  }

  private func days(_ count: Int, _ chance: inout Chance) -> [Int] {
    (0..<count).map { index in
      var part = chance.fraction()
      if habit.kind.isRegular { part = (Double(index) + part) / Double(count) }
      switch habit.trend {
      case .growing: part = part.squareRoot()
      case .falling: part = 1 - (1 - part).squareRoot()
      case .steady: break
      }
      return seasons.day(at: part, of: habit.days)
    }.sorted()
  }

  private func lines(at day: Int, _ chance: inout Chance) -> [Purchase.Line] {
    var items: [Int] = []
    for _ in 0..<chance.number(habit.kind.basket.lines) {
      let item = chance.happens(0.8) ? chance.pick(favourites) : Self.item(habit.kind, &chance)
      if !items.contains(item) { items.append(item) }
    }
    return items.map { line(of: $0, pieces: pieces(at: day, &chance)) }
  }

  private func pieces(at day: Int, _ chance: inout Chance) -> Int64 {
    let usual = Double(chance.number(habit.kind.basket.pieces)) * habit.size
    let age = Double(day - habit.days.lowerBound) / Double(max(habit.days.count, 1))
    let trend: Double =
      switch habit.trend {
      case .growing: 0.7 + age
      case .falling: 1.3 - age
      case .steady: 1
      }
    return max(1, Int64(usual * trend))
  }

  private func line(of item: Int, pieces: Int64) -> Purchase.Line {
    let goods = Catalogue.items[item]
    return Purchase.Line(
      item: item, pieces: pieces, amount: goods.price * habit.kind.price / 1000 * pieces,
      cost: goods.cost * pieces)
  }

  private static func item(_ kind: BuyerKind, _ chance: inout Chance) -> Int {
    choices[kind]?.pick(&chance) ?? 0
  }
}

extension Purchase.Line {
  func givenBack(_ count: Int) -> Self {
    let count = Int64(count)
    return Self(item: item, pieces: -count, amount: -amount / pieces * count, cost: -cost / pieces * count)
  }
}
