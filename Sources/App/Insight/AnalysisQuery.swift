import Analytics
import Store
import Web

/// An analysis as an address and a form ask for it.
struct AnalysisQuery: Codable, Equatable, Sendable {
  enum Cuts: String, Codable, CaseIterable, Sendable { case quantile, fixed }

  var asOf: Day?
  /// Days; none for all history.
  var window: Int?
  var by: AnalysisParameters.Measure?
  /// Where class A and class B end, in percent of the total.
  var a: Double?
  var b: Double?
  var cuts: Cuts?
  /// Four rising limits, as typed: days, occasions, and money or pieces.
  var recencyCuts: String?
  var frequencyCuts: String?
  var valueCuts: String?
}

extension AnalysisQuery {
  /// Values that people use stand in where fixed cuts are asked for and not given.
  func filled(_ method: AnalysisParameters.Method) -> AnalysisQuery {
    guard cuts == .fixed, method != .abc else { return self }
    var query = self
    query.recencyCuts = recencyCuts ?? "30, 90, 180, 365"
    query.frequencyCuts = frequencyCuts ?? "2, 3, 5, 10"
    query.valueCuts = valueCuts ?? (method == .rfa ? "5, 10, 50, 100" : "100, 1000, 5000, 20000")
    return query
  }

  /// What it asks for. Where something typed does not fit, the standard stands in and the problem says why.
  func parameters(
    _ method: AnalysisParameters.Method, currency: String
  ) -> (parameters: AnalysisParameters, problems: Problems) {
    var problems = Problems()
    let abcCuts = ABC.Cuts(a: (a ?? 80) / 100, b: (b ?? 95) / 100)
    if abcCuts == nil { problems["a"] = InsightWords.abcCutsProblem }
    let rfmCuts = method == .abc ? .quantile : rfmCuts(method, currency, &problems)
    do {
      let parameters = try AnalysisParameters(
        method, asOf: asOf, window: window, by: by, abcCuts: abcCuts ?? .standard, rfmCuts: rfmCuts)
      return (problems.isEmpty ? parameters : .standard(method), problems)
    } catch {
      for (field, word) in (error as? Problems ?? .none).fields { problems[field] = word }
      return (.standard(method), problems)
    }
  }

  private func rfmCuts(
    _ method: AnalysisParameters.Method, _ currency: String, _ problems: inout Problems
  ) -> RFM.Cuts {
    guard cuts == .fixed else { return .quantile }
    let isPieces = method == .rfa || by == .quantity
    func limits(_ field: String, _ text: String?, _ read: (String) -> Int64?) -> [Int64] {
      let found = Self.parts(text).map(read)
      let limits = found.compactMap(\.self)
      let rises = zip(limits, limits.dropFirst()).allSatisfy(<)
      if limits.count != 4 || found.count != 4 || !rises { problems[field] = InsightWords.fourRising }
      return limits
    }
    let recency = limits("recency_cuts", recencyCuts) { Int64($0) }
    let frequency = limits("frequency_cuts", frequencyCuts) { Int64($0) }
    let value = limits("value_cuts", valueCuts) { text in
      isPieces
        ? Quantity(text)?.thousandths : try? Amount.minorUnits(text, decimals: Money.places(of: currency))
    }
    let fixed = RFM.FixedCuts(
      recency: recency.map { Int($0) }, frequency: frequency.map { Int($0) }, monetary: value)
    if fixed == nil, problems.isEmpty { problems["value_cuts"] = InsightWords.fourRising }
    return fixed.map { .fixed($0) } ?? .quantile
  }

  private static func parts(_ text: String?) -> [String] {
    (text ?? "").prefix(200).split(whereSeparator: { ",，;；、/ ".contains($0) }).map(String.init)
  }

  /// The address of the same analysis at another place.
  func link(_ path: String, _ extra: [(name: String, value: String)] = []) -> String {
    let own: [(name: String, value: String?)] = [
      ("as_of", asOf?.description), ("window", window.map(String.init)), ("by", by?.rawValue),
      ("a", a.map(Self.plain)), ("b", b.map(Self.plain)), ("cuts", cuts?.rawValue),
      ("recency_cuts", recencyCuts), ("frequency_cuts", frequencyCuts), ("value_cuts", valueCuts),
    ]
    let given = own.compactMap { field in field.value.map { (name: field.name, value: $0) } }
    return Fields(given.filter { !$0.value.isEmpty } + extra).link(path)
  }

  /// `80` rather than `80.0`.
  static func plain(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
