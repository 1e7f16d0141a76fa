import CAssets

/// All divisions in memory, findable by code and by whatever people write.
struct RegionBook: Sendable {
  /// By code, so that each stands before its parts.
  let regions: [Region]
  private let index: [String: Int]
  private let byParent: [String: [Region]]
  private let names: NameTrie
  /// By place: `浙江 杭州 西湖`.
  private let paths: [String]

  init(_ regions: [Region]) {
    self.regions = regions.sorted { $0.code < $1.code }
    index = Dictionary(
      self.regions.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { first, _ in first })
    byParent = Dictionary(grouping: self.regions, by: \.parentCode)
    var (names, paths): (NameTrie, [String]) = (NameTrie(), [])
    for (place, region) in self.regions.enumerated() {
      let short = region.shortName
      for form in RegionName.forms(region.name, short: short) { names.add(form, place) }
      let parent = index[region.parentCode].flatMap { $0 < place ? paths[$0] + " " : nil }
      paths.append((parent ?? "") + short)
    }
    (self.names, self.paths) = (names, paths)
  }

  subscript(_ code: String) -> Region? { index[code].map { regions[$0] } }

  /// The division of a code, or the nearest one around it.
  func around(_ code: String) -> Region? {
    let digits = code.prefix(6)
    return self[String(digits)] ?? self[digits.prefix(4) + "00"] ?? self[digits.prefix(2) + "0000"]
  }

  /// The short names from the province down to the division of a code, or the nearest one around it.
  func path(_ code: String) -> String? { around(code).flatMap { index[$0.code] }.map { paths[$0] } }

  /// From the province down to the division itself.
  func line(of region: Region) -> [Region] {
    var line = [region]
    while let parent = self[line[0].parentCode], parent.level < line[0].level { line.insert(parent, at: 0) }
    return line
  }

  func parts(of code: String) -> [Region] { byParent[code] ?? [] }

  /// The deepest division the text names beyond doubt; nil when there is none.
  func resolve(_ typed: String) -> Region? {
    let text = Self.plain(typed)
    if text.count >= 2, text.allSatisfy({ ("0"..."9").contains($0) }) { return byCode(text) }
    var (found, rest) = (Region?.none, text[...])
    while let (region, length) = next(rest, in: found) {
      found = region
      rest = rest.dropFirst(length)
    }
    return found
  }

  private func byCode(_ digits: [Unicode.Scalar]) -> Region? {
    guard [2, 4, 6, 9, 12].contains(digits.count) else { return nil }
    var code = String(String.UnicodeScalarView(digits.prefix(6)))
    code += String(repeating: "0", count: 6 - code.count)
    return around(code)
  }

  /// The longest name at the start of the text that is sure within what was found so far.
  private func next(_ text: ArraySlice<Unicode.Scalar>, in whole: Region?) -> (Region, Int)? {
    for (length, places) in names.prefixes(of: text).reversed() {
      let candidates = places.map { regions[$0] }.filter { whole?.contains($0) ?? true }
      if let region = sure(candidates, within: whole), !isStreet(text, length, region) {
        return (region, length)
      }
      if let whole, places.contains(where: { regions[$0].code == whole.code }) { return (whole, length) }
    }
    return nil
  }

  /// The only one, or the only one of the highest rank: 吉林 is the province, 西安 the city.
  private func sure(_ candidates: [Region], within whole: Region?) -> Region? {
    guard let level = candidates.map(\.level).min() else { return nil }
    let highest = candidates.filter { $0.level == level }
    guard highest.count == 1, let region = highest.first else { return nil }
    if candidates.count == 1 || candidates.allSatisfy({ $0 == region || region.contains($0) }) {
      return region
    }
    // Who writes 朝阳 alone may mean the district of Beijing as well as the city in Liaoning.
    return level == .district || (whole == nil && region.shortName == "朝阳") ? nil : region
  }

  /// Whether a name without its ending goes on as the name of a street or village.
  private func isStreet(_ text: ArraySlice<Unicode.Scalar>, _ length: Int, _ region: Region) -> Bool {
    guard length < region.name.unicodeScalars.count, let after = text.dropFirst(length).first else {
      return false
    }
    return "路街道巷村镇乡".unicodeScalars.contains(after)
  }

  /// Without blanks, marks between the parts, and words that name no place.
  private static func plain(_ typed: String) -> [Unicode.Scalar] {
    var text = String(typed.prefix(100))
    for word in ["中华人民共和国", "中国", "市辖区"] { text = text.replacing(word, with: "") }
    return text.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
  }
}

extension RegionBook {
  /// The divisions of the country, as the program carries them.
  static let country: RegionBook = {
    for index in 0..<guanxi_asset_count() {
      guard let asset = guanxi_asset_at(index), String(cString: asset.pointee.name) == "data/divisions.csv"
      else { continue }
      let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.count)
      return RegionBook((try? RegionList.read(String(decoding: bytes, as: UTF8.self))) ?? [])
    }
    return RegionBook([])
  }()
}
