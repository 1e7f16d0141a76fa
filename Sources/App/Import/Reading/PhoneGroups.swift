/// Parts digits in groups, `138 0013 8000 139 0013 9000`, into the numbers they are: as few as can be, all of them readable
/// where there is such a way.
struct PhoneGroups {
  struct Part {
    let range: Range<Int>
    let digits: Int
    /// Nil when it cannot be read.
    let phone: PhoneNumber?
  }

  private(set) var parts: [Part] = []
  /// Of a number in its widest writing, with an extension.
  private static let mostGroups = 8

  init(_ plain: [Unicode.Scalar], _ range: Range<Int>) {
    parts = Self.best(plain, Self.groups(plain, range) { $0 == " " })
    guard parts.contains(where: { $0.phone == nil }) else { return }
    let closer = Self.best(plain, Self.groups(plain, range) { $0 == " " || $0 == "-" })
    if !closer.contains(where: { $0.phone == nil }) { parts = closer }
  }

  private static func groups(
    _ plain: [Unicode.Scalar], _ range: Range<Int>, _ isBetween: (Unicode.Scalar) -> Bool
  ) -> [Range<Int>] {
    plain[range].split(whereSeparator: isBetween).map { $0.startIndex..<$0.endIndex }
  }

  /// The cheapest way to the end of each group, from the first on.
  private static func best(_ plain: [Unicode.Scalar], _ groups: [Range<Int>]) -> [Part] {
    var ways: [(cost: Int, parts: [Part])] = [(0, [])]
    for end in groups.indices {
      var best: (cost: Int, parts: [Part])?
      for start in max(0, end - mostGroups + 1)...end {
        let part = part(
          plain, groups[start].lowerBound..<groups[end].upperBound, isWhole: groups.count == end - start + 1)
        guard part.phone != nil || start == end else { continue }
        let cost = ways[start].cost + (part.phone == nil ? 100 : part.phone?.lacksCountry == true ? 25 : 10)
        if best.map({ cost < $0.cost }) ?? true { best = (cost, ways[start].parts + [part]) }
      }
      if let best { ways.append(best) }
    }
    return ways.last?.parts ?? []
  }

  /// A few digits are a number only where nothing else stands.
  private static func part(_ plain: [Unicode.Scalar], _ range: Range<Int>, isWhole: Bool) -> Part {
    let digits = plain[range].count(where: \.isDigit)
    let text = String(String.UnicodeScalarView(plain[range]))
    let phone = digits >= 7 || isWhole ? try? PhoneNumber.parse(text) : nil
    return Part(range: range, digits: digits, phone: phone)
  }
}
