/// Recency, frequency and monetary value, each scored 1…5, with a named segment for every customer. With
/// quantity in place of money the same is RFA.
///
/// By quantile: `score = ⌈5 · (r − ½) / n⌉`, `r` being the mid-rank among `n` customers, 1 for the worst: the
/// average of the places that equal values take up, so that equal customers score equally. `(r − ½) / n` is
/// the mid-distribution function; it lies strictly between 0 and 1, so scores need no clamping, `n` distinct
/// values spread evenly over the five scores, and if all are equal everybody scores 3. Where many are equal
/// (most bought once) some scores stay empty: that is what the data say.
///
/// By fixed cuts: see `FixedCuts`.
///
/// Source: handbook §12.2; A. M. Hughes, *Strategic Database Marketing*, 1994; mid-distribution: E. Parzen,
/// "Quantile probability and statistical data modeling", Statistical Science 19 (2004).
public struct RFM: Equatable, Sendable {
  /// What a customer did in the window.
  public struct Purchases: Hashable, Sendable {
    /// Days from the last purchase to the as-of date; fewer is better.
    public let recency: Int
    /// Purchase occasions; same-day purchases count once.
    public let frequency: Int
    /// Total or mean amount in minor units, or for RFA the quantity in thousandths.
    public let monetary: Int64

    public init(recency: Int, frequency: Int, monetary: Int64) {
      self.recency = recency
      self.frequency = frequency
      self.monetary = monetary
    }
  }

  /// Three scores, each 1…5 with 5 best, and the segment they put the customer in.
  public struct Score: Hashable, Sendable {
    public let r: Int
    public let f: Int
    public let m: Int
    public var segment: RFMSegment { RFMSegment(r: r, f: f) }
  }

  /// One per customer, in the order of the input.
  public let scores: [Score]
  /// Which days of recency earned which score, best first.
  public let recencyBands: [Band]
  /// Which frequencies earned which score, best first.
  public let frequencyBands: [Band]
  /// Which amounts earned which score, best first.
  public let monetaryBands: [Band]
  public let summary: Summary

  /// Scores `customers`. O(n log n); no value traps.
  public init(_ customers: [Purchases], cuts: Cuts = .quantile) {
    let fixed = cuts.fixed
    let recency = Scale(customers.map { Int64($0.recency) }, .lessIsBetter, cuts: fixed?.recency)
    let frequency = Scale(customers.map { Int64($0.frequency) }, .moreIsBetter, cuts: fixed?.frequency)
    let monetary = Scale(customers.map(\.monetary), .moreIsBetter, cuts: fixed?.monetary)
    scores = customers.indices.map {
      Score(r: recency.scores[$0], f: frequency.scores[$0], m: monetary.scores[$0])
    }
    recencyBands = recency.bands
    frequencyBands = frequency.bands
    monetaryBands = monetary.bands
    summary = Summary(customers, scores)
  }
}
