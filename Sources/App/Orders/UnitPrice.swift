import Store
import Web

/// What one piece costs, with four more decimals than amounts of the currency have: screws are sold at ¥0.0365.
struct UnitPrice: Equatable, Sendable {
  private static let extraPlaces = 4
  private static let extra: Int64 = 10_000

  let currency: String
  /// Ten-thousandths of the currency's smallest unit.
  private let value: Int64

  /// A price in whole smallest units, as products have it.
  init?(minor: Int64, currency: String) {
    let (value, overflow) = minor.multipliedReportingOverflow(by: Self.extra)
    guard !overflow else { return nil }
    self.value = value
    self.currency = currency
  }

  /// - Throws: ``ValueProblem`` for what is no number, or none that can be counted.
  init(typed: String, currency: String) throws(ValueProblem) {
    value = try Amount.minorUnits(typed, decimals: Money.places(of: currency) + Self.extraPlaces)
    self.currency = currency
  }

  /// The price that gives exactly this amount for this quantity; nil when there is none so short.
  init?(of amount: Int64, _ quantity: Quantity, in currency: String) {
    guard quantity.thousandths != 0 else { return nil }
    let (value, rest) = (Int128(amount) * Int128(Self.extra) * 1000).quotientAndRemainder(
      dividingBy: Int128(quantity.thousandths))
    guard rest == 0, let value = Int64(exactly: value), value >= 0 else { return nil }
    self.value = value
    self.currency = currency
  }

  /// Quantity times price in smallest units, rounded half away from zero; nil when it is too large to count.
  func amount(for quantity: Quantity) -> Int64? {
    let unit = Int128(Self.extra) * 1000
    let (whole, rest) = (Int128(value) * Int128(quantity.thousandths)).quotientAndRemainder(dividingBy: unit)
    return Int64(exactly: rest.magnitude * 2 >= unit.magnitude ? whole + rest.signum() : whole)
  }

  /// `285.00`, `0.0365`: at least the decimals the currency has.
  var description: String {
    let places = Money.places(of: currency)
    var text = Figures.decimal(value, places: places + Self.extraPlaces, grouping: false)
    for _ in 0..<Self.extraPlaces where text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
