import Foundation
import Store
import Web

extension Settings {
  private enum Name {
    static let firm = "firm_name"
    static let language = "language"
    static let timeZone = "time_zone"
    static let currency = "currency"
    static let returnDays = "return_days"
    static let rate = "rate."
    static let rightsVersion = "rights_version"
  }

  public static var stored: Question<Settings> {
    Question<[(String, String)]>.map("SELECT name, value FROM setting") { (try $0[0], try $0[1]) }.then(Settings.init)
  }

  private init(_ stored: [(name: String, value: String)]) {
    var settings = Settings()
    for (name, value) in stored {
      switch name {
      case Name.firm: settings.firmName = value
      case Name.language: settings.language = Language(rawValue: value) ?? settings.language
      case Name.timeZone: settings.timeZone = TimeZone(identifier: value) ?? settings.timeZone
      case Name.currency: settings.currency = value
      case Name.rightsVersion: settings.rightsVersion = Int(value) ?? 0
      case Name.returnDays: settings.returnDays = Int(value) ?? settings.returnDays
      case _ where name.hasPrefix(Name.rate):
        settings.rates[String(name.dropFirst(Name.rate.count))] = Rate(value)
      default: break
      }
    }
    settings.rates[settings.currency] = nil
    self = settings
  }

  /// Writes what differs from what is there.
  func save(at now: Instant, by user: User.ID?, in tx: Transaction) throws {
    let before = try tx.ask(Self.stored).values
    for (name, value) in values where before[name] != value {
      try tx.run(
        """
        INSERT INTO setting (name, value, updated_at, updated_by) VALUES (\(name), \(value), \(now), \(user))
        ON CONFLICT (name) DO UPDATE
        SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by
        """)
    }
    let gone = before.keys.filter { values[$0] == nil }
    try tx.run("DELETE FROM setting WHERE name IN \(in: gone)")
  }

  /// Notes that somebody's rights changed, so that what was kept for those before is made anew.
  static func markRights(at now: Instant, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO setting (name, value, updated_at) VALUES (\(Name.rightsVersion), '1', \(now))
      ON CONFLICT (name) DO UPDATE
      SET value = CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT), updated_at = excluded.updated_at
      """)
  }

  /// Another one whenever something else is set.
  var version: String {
    let lines = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return Digest.hex(Digest.sha256(Array(lines.joined(separator: "\n").utf8)).prefix(8))
  }

  private var values: [String: String] {
    let rates = rates.map { (Name.rate + $0.key, $0.value.description) }
    return Dictionary(rates, uniquingKeysWith: { $1 }).merging([
      Name.firm: firmName, Name.language: language.rawValue, Name.timeZone: timeZone.identifier,
      Name.currency: currency, Name.returnDays: "\(returnDays)",
    ]) { $1 }
  }
}
