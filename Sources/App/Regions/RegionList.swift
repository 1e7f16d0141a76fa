/// A list of divisions as a file has it: `adcode,name,longitude,latitude`, codes of 6 to 12 digits, one line each.
enum RegionList {
  struct Mistake: Error, Equatable, CustomStringConvertible {
    let line: Int
    let why: String
    var description: String { "line \(line): \(why)" }
  }

  /// - Throws: ``Mistake`` at the first line that is not a division, and for a list without any or with too many.
  static func read(_ csv: String) throws(Mistake) -> [Region] {
    var names: [String: (name: String, longitude: Double?, latitude: Double?)] = [:]
    for (index, line) in csv.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.filter { !"\"\u{FEFF} ".contains($0) }
      }
      guard index > 0 || fields.first?.allSatisfy(\.isNumber) == true, !line.isEmpty else { continue }
      guard names.count < 50_000 else { throw Mistake(line: index + 1, why: "more than 50,000 divisions") }
      guard let code = fields.first, let short = code6(code) else {
        throw Mistake(line: index + 1, why: "the first column is not a code of 6 to 12 digits")
      }
      guard fields.count > 1, (1...50).contains(fields[1].count) else {
        throw Mistake(line: index + 1, why: "the second column is not a name of at most 50 characters")
      }
      guard short != nil, !fillers.contains(fields[1]), let key = short else { continue }
      names[key] = (fields[1], degrees(fields, 2, 180), degrees(fields, 3, 90))
    }
    guard !names.isEmpty else { throw Mistake(line: 1, why: "there is no division in it") }
    return names.keys.sorted().compactMap { code in
      names[code].map { region(code, $0.name, $0.longitude, $0.latitude, isKnown: { names[$0] != nil }) }
    }
  }

  /// What stands between a city and its districts for the sake of the code alone.
  private static let fillers: Set<String> = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]

  /// Six digits; `.some(nil)` for what lies below a district.
  private static func code6(_ digits: String) -> String?? {
    guard (6...12).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return .some(digits.dropFirst(6).allSatisfy { $0 == "0" } ? String(digits.prefix(6)) : nil)
  }

  private static func degrees(_ fields: [String], _ column: Int, _ most: Double) -> Double? {
    guard fields.indices.contains(column), let degrees = Double(fields[column]), abs(degrees) <= most else {
      return nil
    }
    return degrees
  }

  private static func region(
    _ code: String, _ name: String, _ longitude: Double?, _ latitude: Double?, isKnown: (String) -> Bool
  ) -> Region {
    let (province, city) = (code.prefix(2) + "0000", code.prefix(4) + "00")
    let level: Region.Level = code == province ? .province : code == city ? .city : .district
    let parent =
      level == .province ? "" : String(level == .district && isKnown(String(city)) ? city : province)
    return Region(
      code: code, name: name, parentCode: isKnown(parent) ? parent : "", level: level, latitude: latitude,
      longitude: longitude)
  }
}
