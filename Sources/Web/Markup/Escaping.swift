import Foundation

/// What makes text harmless in each position of a page.
enum Escaping {
  /// For text and for attribute values, quoted either way.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\0": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }

  private static let addressAttributes = [
    "href=", "src=", "action=", "formaction=", "hx-get=", "hx-post=", "hx-put=", "hx-delete=", "hx-patch=", "poster=",
  ].map { Array($0.utf8) }

  /// Whether what comes next begins the value of an attribute that holds an address.
  static func startsAddress(_ text: [UInt8]) -> Bool {
    guard let last = text.last, [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "=")].contains(last) else {
      return false
    }
    let head = last == UInt8(ascii: "=") ? text[...] : text.dropLast()
    return addressAttributes.contains { head.suffix($0.count).elementsEqual($0) }
  }

  /// Whether what comes next is an attribute value that nobody put in quotes: behind a blank, a name and `=`, not
  /// behind the `=` of an address's query.
  static func isUnquoted(_ text: [UInt8]) -> Bool {
    guard text.last == UInt8(ascii: "=") else { return false }
    let before = text.dropLast().last { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: ":"): false
      default: true
      }
    }
    return before.map { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } ?? false
  }

  /// A path of this site without a sign that browsers pass over: what nearly all addresses are.
  private static func isPath(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      let slashes = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
      return bytes.first == slashes[0] && !(bytes.count > 1 && slashes.contains(bytes[1]))
        && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
  }

  /// Paths of this site, and the schemes that cannot run code; anything else becomes `#`.
  static func safeAddress(_ text: String) -> String {
    if isPath(text) { return text }
    let address = text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    let plain = String(String.UnicodeScalarView(address))
    if plain.hasPrefix("//") || plain.hasPrefix("/\\") { return "#" }
    guard let colon = plain.firstIndex(of: ":") else { return plain }
    if plain[..<colon].contains(where: { "/?#".contains($0) }) { return plain }
    let schemes = ["http", "https", "mailto", "tel"]
    return schemes.contains(plain[..<colon].lowercased()) ? plain : "#"
  }
}

extension HTML.Interpolation {
  /// Data for a script, inside `<script type='application/json'>`.
  public mutating func appendInterpolation(json value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    appendLiteral(json.replacing("<", with: "\\u003c").replacing("&", with: "\\u0026"))
  }
}
