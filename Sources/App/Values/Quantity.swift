import Store
import Web

/// A number of pieces, kilograms or hours, in thousandths.
public struct Quantity: Hashable, Sendable, Comparable {
  public var thousandths: Int64

  public init(thousandths: Int64) { self.thousandths = thousandths }

  public static func < (a: Self, b: Self) -> Bool { a.thousandths < b.thousandths }
}

extension Quantity: Localized, LosslessStringConvertible {
  /// `1234.5`, as programs read it.
  public var description: String { Figures.decimal(thousandths, places: 3, grouping: false, trimmed: true) }

  public init?(_ text: String) {
    guard let thousandths = try? ParsedNumber.quantity(text) else { return nil }
    self.init(thousandths: thousandths)
  }

  public func text(for reader: Reader) -> String {
    Figures.decimal(thousandths, places: 3, trimmed: true).replacing("-", with: "−")
  }
}

extension Quantity: Bindable {
  public var value: Value { .integer(thousandths) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(thousandths: number)
  }
}

extension Quantity: Codable, SchemaDescribed {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let quantity = Quantity(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a quantity"))
    }
    self = quantity
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public static var schema: Schema { .text(pattern: #"^-?\d+(\.\d+)?$"#) }
}
