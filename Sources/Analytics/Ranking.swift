extension [Int64] {
  /// Places from the greatest value to the least; equal values in the order they stand in. O(n log n).
  public var ranking: [Int] {
    // Beside their places the values are compared where they lie, instead of being fetched from anywhere.
    enumerated().map { (value: $0.element, place: $0.offset) }.sorted { $0.value > $1.value }.map(\.place)
  }
}
