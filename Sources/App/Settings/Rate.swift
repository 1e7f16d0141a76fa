import Foundation
import Store

/// What one unit of a currency costs in another, as an exact decimal of up to nine places.
struct Rate: Hashable, Sendable {
  /// 10⁻⁹ units.
  let billionths: Int64

  private static let places = 9
  private static let one: Int64 = 1_000_000_000

  /// Changes an amount of minor units into the other currency's, rounded half away from zero. Nil when it is
  /// too large to count.
  /// - Parameters:
  ///   - from: decimal places of the amount's currency.
  ///   - to: decimal places of the other.
  func convert(_ minor: Int64, from: Int, to: Int) -> Int64? {
    // 2^63 · 10^18 fits into 127 bits; only a currency with more places than the other can pass that.
    var amount = Int128(minor) * Int128(billionths)
    var unit = Int128(Self.one)
    for _ in 0..<max(0, to - from) {
      let (larger, overflow) = amount.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      amount = larger
    }
    for _ in 0..<max(0, from - to) { unit *= 10 }
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    let isRounded = rest.magnitude * 2 >= unit.magnitude
    return Int64(exactly: whole + (isRounded ? amount.signum() : 0))
  }
}

extension Rate: LosslessStringConvertible {
  /// Reads `7.1534`: above zero, at most nine digits on each side of the point.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /(\d{1,9})(?:\.(\d{1,9}))?/), let whole = Int64(match.1) else {
      return nil
    }
    let digits = String(match.2 ?? "")
    let padded = digits + String(repeating: "0", count: Self.places - digits.count)
    guard let fraction = Int64(padded), whole > 0 || fraction > 0 else { return nil }
    billionths = whole * Self.one + fraction
  }

  var description: String {
    let digits = String(billionths % Self.one)
    var fraction = String(repeating: "0", count: Self.places - digits.count) + digits
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return fraction.isEmpty ? "\(billionths / Self.one)" : "\(billionths / Self.one).\(fraction)"
  }
}
