/// Numbers things in the order in which they first appear, by open addressing. A dictionary guards its hashes against
/// whoever chooses keys that collide; without that this takes a twentieth of its time.
struct Numbering<Thing: Equatable> {
  /// In the order of their numbers.
  private(set) var things: [Thing] = []
  /// Numbers, or −1 where none is.
  private var slots: [Int32]

  /// - Parameter most: there are at most so many things.
  init(ofAtMost most: Int) {
    var size = 4
    while size < 2 * most { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// O(1) where hashes differ.
  /// - Parameter hash: the same for equal things; need not be mixed well.
  mutating func number(of thing: Thing, hash: UInt64) -> Int {
    let mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> 20) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if things[number] == thing { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(things.count)
    things.append(thing)
    return things.count - 1
  }
}
