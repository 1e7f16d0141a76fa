import Analytics
import Foundation

/// Purchases of CDNOW's customers of early 1997, as Bruce Hardie published them; on our machines beside the project.
enum CDNOW {
  static let isThere = FileManager.default.fileExists(atPath: path("CDNOW_sample.txt"))
  static let absence = "../shared/data is not on this machine"

  static let calibrationEnd = day(1997_09_30)
  static let holdoutEnd = day(1998_06_30)

  /// A tenth of the customers, at cents.
  static func sample() throws -> PurchaseStatistics {
    try statistics(String(contentsOfFile: path("CDNOW_sample.txt"), encoding: .utf8), customerColumn: 1)
  }

  static func master() throws -> PurchaseStatistics {
    let unzip = Process()
    let output = Pipe()
    unzip.executableURL = URL(filePath: "/bin/gzip")
    unzip.arguments = ["-dc", path("CDNOW_master.txt.gz")]
    unzip.standardOutput = output
    try unzip.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return try statistics(text, customerColumn: 0)
  }

  /// The summary that the papers were calculated from: frequency, recency and age in weeks.
  static func summary() throws -> [PurchaseHistory] {
    try String(contentsOfFile: path("cdnow_customers_summary.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
        let cells = line.split(separator: ",").compactMap { Double($0) }
        return PurchaseHistory(frequency: Int(cells[1]), recency: cells[2], age: cells[3])
      }
  }

  private static func statistics(_ text: String, customerColumn: Int) throws -> PurchaseStatistics {
    var customers: [Int32] = []
    var days: [Int32] = []
    var amounts: [Int64] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let cells = line.split(separator: " ")
      guard let id = Int32(cells[customerColumn]), let date = Int(cells[cells.count - 3]),
        let value = Double(cells[cells.count - 1])
      else { continue }
      customers.append(id - 1)
      days.append(Int32(day(date)))
      amounts.append(Int64((value * 100).rounded()))
    }
    return try PurchaseStatistics(
      customerCount: Int(customers.max() ?? -1) + 1, customers: customers, days: days, amounts: amounts,
      calibrationEnd: calibrationEnd, holdoutEnd: holdoutEnd)
  }

  private static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/data/cdnow/\(name)")
      .standardized.path
  }

  /// Days since 1970 of YYYYMMDD. Source: H. Hinnant, "chrono-compatible low-level date algorithms".
  private static func day(_ date: Int) -> Int {
    let (month, day) = (date / 100 % 100, date % 100)
    let year = date / 10_000 - (month <= 2 ? 1 : 0)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
