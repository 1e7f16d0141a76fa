extension Double {
  /// `part / whole`; 1 where the whole is nothing. Nearly every sum fits 64 bits, which convert far faster
  /// than 128.
  static func share(_ part: Int128, of whole: Int128) -> Double {
    guard whole != 0 else { return 1 }
    if let part = Int64(exactly: part), let whole = Int64(exactly: whole) {
      return Double(part) / Double(whole)
    }
    return Double(part) / Double(whole)
  }
}
