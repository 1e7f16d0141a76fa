import Store
import Web

/// An amount of a currency, in its smallest unit. Never floating point.
struct Money: Hashable, Sendable {
  var minor: Int64
  /// ISO 4217.
  var currency: String

  init(_ minor: Int64, _ currency: String) {
    self.minor = minor
    self.currency = currency
  }

  /// Decimal places of a currency (ISO 4217); 2 where it says nothing else.
  static func places(of currency: String) -> Int { Currencies.places[currency] ?? 2 }

  /// Minor units in one of the currency.
  static func unit(of currency: String) -> Double { [1, 10, 100, 1000][min(max(places(of: currency), 0), 3)] }

  static func symbol(of currency: String) -> String { symbols[currency] ?? currency + " " }

  private static let symbols = [
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "TWD": "NT$", "JPY": "JP¥", "KRW": "₩", "SGD": "S$",
  ]

  /// `1234.50`, as programs read it.
  var decimal: String { Figures.decimal(minor, places: Self.places(of: currency), grouping: false) }
}

/// `¥1,234.50` and `−¥1,234.50`, in both languages.
extension Money: Localized, CustomStringConvertible {
  var description: String {
    let figure = Figures.decimal(minor, places: Self.places(of: currency))
    return minor < 0 ? "−\(Self.symbol(of: currency))\(figure.dropFirst())" : Self.symbol(of: currency) + figure
  }

  func text(for reader: Reader) -> String { description }
}

/// In JSON: `{"amount": "1234.50", "currency": "CNY"}`.
extension Money: Codable {
  private enum CodingKeys: CodingKey { case amount, currency }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    currency = try container.decode(String.self, forKey: .currency)
    let text = try container.decode(String.self, forKey: .amount)
    guard let minor = try? Amount.minorUnits(text, decimals: Self.places(of: currency)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not an amount"))
    }
    self.minor = minor
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(decimal, forKey: .amount)
    try container.encode(currency, forKey: .currency)
  }
}

extension Money: SchemaDescribed {
  static var schema: Schema {
    .record([("amount", .text(pattern: #"^-?\d+(\.\d+)?$"#)), ("currency", .text(pattern: "^[A-Z]{3}$"))])
  }
}

/// An amount in few characters: `¥1.2亿`, `¥128.4万`; `¥120.0M`, `¥1.3M`, `¥12.5K`.
struct RoundMoney: Localized {
  let money: Money
  init(_ money: Money) { self.money = money }

  func text(for reader: Reader) -> String {
    let whole = Double(money.minor.magnitude) / Money.unit(of: money.currency)
    let steps: [(Double, String)] =
      reader.language == .zh ? [(1e8, "亿"), (1e4, "万")] : [(1e9, "B"), (1e6, "M"), (1e3, "K")]
    let sign = money.minor < 0 ? "−" : ""
    let symbol = Money.symbol(of: money.currency)
    guard let (size, name) = steps.first(where: { whole >= $0.0 }) else {
      return sign + symbol + Figures.grouped(Int64(whole.rounded()))
    }
    return sign + symbol + Figures.decimal(Int64((whole / size * 10).rounded()), places: 1) + name
  }
}
