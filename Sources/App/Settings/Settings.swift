import Foundation
import Store
import Web

/// What a firm decides once for everybody.
public struct Settings: Equatable, Sendable {
  public var firmName = ""
  /// For people whose browser asks for neither of ours.
  public var language = Language.zh
  public var timeZone = Settings.standardZone
  /// ISO 4217; all totals and analyses are in it.
  public var currency = "CNY"
  /// An order that is wholly taken back within so many days is no purchase.
  var returnDays = Settings.standardReturnDays
  /// Grows whenever anybody's rights change.
  var rightsVersion = 0
  /// What one unit of another currency costs in the firm's.
  var rates: [String: Rate] = [:]

  public init() {}

  static let standardReturnDays = 30
  static let returnDaysAllowed = 0...366

  public static let standardZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

  /// An amount of another currency in the firm's: exact, rounded half away from zero.
  /// - Returns: nil when there is no rate, or the amount is too large to count.
  public func convert(_ minor: Int64, from currency: String) -> Int64? {
    if currency == self.currency { return minor }
    return rates[currency]?.convert(
      minor, from: Money.places(of: currency), to: Money.places(of: self.currency))
  }

  /// Currencies an amount can be given in: the firm's first.
  public var currencies: [String] { [currency] + rates.keys.sorted() }
}
