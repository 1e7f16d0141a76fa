import Foundation

/// A point in time: milliseconds since 1970-01-01 UTC. ISO 8601 in JSON, a number in a column.
/// Years 1 to 9999; what lies outside becomes the first or the last.
public struct Instant: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
  }

  @Sendable public static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  public func adding(seconds: Int64) -> Instant {
    let (change, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, tooFar) = milliseconds.addingReportingOverflow(overflow ? (seconds > 0 ? .max : .min) : change)
    return Instant(milliseconds: tooFar ? (seconds > 0 ? .max : .min) : sum)
  }

  /// The calendar day it falls on in a time zone.
  public func day(in zone: TimeZone) -> Day { local(in: zone).day }

  /// Day, hour, minute and second on the clocks of a time zone.
  public func local(in zone: TimeZone) -> (day: Day, hour: Int, minute: Int, second: Int) {
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    let seconds = milliseconds.flooredToThousand / 1000 + Int64(offset)
    let days = (seconds >= 0 ? seconds : seconds - 86399) / 86400
    let rest = Int(seconds - days * 86400)
    return (Day(number: Int(days)), rest / 3600, rest / 60 % 60, rest % 60)
  }

  /// The first instant of a day in a time zone.
  public init(startOf day: Day, in zone: TimeZone) {
    let utc = Int64(day.number) * 86400
    func start(by seconds: Int64) -> Int64 {
      utc - Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
    // The clocks may change between midnight here and midnight in Greenwich, or skip midnight itself.
    let guess = start(by: start(by: utc))
    let other = start(by: guess)
    self.init(milliseconds: max(guess, other) * 1000)
  }
}

extension Instant: Bindable {
  public var value: Value { .integer(milliseconds) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(milliseconds: number)
  }
}

extension Instant: LosslessStringConvertible {
  /// `2026-11-22T07:15:00Z`, with `.123` where there are milliseconds.
  public var description: String {
    let utc = local(in: .gmt)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = Int(milliseconds - milliseconds.flooredToThousand)
    let fraction = rest == 0 ? "" : "." + (rest < 100 ? "0" : "") + two(rest)
    return "\(utc.day)T\(two(utc.hour)):\(two(utc.minute)):\(two(utc.second))\(fraction)Z"
  }

  /// Reads ISO 8601 with seconds and `Z` or an offset: `2026-11-22T15:15:00.5+08:00`.
  public init?(_ iso: String) {
    let form = /(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))/
    guard let match = iso.wholeMatch(of: form), let day = Day(match.1),
      let hour = Int64(match.2), hour < 24, let minute = Int64(match.3), minute < 60,
      let second = Int64(match.4), second < 60
    else { return nil }
    let fraction = Int64(((match.5 ?? "") + "000").prefix(3)) ?? 0
    let ahead = (Int64(match.7 ?? "") ?? 0) * 3600 + (Int64(match.8 ?? "") ?? 0) * 60
    let local = Int64(day.number) * 86400 + hour * 3600 + minute * 60 + second
    self.init(milliseconds: (local - (match.6 == "-" ? -ahead : ahead)) * 1000 + fraction)
  }
}

extension Instant: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let instant = Instant(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a date and time"))
    }
    self = instant
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int64 {
  fileprivate var flooredToThousand: Int64 { self - (self % 1000 + 1000) % 1000 }
}
