/// What is wrong with what somebody typed, field by field. Not an error of the program: the form is shown
/// again with a message at each field, or a program gets `422` with the same messages.
public struct Problems: Error, Sendable, Equatable, Codable {
  public private(set) var fields: [String: Word]

  public init(_ fields: [String: Word] = [:]) { self.fields = fields }

  init(at path: [any CodingKey], _ message: Word) {
    self.init([path.map(\.wireName).joined(separator: "."): message])
  }

  public static let none = Problems()
  public var isEmpty: Bool { fields.isEmpty }

  public subscript(_ field: String) -> Word? {
    get { fields[field] }
    set { fields[field] = newValue }
  }

  public static let missing = Word("请填写", "Fill this in")
  public static let unreadable = Word("无法识别的内容", "This cannot be understood")
}
