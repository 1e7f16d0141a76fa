import Foundation

/// Whether the data begin later than the firm: a test on the days of first purchases.
///
/// The first four weeks are compared with what the later ones would let expect: a straight line through the numbers of
/// first purchases in all four weeks from the second third of the record on, carried back to the start. Older
/// customers are found where the first four weeks have more than 99 % of such predictions would allow, and at least
/// twice as many as expected. The error rate is 1 % where newcomers arrive at an even rate; of simulated firms whose
/// newcomers rose or fell by 40 % a year it was 2 %, of those that lost half of them each year 12 %.
///
/// What it cannot tell: an opening rush of real newcomers looks the same. Records of one closed cohort, in which nobody
/// is acquired later, are judged by the weeks of acquisition alone.
///
/// Source: prediction from a regression line with Student's quantile, e.g. N. R. Draper, H. Smith, "Applied
/// Regression Analysis", 3rd ed. (1998), 3.1.
public struct StartCheck: Codable, Equatable, Sendable {
  /// First purchases in the first 28 days on record.
  public let seen: Int
  /// As many as later ones would let expect; nil where there are too few weeks to tell.
  public let expected: Double?
  /// More than these are no chance; nil where there are too few weeks to tell.
  public let limit: Double?
  /// What was found; nil for nothing.
  public let start: TruncatedStart?

  private static let block = 28
  /// Four weeks that make the line, at least.
  private static let leastBlocks = 6
  private static let leastTimes = 2.0

  /// - Parameters:
  ///   - firstPurchases: day number of each customer's first purchase on record, in any order.
  ///   - firstDay: first day on record, those before are left out.
  ///
  /// O(n + weeks · some thousand); records longer than a hundred years are cut.
  public init(firstPurchases: [Int], firstDay: Int) {
    let ages = firstPurchases.compactMap { day -> Int? in
      let (age, overflow) = day.subtractingReportingOverflow(firstDay)
      return overflow || !(0..<36_525).contains(age) ? nil : age
    }
    let blocks = ages.counted(by: Self.block)
    seen = blocks.first ?? 0
    // The last four weeks with newcomers may not be whole.
    let later = Array(blocks.indices.dropLast().dropFirst(max(blocks.count / 3, 1)))
    guard later.count >= Self.leastBlocks, let line = Line(later.map { (Double($0), Double(blocks[$0])) }) else {
      (expected, limit, start) = (nil, nil, nil)
      return
    }
    let due = max(line.at(0), 0)
    let quantile = StudentT.quantile(0.99, freedom: Double(later.count - 2))
    let most = due + quantile * line.deviation(ofOneAt: 0, expecting: due)
    (expected, limit) = (due, most)
    start =
      Double(seen) > max(most, due * Self.leastTimes)
      ? OlderCustomers(ages.counted(by: 7)).start(firstDay: firstDay) : nil
  }
}

extension [Int] {
  /// Ages of at least 0 by periods of so many days, up to the last in which there is one.
  fileprivate func counted(by days: Int) -> [Int] {
    guard let last = self.max() else { return [] }
    var counts = [Int](repeating: 0, count: last / days + 1)
    for age in self { counts[age / days] += 1 }
    return counts
  }
}

/// Least squares through points.
private struct Line {
  private let count: Double
  private let middle: (x: Double, y: Double)
  private let slope: Double
  private let spread: Double
  /// Of the residuals.
  private let variance: Double

  init?(_ points: [(x: Double, y: Double)]) {
    count = Double(points.count)
    guard points.count > 2 else { return nil }
    let sums = points.reduce((x: 0.0, y: 0.0)) { ($0.x + $1.x, $0.y + $1.y) }
    let middle = (x: sums.x / count, y: sums.y / count)
    spread = points.reduce(0) { $0 + ($1.x - middle.x) * ($1.x - middle.x) }
    let slope = points.reduce(0) { $0 + ($1.x - middle.x) * ($1.y - middle.y) } / spread
    let squares = points.reduce(0) { $0 + pow($1.y - middle.y - slope * ($1.x - middle.x), 2) }
    (self.middle, self.slope, variance) = (middle, slope, squares / (count - 2))
  }

  func at(_ x: Double) -> Double { middle.y + slope * (x - middle.x) }

  /// Of a further count around the line, which scatters as the others do and at least as Poisson's.
  func deviation(ofOneAt x: Double, expecting mean: Double) -> Double {
    let leverage = 1 / count + (x - middle.x) * (x - middle.x) / spread
    return (max(variance, mean, 1) * (1 + leverage)).squareRoot()
  }
}
