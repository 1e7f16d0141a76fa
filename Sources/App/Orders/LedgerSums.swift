/// What rows of a ledger add up to, exactly, however large: a sum that a column cannot hold is written as several rows, so that
/// what is taken off later leaves what is there.
struct LedgerSums {
  private var sums: [Int128]

  init(_ count: Int) { sums = Array(repeating: 0, count: count) }

  /// - Parameter numbers: as many as there are sums.
  mutating func add(_ numbers: [Int64], isLeaving: Bool) {
    for (place, number) in numbers.enumerated() { sums[place] += isLeaving ? -Int128(number) : Int128(number) }
  }

  /// None where everything adds up to nothing.
  var rows: [[Int64]] {
    var rest = sums
    var rows: [[Int64]] = []
    while rest.contains(where: { $0 != 0 }) {
      let row = rest.map { Int64(clamping: $0) }
      for (place, number) in row.enumerated() { rest[place] -= Int128(number) }
      rows.append(row)
    }
    return rows
  }
}
