/// Numbers as people read them.
public enum Figures {
  /// `1234567` → `1,234,567`.
  public static func grouped(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var grouped: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(digit)
    }
    return String(decoding: grouped, as: UTF8.self)
  }

  /// An integer of `10^-places` units: `123450` with 2 places → `1,234.50`.
  public static func decimal(_ minor: Int64, places: Int, grouping: Bool = true, trimmed: Bool = false) -> String {
    guard (1...9).contains(places) else { return grouping ? grouped(minor) : "\(minor)" }
    let digits = String(minor.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = Int64(padded.dropLast(places)) ?? 0
    var fraction = String(padded.suffix(places))
    if trimmed { while fraction.hasSuffix("0") { fraction.removeLast() } }
    let sign = minor < 0 ? "-" : ""
    return sign + (grouping ? grouped(whole) : "\(whole)") + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// A number rounded to so many places; `–` for what is no number or does not fit.
  public static func decimal(_ value: Double, places: Int) -> String {
    let scaled = (0..<max(places, 0)).reduce(value) { scaled, _ in scaled * 10 }
    guard scaled.isFinite, abs(scaled) < 9e18 else { return "–" }
    return decimal(Int64(scaled.rounded()), places: places)
  }

  /// A share as a percentage: `0.8` → `80.0%`.
  public static func percent(_ share: Double, places: Int = 1) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return "–" }
    let scale = [1.0, 10, 100, 1000][min(max(places, 0), 3)]
    return decimal(Int64((share * 100 * scale).rounded()), places: places) + "%"
  }
}

/// A whole number with its thousands apart.
public struct Count: Localized, Equatable {
  let number: Int64
  public init(_ number: some BinaryInteger) { self.number = Int64(clamping: number) }
  public func text(for reader: Reader) -> String { Figures.grouped(number) }
}

/// A share of a whole as a percentage.
public struct Percent: Localized, Equatable {
  let share: Double
  let places: Int
  public init(_ share: Double, places: Int = 1) {
    self.share = share
    self.places = places
  }
  public func text(for reader: Reader) -> String { Figures.percent(share, places: places) }
}
