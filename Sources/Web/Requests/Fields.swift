import Foundation

/// The names and values of a query or a form, in order, names repeated as they come.
public struct Fields: Sendable, Equatable {
  public private(set) var pairs: [(name: String, value: String)] = []

  public init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

  /// `a=1&b=%E5%BC%A0+%E4%BC%9F`. Characters that are not UTF-8 are replaced, NUL is dropped.
  public init(encoded text: some StringProtocol) {
    pairs = text.split(separator: "&").prefix(2_000).map { pair in
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(halves[0]), halves.count > 1 ? Self.decoded(halves[1]) : "")
    }
  }

  public subscript(_ name: String) -> String? { pairs.last { $0.name == name }?.value }

  public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  /// The same with one field set, or removed when the value is nil or empty.
  public func with(_ name: String, _ value: String?) -> Fields {
    var kept = pairs.filter { $0.name != name }
    if let value, !value.isEmpty { kept.append((name, value)) }
    return Fields(kept)
  }

  public var encoded: String {
    pairs.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
  }

  /// A path with these as its query.
  public func link(_ path: String) -> String { pairs.isEmpty ? path : "\(path)?\(encoded)" }

  public static func == (a: Fields, b: Fields) -> Bool { a.pairs.elementsEqual(b.pairs, by: ==) }

  private static func decoded(_ text: Substring.SubSequence) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(32)
      case UInt8(ascii: "%"):
        guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          bytes.append(byte)
          continue
        }
        rest = rest.dropFirst(2)
        if code != 0 { bytes.append(code) }
      case 0: continue
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func decoded(_ text: some StringProtocol) -> String { decoded(Substring(text)) }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: escaped.unicodeScalars.append(Unicode.Scalar(byte))
      case 32: escaped += "+"
      default: escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return escaped
  }
}
