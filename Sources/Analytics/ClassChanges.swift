/// Who moved from which class to which between two classifications: of ABC classes, of RFM segments, of
/// anything.
public struct ClassChanges<Class: Hashable & Sendable>: Equatable, Sendable {
  /// A way from one class to another. Nil means not classified: a new customer comes from nil, one who is
  /// gone goes to nil.
  public struct Transition: Hashable, Sendable {
    public let from: Class?
    public let to: Class?

    public init(from: Class?, to: Class?) {
      self.from = from
      self.to = to
    }
  }

  public struct Move: Equatable, Sendable {
    public let id: Int64
    public let from: Class?
    public let to: Class?
  }

  /// The transition matrix: customers by way, those who stayed included. Ways that nobody went are absent.
  public let counts: [Transition: Int]
  /// Everybody whose class is not the same: in the order of `after`, then the gone in the order of `before`.
  public let moves: [Move]

  /// Compares two classifications by id. An id given twice counts once, with its last class. O(n).
  public init(before: [(id: Int64, class: Class)], after: [(id: Int64, class: Class)]) {
    let old = Dictionary(before.map { ($0.id, $0.class) }) { $1 }
    let new = Dictionary(after.map { ($0.id, $0.class) }) { $1 }
    var seen: Set<Int64> = []
    var counts: [Transition: Int] = [:]
    var moves: [Move] = []
    for (id, _) in after + before where seen.insert(id).inserted {
      let way = Transition(from: old[id], to: new[id])
      counts[way, default: 0] += 1
      if way.from != way.to { moves.append(Move(id: id, from: way.from, to: way.to)) }
    }
    self.counts = counts
    self.moves = moves
  }

  /// Customers who went from one class to another, or stayed where both are the same.
  public func count(from: Class?, to: Class?) -> Int {
    counts[Transition(from: from, to: to)] ?? 0
  }
}
