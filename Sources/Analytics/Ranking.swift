extension [Int64] {
  /// Places from the greatest value to the least; equal values in the order they stand in. O(n), with a few passes over
  /// all values: by their bytes, the last one first (radix sort; D. E. Knuth, *The Art of Computer Programming* 3, 5.2.5).
  public var ranking: [Int] {
    // Rising as unsigned numbers where the values fall.
    var keyed = enumerated().map { (key: ~(UInt64(bitPattern: $0.element) ^ 1 << 63), place: $0.offset) }
    var sorted = keyed
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      var starts = [Int](repeating: 0, count: 257)
      for pair in keyed { starts[Int(truncatingIfNeeded: pair.key >> shift & 255) + 1] += 1 }
      // Most values have the same first bytes.
      guard !starts.contains(count) else { continue }
      for byte in 1..<256 { starts[byte] += starts[byte - 1] }
      for pair in keyed {
        let byte = Int(truncatingIfNeeded: pair.key >> shift & 255)
        sorted[starts[byte]] = pair
        starts[byte] += 1
      }
      swap(&keyed, &sorted)
    }
    return keyed.map(\.place)
  }
}
