/// Names by their first characters: all names a text begins with are found in one walk.
struct NameTrie: Sendable {
  private var next: [[Unicode.Scalar: Int]] = [[:]]
  private var ends: [[Int]] = [[]]

  mutating func add(_ name: String, _ place: Int) {
    var node = 0
    for scalar in name.unicodeScalars {
      if let known = next[node][scalar] {
        node = known
      } else {
        next.append([:])
        ends.append([])
        next[node][scalar] = next.count - 1
        node = next.count - 1
      }
    }
    ends[node].append(place)
  }

  /// From the shortest to the longest, each with its places.
  func prefixes(of text: ArraySlice<Unicode.Scalar>) -> [(length: Int, places: [Int])] {
    var (node, length) = (0, 0)
    var found: [(Int, [Int])] = []
    for scalar in text {
      guard let known = next[node][scalar] else { break }
      node = known
      length += 1
      if !ends[node].isEmpty { found.append((length, ends[node])) }
    }
    return found
  }
}
