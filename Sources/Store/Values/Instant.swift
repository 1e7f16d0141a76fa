import Foundation

/// A point in time: milliseconds since 1970-01-01 UTC. ISO 8601 in JSON, a number in a column.
public struct Instant: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  @Sendable public static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  public func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }

  /// The calendar day it falls on in a time zone.
  public func day(in zone: TimeZone) -> Day { local(in: zone).day }

  /// Day, hour, minute and second on the clocks of a time zone.
  public func local(in zone: TimeZone) -> (day: Day, hour: Int, minute: Int, second: Int) {
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    let seconds = (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000 + Int64(offset)
    let days = (seconds >= 0 ? seconds : seconds - 86399) / 86400
    let rest = Int(seconds - days * 86400)
    return (Day(number: Int(days)), rest / 3600, rest / 60 % 60, rest % 60)
  }

  /// The first instant of a day in a time zone.
  public init(startOf day: Day, in zone: TimeZone) {
    let utc = Int64(day.number) * 86400
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc)))
    self.init(milliseconds: (utc - Int64(offset)) * 1000)
  }
}

extension Instant: Bindable {
  public var value: Value { .integer(milliseconds) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(milliseconds: number)
  }
}

extension Instant: Codable, CustomStringConvertible {
  /// `2026-11-22T07:15:00Z`.
  public var description: String {
    let utc = local(in: .gmt)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(utc.day)T\(two(utc.hour)):\(two(utc.minute)):\(two(utc.second))Z"
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = try? Date(text, strategy: .iso8601) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not a date and time"))
    }
    self.init(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
