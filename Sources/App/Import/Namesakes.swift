import Store

/// Customers of one name, told apart by how they can be reached. Some names have thousands: those who share a phone or an
/// address are found without looking at all.
struct Namesakes<Member: Sendable>: Sendable {
  private(set) var members: [(member: Member, reach: Reach)] = []
  private var places: [Int: Int] = [:]
  /// Those without a phone, and those without an address.
  private var (unphoned, unmailed): ([Int], [Int]) = ([], [])

  var count: Int { members.count }

  mutating func add(_ member: Member, _ reach: Reach) {
    members.append((member, Reach([], "")))
    learn(reach, at: members.count - 1)
    if members[members.count - 1].reach.phones.isEmpty { unphoned.append(members.count - 1) }
    if members[members.count - 1].reach.email == nil { unmailed.append(members.count - 1) }
  }

  mutating func learn(_ reach: Reach, at place: Int) {
    members[place].reach.add(reach)
    for key in reach.keys where places[key] == nil { places[key] = place }
  }

  subscript(place: Int) -> Member {
    get { members[place].member }
    set { members[place].member = newValue }
  }

  /// Those who share a phone or an address with somebody.
  func sure(_ reach: Reach) -> [Int] { Set(reach.keys.compactMap { places[$0] }).sorted() }

  /// Those of whom nothing says that they are somebody else, at most so many.
  func open(_ reach: Reach, most: Int = 3) -> [Int] {
    let likely = reach.isEmpty ? Array(members.indices) : reach.phones.isEmpty ? unmailed : unphoned
    return Array(likely.lazy.filter { members[$0].reach.compared(with: reach) == .open }.prefix(most))
  }
}
