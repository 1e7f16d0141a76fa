import Foundation
import Store
import Web

extension AnalyzeReport {
  /// Of a file of orders, without a database.
  /// - Parameters:
  ///   - settings: whose currency and time zone hold; those of the file when nil.
  ///   - limit: how many customers are listed; nil for everybody.
  public init(
    _ parameters: AnalysisParameters, of facts: OrderFile.Facts, settings: Settings? = nil, limit: Int? = nil,
    at now: Instant = .now()
  ) {
    let settings = settings ?? facts.settings
    self.init(
      parameters, orders: facts.orders, currency: settings.currency, today: now.day(in: settings.timeZone),
      limit: limit)
  }
}

extension AnalysisParameters {
  /// As they are typed on the command line.
  /// - Throws: `Problems` at `as_of`, `window` or `by`.
  public init(_ method: Method, asOfTyped: String?, window: Int?, by: Measure?) throws {
    var problems = Problems.none
    let asOf = Typed.day(asOfTyped, "as_of", &problems)
    guard problems.isEmpty else { throw problems }
    try self.init(method, asOf: asOf, window: window, by: by)
  }
}
