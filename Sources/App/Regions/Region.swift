import Store

/// A division of the country: a province, a city or a district, by its code in GB/T 2260.
struct Region: Codable, Hashable, Sendable, Identifiable {
  enum Level: String, Codable, CaseIterable, Sendable, Bindable, Comparable {
    case province, city, district

    private var depth: Int { self == .province ? 1 : self == .city ? 2 : 3 }
    static func < (a: Self, b: Self) -> Bool { a.depth < b.depth }
  }

  /// Six digits: two of the province, two of the city, two of the district.
  let code: String
  let name: String
  /// Of the division it is a part of; empty for provinces.
  let parentCode: String
  let level: Level
  let latitude: Double?
  let longitude: Double?

  var id: String { code }
  /// `浙江`, `内蒙古`, `西湖`
  var shortName: String { RegionName.short(name) }

  func contains(_ other: Region) -> Bool { level < other.level && other.code.hasPrefix(stem) }

  /// The first digits, which its parts share.
  private var stem: Substring {
    switch level {
    case .province: code.prefix(2)
    case .city: code.prefix(4)
    case .district: code[...]
    }
  }
}

extension Region {
  /// The division a text names beyond doubt, as deep as it goes: `杭州西湖`, `广东深圳`, `330106`. Nil when it names
  /// none, or could mean several.
  static func resolve(_ typed: String) -> Region? { RegionBook.country.resolve(typed) }

  /// `浙江 杭州 西湖`; empty for a code that means nothing.
  static func path(_ code: String) -> String { RegionBook.country.path(code) ?? "" }

  /// The path of a code, or what was typed where it means no division.
  static func shown(_ code: String, typed: String) -> String { code.isEmpty ? typed : path(code) }

  static var provinces: [Region] { RegionBook.country.parts(of: "") }
}
