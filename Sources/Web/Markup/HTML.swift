/// A piece of a page. Values interpolated into it are escaped for the place where they stand; only other
/// `HTML` is taken as it is, and there is no way to make it from a `String` that was not written in the program.
///
///     "<a href='/customers/\(c.id)'>\(c.name)</a>"
///
/// Words, amounts and days (``Localized``) are kept as they are until the page is rendered for a ``Reader``.
public struct HTML: Sendable {
  /// UTF-8.
  var text: [UInt8]
  var marks: [Mark]

  /// A place in the text where something in the reader's language goes.
  struct Mark: Sendable {
    var offset: Int
    let content: any Localized
  }

  public static let empty: HTML = ""

  public var isEmpty: Bool { text.isEmpty && marks.isEmpty }

  public static func + (a: HTML, b: HTML) -> HTML {
    var sum = a
    sum += b
    return sum
  }

  public static func += (a: inout HTML, b: HTML) {
    let (shift, first) = (a.text.count, a.marks.count)
    a.text += b.text
    a.marks += b.marks
    for index in first..<a.marks.count { a.marks[index].offset += shift }
  }

  /// UTF-8 for one reader.
  public func rendered(for reader: Reader) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + marks.count * 24)
    var done = 0
    for mark in marks {
      bytes += text[done..<mark.offset]
      bytes += Escaping.escaped(mark.content.text(for: reader)).utf8
      done = mark.offset
    }
    bytes += text[done...]
    return bytes
  }
}

extension HTML: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) {
    self.text = Array(text.utf8)
    marks = []
  }

  public init(stringInterpolation interpolation: Interpolation) { self = interpolation.html }

  public struct Interpolation: StringInterpolationProtocol {
    var html = HTML.empty

    public init(literalCapacity: Int, interpolationCount: Int) {
      html.text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    public mutating func appendLiteral(_ text: String) { html.text += text.utf8 }

    public mutating func appendInterpolation(_ part: HTML) {
      // A piece that was begun elsewhere did not know that it would be an address.
      let isHarmful =
        Escaping.startsAddress(html.text) && Escaping.safeAddress(String(decoding: part.text, as: UTF8.self)) == "#"
      html += isHarmful ? "#" : part
    }
    public mutating func appendInterpolation(_ part: HTML?) { if let part { html += part } }
    public mutating func appendInterpolation(_ parts: some Sequence<HTML>) { for part in parts { html += part } }

    /// Text of any origin. After `href=`, `src=` and the like, addresses that could run code become `#`.
    ///
    /// Disfavoured so that a literal inside an interpolation, as in `\(isNew ? "<b>new</b>" : "")`, is `HTML`.
    @_disfavoredOverload
    public mutating func appendInterpolation(_ text: some StringProtocol) {
      let text = String(text)
      let escaped = Escaping.escaped(Escaping.startsAddress(html.text) ? Escaping.safeAddress(text) : text)
      html.text += Escaping.isUnquoted(html.text) ? "\"\(escaped)\"".utf8 : escaped.utf8
    }

    @_disfavoredOverload
    public mutating func appendInterpolation(_ text: (some StringProtocol)?) {
      appendInterpolation(text.map { String($0) } ?? "")
    }

    @_disfavoredOverload
    public mutating func appendInterpolation(_ text: StaticString) { appendInterpolation(text.description) }

    public mutating func appendInterpolation(_ number: some BinaryInteger) { appendInterpolation(String(number)) }

    public mutating func appendInterpolation(_ value: some Slug) { appendInterpolation(value.slug) }

    /// A word, an amount, a day: in the reader's language when the page is rendered.
    public mutating func appendInterpolation(_ content: some Localized) {
      let isUnquoted = Escaping.isUnquoted(html.text)
      if isUnquoted { html.text.append(UInt8(ascii: "\"")) }
      html.marks.append(Mark(offset: html.text.count, content: content))
      if isUnquoted { html.text.append(UInt8(ascii: "\"")) }
    }

    public mutating func appendInterpolation(_ content: (some Localized)?) {
      if let content { appendInterpolation(content) }
    }

    /// An attribute without a value, such as `checked`.
    public mutating func appendInterpolation(_ name: StaticString, if condition: Bool) {
      if condition { html.text += "\(name)".utf8 }
    }
  }
}

/// A value with one short text for addresses and attributes, whoever reads it: ids, for instance.
public protocol Slug {
  var slug: String { get }
}

extension Sequence {
  /// One piece for each element, joined.
  public func html(_ piece: (Element) throws -> HTML) rethrows -> HTML {
    try reduce(into: HTML.empty) { try $0 += piece($1) }
  }
}
