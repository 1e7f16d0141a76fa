import Store

/// An order as it stands in a form, and which order it is if it is there already.
struct TypedOrder: Codable, Sendable {
  private enum CodingKeys: CodingKey { case id }

  var id: Order.ID?
  var input: OrderInput

  init(from decoder: any Decoder) throws {
    id = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Order.ID.self, forKey: .id)
    input = try OrderInput(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(id, forKey: .id)
    try input.encode(to: encoder)
  }
}
