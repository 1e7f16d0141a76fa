/// Divisions with their parts, to choose a region by. Cities without districts and districts that belong to a
/// province directly stand side by side.
struct RegionTree: Codable, Equatable, Sendable {
  /// Which part of the country: the code of a province or city, empty for all of it.
  struct Query: Codable, Equatable, Sendable {
    var within: String?
  }

  struct Province: Codable, Equatable, Sendable {
    let code: String
    let name: String
    let shortName: String
    let cities: [City]
  }

  struct City: Codable, Equatable, Sendable {
    let code: String
    let name: String
    let shortName: String
    let districts: [District]
  }

  struct District: Codable, Equatable, Sendable {
    let code: String
    let name: String
    let shortName: String
  }

  let provinces: [Province]

  /// Nil when there is no division of this code.
  init?(within code: String?, in book: RegionBook = .country) {
    guard let code, !code.isEmpty else {
      provinces = book.parts(of: "").map { Self.province($0, in: book) }
      return
    }
    guard let region = book[code], let province = book.line(of: region).first else { return nil }
    let whole = Self.province(province, in: book)
    guard region.level != .province else {
      provinces = [whole]
      return
    }
    let cities = whole.cities.filter { $0.code == code || $0.districts.contains { $0.code == code } }
    provinces = [Province(code: whole.code, name: whole.name, shortName: whole.shortName, cities: cities)]
  }

  private static func province(_ region: Region, in book: RegionBook) -> Province {
    Province(
      code: region.code, name: region.name, shortName: region.shortName,
      cities: book.parts(of: region.code).map { city in
        City(
          code: city.code, name: city.name, shortName: city.shortName,
          districts: book.parts(of: city.code).map {
            District(code: $0.code, name: $0.name, shortName: $0.shortName)
          })
      })
  }
}
