import Analytics
import Store
import Web

/// What is analysed, over which days, and where the classes and scores are cut.
public struct AnalysisParameters: Hashable, Sendable {
  public enum Method: String, Codable, CaseIterable, Sendable { case abc, rfm, rfa }
  public enum Measure: String, Codable, CaseIterable, Sendable { case amount, margin, quantity }

  public let method: Method
  /// The last day that counts; nil for the day of the last order, but never after today.
  public let asOf: Day?
  /// How many days count, back from `asOf`; nil for all there are.
  public let window: Int?
  public let by: Measure
  public let abcCuts: ABC.Cuts
  public let rfmCuts: RFM.Cuts

  /// - Parameter by: amount where nothing is said; for RFA it is always the quantity.
  /// - Throws: ``Problems`` at `window` and `by`.
  public init(
    _ method: Method, asOf: Day? = nil, window: Int? = nil, by: Measure? = nil,
    abcCuts: ABC.Cuts = .standard, rfmCuts: RFM.Cuts = .quantile
  ) throws {
    var problems = Problems()
    if let window, !Self.windows.contains(window) { problems["window"] = InsightWords.windowProblem }
    if method == .rfm, by == .quantity { problems["by"] = InsightWords.rfmByQuantity }
    if method == .rfa, by != nil, by != .quantity { problems["by"] = InsightWords.rfaByQuantity }
    guard problems.isEmpty else { throw problems }
    self.init(checked: method, asOf, window, method == .rfa ? .quantity : by ?? .amount, abcCuts, rfmCuts)
  }

  private init(
    checked method: Method, _ asOf: Day?, _ window: Int?, _ by: Measure, _ abcCuts: ABC.Cuts,
    _ rfmCuts: RFM.Cuts
  ) {
    self.method = method
    self.asOf = asOf
    self.window = window
    self.by = by
    self.abcCuts = abcCuts
    self.rfmCuts = rfmCuts
  }

  /// The firm's standard: amount, all history, the usual cuts.
  static func standard(_ method: Method) -> Self {
    Self(checked: method, nil, nil, method == .rfa ? .quantity : .amount, .standard, .quantile)
  }

  func with(asOf day: Day) -> Self { Self(checked: method, day, window, by, abcCuts, rfmCuts) }

  /// The unit of the values in a firm that counts in this currency.
  func unit(_ currency: String) -> Figure.Unit { by == .quantity ? .piece : .money(currency) }

  static let windows = 1...100_000
}
