/// Counts and sums by group. Sums are kept in 128 bits and clamped to 64 only when read, so nothing traps and
/// nothing is lost on the way.
struct Tally<Group: Hashable> {
  private var groups: [Group: (count: Int, sum: Int128)] = [:]

  mutating func add(_ value: Int64, to group: Group) {
    groups[group, default: (0, 0)].count += 1
    groups[group, default: (0, 0)].sum += Int128(value)
  }

  func count(of group: Group) -> Int { groups[group]?.count ?? 0 }
  func sum(of group: Group) -> Int64 { Int64(clamping: groups[group]?.sum ?? 0) }
  var sum: Int64 { Int64(clamping: groups.values.reduce(Int128(0)) { $0 + $1.sum }) }
}
