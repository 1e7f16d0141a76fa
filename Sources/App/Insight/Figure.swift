import Store
import Web

/// A number with what it counts, so that one table can show money, pieces or days.
struct Figure: Hashable, Sendable {
  enum Unit: Hashable, Sendable {
    /// In the minor unit of a currency.
    case money(String)
    /// In thousandths.
    case piece
    case day
    case occasion
  }

  let number: Int64
  let unit: Unit

  init(_ number: some BinaryInteger, _ unit: Unit) {
    self.number = Int64(clamping: number)
    self.unit = unit
  }

  private var places: Int { unit.places }

  /// `1234.50`, as programs read it.
  var decimal: String {
    Figures.decimal(number, places: places, grouping: false, trimmed: unit == .piece)
  }

  static func + (a: Self, b: Self) -> Self {
    let (sum, overflow) = a.number.addingReportingOverflow(b.number)
    return Self(overflow ? (a.number > 0 ? .max : .min) : sum, a.unit)
  }

  static func - (a: Self, b: Self) -> Self { Self(a.number.clampedMinus(b.number), a.unit) }
}

extension Int64 {
  /// The difference, held within 64 bits.
  func clampedMinus(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (self < 0 ? .min : .max) : difference
  }

  func clampedPlus(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (self < 0 ? .min : .max) : sum
  }
}

extension Figure.Unit {
  var places: Int {
    switch self {
    case .money(let currency): Money.places(of: currency)
    case .piece: 3
    case .day, .occasion: 0
    }
  }

  var name: String {
    switch self {
    case .money(let currency): currency
    case .piece: "piece"
    case .day: "day"
    case .occasion: "occasion"
    }
  }

  init(name: String) {
    switch name {
    case "piece": self = .piece
    case "day": self = .day
    case "occasion": self = .occasion
    default: self = .money(name)
    }
  }
}

extension Figure: Localized {
  func text(for reader: Reader) -> String {
    switch unit {
    case .money(let currency): Money(number, currency).text(for: reader)
    case .piece: Quantity(thousandths: number).text(for: reader)
    case .day, .occasion: Figures.grouped(number)
    }
  }
}

/// The same in few characters, for the cells of a grid.
struct RoundFigure: Localized {
  let figure: Figure
  init(_ figure: Figure) { self.figure = figure }

  func text(for reader: Reader) -> String {
    guard case .money(let currency) = figure.unit else {
      return Quantity(thousandths: figure.number / 1000 * 1000).text(for: reader)
    }
    return RoundMoney(Money(figure.number, currency)).text(for: reader)
  }
}

/// In JSON: `{"value": "1234.50", "unit": "CNY"}`.
extension Figure: Codable, SchemaDescribed {
  private enum CodingKeys: CodingKey { case value, unit }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .value)
    let unit = Unit(name: try container.decode(String.self, forKey: .unit))
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count > 1 ? String(halves[1]) : ""
    let padding = String(repeating: "0", count: max(0, unit.places - fraction.count))
    self.init(Int64("\(halves[0])\(fraction)\(padding)") ?? 0, unit)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(decimal, forKey: .value)
    try container.encode(unit.name, forKey: .unit)
  }

  static var schema: Schema {
    .record([("value", .text(pattern: #"^-?\d+(\.\d+)?$"#)), ("unit", .text())])
  }
}
