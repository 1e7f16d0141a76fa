extension Array where Element: Comparable {
  /// How many elements are less than `limit`; the array must be in ascending order. O(log n).
  func count(below limit: Element) -> Int { leading { $0 < limit } }

  /// How many elements are at most `limit`; the array must be in ascending order. O(log n).
  func count(notAbove limit: Element) -> Int { leading { $0 <= limit } }

  /// How many elements fulfil a condition that all of them do up to some place, and none after it.
  private func leading(_ condition: (Element) -> Bool) -> Int {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = condition(self[middle]) ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}

extension Int {
  /// The days from `earlier` to here, held within 64 bits.
  func days(since earlier: Int) -> Int { Int(clamping: Int128(self) - Int128(earlier)) }
}
