import Foundation

/// After how many guesses somebody finds a password who tries what people choose before anything else: common words,
/// names, walks over the keyboard, sequences, dates, repetitions, and these put together. After D. Wheeler, "zxcvbn:
/// Low-Budget Password Strength Estimation", USENIX Security 2016, simplified: a password is cut into the pieces by which
/// it is found soonest, and their guesses are multiplied.
struct GuessEstimate {
  /// What most of a password is made of.
  enum Kind: Sendable { case common, own, row, repeated, date }

  /// The decimal logarithm of the guesses.
  let magnitude: Double
  /// Nil when no piece is one that anybody would try.
  let kind: Kind?

  /// What is looked at; what comes after it can only make a password better.
  private static let longest = 100

  /// - Parameters:
  ///   - own: words that belong to the person: name, address, firm.
  ///   - magnitude: the decimal logarithm of the place of a word among guesses; nil for what is no common word.
  init(_ password: String, own: [String], common magnitude: @escaping (ArraySlice<UInt8>) -> Double?) {
    let text = Self.plain(password)
    let words = own.map(Self.folded).filter { $0.count > 1 }
    let found = Self.variants(of: text).map { variant in
      let cut = GuessCut(variant.text, own: words, common: magnitude)
      return (magnitude: cut.magnitude + variant.cost, kind: cut.kind)
    }
    let best = found.min { $0.magnitude < $1.magnitude }
    self.magnitude = (best?.magnitude ?? 0) + Self.cost(ofCapitalsIn: text)
    kind = best?.kind
  }

  /// Characters as they are compared, however they were composed, without marks that nobody sees.
  private static func plain(_ text: String) -> [Unicode.Scalar] {
    let composed = String(text.unicodeScalars.prefix(4 * longest)).precomposedStringWithCompatibilityMapping
    return Array(composed.unicodeScalars.lazy.filter { !$0.isInvisibleMark }.prefix(longest))
  }

  private static func folded(_ text: String) -> [Unicode.Scalar] { folded(plain(text)) }

  private static func folded(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.map { digits[$0] ?? $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 }
  }

  /// 一二三 is no better than 123.
  private static let digits: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
    zip("〇零一二三四五六七八九十".unicodeScalars, "001234567890".unicodeScalars), uniquingKeysWith: { first, _ in first })

  /// A guesser also tries words backwards, with marks strewn in, and each character doubled.
  private static func variants(of text: [Unicode.Scalar]) -> [(text: [Unicode.Scalar], cost: Double)] {
    let text = folded(text)
    var variants = [(text, 0.0), (text.reversed(), 0.3)]
    let marks = text.filter { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }
    if !marks.isEmpty, marks.count < text.count {
      let rest = text.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      variants.append((rest, 1.5 * Double(Set(marks).count)))
    }
    let runs = text.indices.filter { $0 == 0 || text[$0] != text[$0 - 1] }
    if let times = runs.count > 1 ? runs[1] : nil, times > 1,
      text.count == times * runs.count, runs.allSatisfy({ $0.isMultiple(of: times) })
    {
      variants.append((runs.map { text[$0] }, 0.5))
    }
    return variants
  }

  /// A capital first or everywhere is what everybody does.
  private static func cost(ofCapitalsIn text: [Unicode.Scalar]) -> Double {
    let letters = text.filter { $0.isASCII && $0.properties.isAlphabetic }
    let capitals = letters.count { $0.properties.isUppercase }
    guard capitals > 0 else { return 0 }
    let isUsual = capitals == letters.count || capitals == 1 && letters.first?.properties.isUppercase == true
    return isUsual ? 0.3 : 1
  }
}
