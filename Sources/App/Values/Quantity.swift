import Store
import Web

/// A number of pieces, kilograms or hours, in thousandths.
struct Quantity: Hashable, Sendable, Comparable {
  var thousandths: Int64

  init(thousandths: Int64) { self.thousandths = thousandths }

  static func < (a: Self, b: Self) -> Bool { a.thousandths < b.thousandths }
}

extension Quantity: Localized, LosslessStringConvertible {
  /// `1234.5`, as programs read it.
  var description: String { Figures.decimal(thousandths, places: 3, grouping: false, trimmed: true) }

  init?(_ text: String) {
    guard let thousandths = try? Amount.thousandths(text) else { return nil }
    self.init(thousandths: thousandths)
  }

  func text(for reader: Reader) -> String {
    Figures.decimal(thousandths, places: 3, trimmed: true).replacing("-", with: "−")
  }
}

extension Quantity: Bindable {
  var value: Value { .integer(thousandths) }
  init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(thousandths: number)
  }
}

extension Quantity: Codable, SchemaDescribed {
  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let quantity = Quantity(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a quantity"))
    }
    self = quantity
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  static var schema: Schema { .text(pattern: #"^-?\d+(\.\d+)?$"#) }
}
