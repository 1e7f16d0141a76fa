import Analytics
import Foundation
import Testing

/// Every tenth of those who first bought at CDNOW in the first quarter of 1997, followed to the end of June 1998. The
/// expected figures were counted from the file by a separate program.
@Suite(.enabled(if: CDNOW.isThere, "../shared/data is not on this machine"))
struct CDNOWTests {
  @Test func cohortsByMonth() throws {
    // First days of the months from January 1997 to July 1998, counted from the 1st of January 1997.
    let months = [
      0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365, 396, 424, 455, 485, 516, 546,
    ]
    let triangle = try CohortTriangle(CDNOW.purchases(), boundaries: months, asOf: 545)
    #expect(triangle.cohorts.map(\.acquired) == [781, 857, 719] + Array(repeating: 0, count: 15))
    #expect(
      triangle.cohorts[0].cells.map(\.active) == [
        781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33,
      ])
    #expect(triangle.cohorts[2].cells.map(\.revenue).prefix(4) == [3_281_209, 410_303, 345_667, 316_359])
    let total = triangle.cohorts.compactMap(\.cells.last?.cumulativeRevenue).reduce(0, +)
    #expect(total == 24_409_194)
  }

  @Test func secondOrders() throws {
    let days = try Dictionary(grouping: CDNOW.purchases(), by: \.customer).values.map { Set($0.map(\.day)).sorted() }
    let rate = RepeatRate(days.map { .init(first: $0[0], second: $0.dropFirst().first) }, asOf: 545)
    #expect(rate.buyers == 2357)
    #expect(rate.repeated == 1139)
    for (days, share) in [(30, 0.17394993636), (91, 0.29189647858), (365, 0.45566397964)] {
      #expect(abs(try #require(rate.share(within: days)) - share) < 1e-9)
    }
  }
}

private enum CDNOW {
  static let file = URL(filePath: #filePath)
    .appending(path: "../../../../../shared/data/cdnow/CDNOW_sample.txt").standardized
  static var isThere: Bool { FileManager.default.fileExists(atPath: file.path()) }

  static func purchases() throws -> [CohortTriangle.Purchase] {
    let origin = try #require(day("19970101"))
    return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map { line in
      let fields = line.split(separator: " ")
      return try CohortTriangle.Purchase(
        customer: #require(Int64(fields[1])), day: #require(day(fields[2])) - origin,
        amount: Int64((#require(Double(fields[4])) * 100).rounded()))
    }
  }

  /// The day number of a date such as 19970131.
  private static func day(_ date: Substring) -> Int? {
    guard let digits = Int(date) else { return nil }
    var utc = Calendar(identifier: .gregorian)
    utc.timeZone = .gmt
    let parts = DateComponents(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    return utc.date(from: parts).map { Int($0.timeIntervalSince1970) / 86_400 }
  }
}
