/// Those who were given about the same probability, and to how many of them it happened.
public struct ProbabilityBand: Codable, Equatable, Sendable {
  /// Ends of the band; the upper one is not in it, except 1.
  public let lower: Double
  public let upper: Double
  public let customers: Int
  /// Those of them to whom it happened.
  public let happened: Int
  /// Mean of the probabilities given; nil of nobody.
  public let meanPredicted: Double?

  /// The share to whom it happened; nil of nobody.
  public var share: Double? { customers > 0 ? Double(happened) / Double(customers) : nil }

  /// Where the true share lies with 99 % confidence, Wilson's interval: also near 0 and 1 and with few customers it is
  /// within 0…1 and not empty.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
  public var interval: ClosedRange<Double> {
    let n = Double(customers)
    guard n > 0 else { return 0...1 }
    let z = 2.5758293035489004
    let share = Double(happened) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return max(middle - reach, 0)...min(middle + reach, 1)
  }

  /// Whether what was predicted lies within the interval of what happened; also where there is nobody.
  public var holds: Bool { meanPredicted.map(interval.contains) ?? true }

  /// Ten bands of equal width, from 0…0.1 to 0.9…1.
  static func ten(_ probabilities: [Double], happened: [Bool]) -> [ProbabilityBand] {
    var sums = [(customers: Int, happened: Int, predicted: Double)](repeating: (0, 0, 0), count: 10)
    for (probability, happened) in zip(probabilities, happened) {
      let band = min(max(Int(probability * 10), 0), 9)
      sums[band].customers += 1
      sums[band].happened += happened ? 1 : 0
      sums[band].predicted += probability
    }
    return sums.enumerated().map { band, sum in
      ProbabilityBand(
        lower: Double(band) / 10, upper: Double(band + 1) / 10, customers: sum.customers, happened: sum.happened,
        meanPredicted: sum.customers > 0 ? sum.predicted / Double(sum.customers) : nil)
    }
  }
}
