import Foundation
import Store
import Web

/// The firm's settings as somebody typed them, in the form or as JSON.
struct SettingsInput: Versioned, Equatable {
  /// `7.15` of the firm's currency for one of this.
  struct RateInput: Codable, Equatable, Sendable {
    var currency: String?
    var rate: String?

    var isBlank: Bool { (currency ?? "").isEmpty && (rate ?? "").isEmpty }
  }

  var firmName: String?
  var language: Language?
  var timeZone: String?
  var currency: String?
  var returnDays: String?
  var rates: [RateInput]?
  /// Stands for the settings as far as the writer knows them. A program need not tell: what it does not name stays.
  var version: String?

  init(_ settings: Settings) {
    firmName = settings.firmName
    language = settings.language
    timeZone = settings.timeZone.identifier
    currency = settings.currency
    returnDays = "\(settings.returnDays)"
    rates = settings.rates.sorted { $0.key < $1.key }.map {
      RateInput(currency: $0.key, rate: $0.value.description)
    }
    version = settings.version
  }

  /// Puts what was typed into the settings, as far as it can be understood. What is not given stays.
  func apply(to settings: inout Settings) -> Problems {
    var problems = Problems.none
    let before = settings.currency
    if let firmName { settings.firmName = Typed.line(firmName, "firm_name", limit: 200, &problems) }
    settings.language = language ?? settings.language
    if let timeZone {
      if let zone = Self.zone(timeZone) {
        settings.timeZone = zone
      } else {
        problems["time_zone"] = SettingsWords.noSuchZone
      }
    }
    if let currency {
      if Currencies.known.contains(currency) {
        settings.currency = currency
      } else {
        problems["currency"] = SettingsWords.noSuchCurrency
      }
    }
    if let returnDays {
      if let days = Int(returnDays.trimmed), Settings.returnDaysAllowed.contains(days) {
        settings.returnDays = days
      } else {
        problems["return_days"] = SettingsWords.noDays
      }
    }
    // Rates are those of one currency and say nothing of another.
    if settings.currency != before { settings.rates = [:] }
    if let rates { settings.rates = Self.rates(rates, besides: settings.currency, &problems) }
    return problems
  }

  private static func zone(_ name: String) -> TimeZone? {
    TimeZones.all.contains(name) ? TimeZone(identifier: name) : nil
  }

  private static func rates(
    _ inputs: [RateInput], besides own: String, _ problems: inout Problems
  ) -> [String: Rate] {
    var rates: [String: Rate] = [:]
    for (index, input) in inputs.enumerated() where !input.isBlank {
      let currency = input.currency ?? ""
      let rate = Rate((input.rate ?? "").halfWidth)
      if !Currencies.known.contains(currency) {
        problems["rates[\(index)][currency]"] = SettingsWords.noSuchCurrency
      }
      if rates[currency] != nil { problems["rates[\(index)][currency]"] = SettingsWords.twice }
      if currency == own { problems["rates[\(index)][currency]"] = SettingsWords.isOwn }
      if rate == nil { problems["rates[\(index)][rate]"] = SettingsWords.noRate }
      rates[currency] = rate
    }
    return rates
  }
}

/// The IANA time zones, China's first.
enum TimeZones {
  static let all: [String] = {
    let china = ["Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei"]
    let others = TimeZone.knownTimeZoneIdentifiers.filter { !china.contains($0) && $0.contains("/") }.sorted()
    return china + others + ["GMT"]
  }()
}
