/// Counts and sums of numbered groups. Sums are kept in 128 bits and clamped to 64 only when read, so nothing traps
/// and nothing is lost on the way.
struct Tally {
  private var groups: [(count: Int, sum: Int128)]

  init(groups: Int) { self.groups = Array(repeating: (0, 0), count: groups) }

  mutating func add(_ value: Int64, to group: Int) {
    groups[group].count += 1
    groups[group].sum += Int128(value)
  }

  func count(of group: Int) -> Int { groups[group].count }
  func sum(of group: Int) -> Int64 { Int64(clamping: groups[group].sum) }

  /// Of several groups together.
  func count(of several: [Int]) -> Int { several.reduce(0) { $0 + groups[$1].count } }
  func sum(of several: [Int]) -> Int64 { Int64(clamping: several.reduce(Int128(0)) { $0 + groups[$1].sum }) }
  var sum: Int64 { sum(of: Array(groups.indices)) }
}
