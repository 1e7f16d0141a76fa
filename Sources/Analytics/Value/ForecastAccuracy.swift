/// How near a forecast of each customer's purchases came to what they did.
public struct ForecastAccuracy: Codable, Equatable, Sendable {
  public let customers: Int
  public let expectedTotal: Double
  public let actualTotal: Double
  /// Mean absolute error, purchases a customer.
  public let meanAbsoluteError: Double
  /// Root of the mean squared error, purchases a customer.
  public let rootMeanSquareError: Double
  /// Pearson's; nil where either side is the same for everybody.
  public let correlation: Double?

  /// Compares `expected` with `actual`, customer by customer; what one of them has more is ignored. O(n).
  public init(expected: [Double], actual: [Int]) {
    let pairs = zip(expected, actual).map { (expected: $0, actual: Double($1)) }
    let count = Double(max(pairs.count, 1))
    let totals = pairs.reduce((expected: 0.0, actual: 0.0)) { ($0.expected + $1.expected, $0.actual + $1.actual) }
    let means = (expected: totals.expected / count, actual: totals.actual / count)
    var (absolute, squared, covariance, ofExpected, ofActual) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for pair in pairs {
      let error = pair.expected - pair.actual
      let (x, y) = (pair.expected - means.expected, pair.actual - means.actual)
      absolute += abs(error)
      squared += error * error
      covariance += x * y
      ofExpected += x * x
      ofActual += y * y
    }
    let scale = (ofExpected * ofActual).squareRoot()
    customers = pairs.count
    expectedTotal = totals.expected
    actualTotal = totals.actual
    meanAbsoluteError = absolute / count
    rootMeanSquareError = (squared / count).squareRoot()
    correlation = scale > 0 ? covariance / scale : nil
  }
}

/// A model judged by purchases it did not see, beside two forecasts that take no thought.
public struct HoldoutReport: Codable, Equatable, Sendable {
  public let model: ForecastAccuracy
  /// Nobody ever buys again.
  public let alwaysZero: ForecastAccuracy
  /// Everybody goes on at their own past rate, x / T.
  public let sameRate: ForecastAccuracy
  /// Conditional expectation: by frequency in the calibration 0, 1, … and 7 or more.
  public let byFrequency: [FrequencyClass]

  /// Customers of one past frequency, and what they did next.
  public struct FrequencyClass: Codable, Equatable, Sendable {
    /// Repeat purchases in the calibration; the last class has this or more.
    public let frequency: Int
    public let customers: Int
    /// Purchases a customer in the holdout; 0 for a class without customers.
    public let expectedMean: Double
    public let actualMean: Double
  }

  public static let greatestFrequency = 7

  /// - Parameters:
  ///   - histories: As of the calibration's end, one per customer.
  ///   - actual: Purchases of each in the `weeks` of the holdout.
  public init(_ histories: [PurchaseHistory], actual: [Int], weeks: Double, model: any PurchaseModel) {
    let expected = model.scores(histories, weeks: weeks).map(\.expectedPurchases)
    self.model = ForecastAccuracy(expected: expected, actual: actual)
    alwaysZero = ForecastAccuracy(expected: expected.map { _ in 0 }, actual: actual)
    sameRate = ForecastAccuracy(
      expected: histories.map { $0.age > 0 ? Double($0.frequency) / $0.age * weeks : 0 }, actual: actual)
    var classes = [(customers: Int, expected: Double, actual: Int)](
      repeating: (0, 0, 0), count: Self.greatestFrequency + 1)
    for (history, (expected, actual)) in zip(histories, zip(expected, actual)) {
      let index = min(history.frequency, Self.greatestFrequency)
      classes[index].customers += 1
      classes[index].expected += expected
      classes[index].actual += actual
    }
    byFrequency = classes.enumerated().map { frequency, sums in
      let count = Double(max(sums.customers, 1))
      return FrequencyClass(
        frequency: frequency, customers: sums.customers, expectedMean: sums.expected / count,
        actualMean: Double(sums.actual) / count)
    }
  }

  /// Judges by the holdout of `statistics`.
  public init(_ statistics: PurchaseStatistics, model: any PurchaseModel) {
    let histories = statistics.histories
    self.init(
      histories.map(\.history), actual: histories.map { Int(statistics.customers[$0.customer].holdoutOccasions) },
      weeks: Double(statistics.holdoutEnd - statistics.calibrationEnd) / 7, model: model)
  }
}
