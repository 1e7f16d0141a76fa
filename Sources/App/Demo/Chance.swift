/// The chances of the demo firm: SplitMix64 (Steele, Lea, Flood 2014) and whole-number arithmetic or plain
/// + − × ÷, so that the same seed gives the same firm on every machine, whatever its mathematics library.
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one of many, so that a customer does not depend on how many there are.
  init(seed: UInt64, of index: Int) {
    var mixed = Chance(seed: seed &+ UInt64(bitPattern: Int64(index)) &* 0xD134_2543_DE82_EF95)
    state = mixed.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 ..< count
  mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(max(count, 1))).high) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// 0 ..< 1
  mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  /// A number spread around 1, now and then much larger: about log-normal.
  mutating func spread(_ sigma: Double) -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += fraction() }
    return Self.power(sum * sigma)
  }

  /// eˣ as (1 + x/1024)¹⁰²⁴, for |x| of a few units.
  private static func power(_ x: Double) -> Double {
    var y = max(0, 1 + x / 1024)
    for _ in 0..<10 { y *= y }
    return y
  }
}

/// Items of which some come up more often.
struct Weighted<Item: Sendable>: Sendable {
  private let items: [Item]
  private let sums: [Int]

  init(_ items: [(Int, Item)]) {
    self.items = items.map(\.1)
    var sum = 0
    sums = items.map {
      sum += $0.0
      return sum
    }
  }

  func pick(_ chance: inout Chance) -> Item {
    let drawn = chance.below(sums.last ?? 1)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > drawn { high = middle } else { low = middle + 1 }
    }
    return items[low]
  }
}

extension Weighted<String> {
  /// Runs of single characters with the weight of each of a run.
  init(runs: [(Int, String)]) {
    self.init(runs.flatMap { run in run.1.map { (run.0, String($0)) } })
  }
}
