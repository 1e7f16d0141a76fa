import Foundation
import Store
import Web

/// When backups are made by themselves, as administrators decide.
struct BackupSchedule: Codable, Equatable, Sendable {
  /// On the clocks of the firm; nil for not at all.
  var hour: Int? = 2

  private static let name = "backup_hour"

  static var stored: Question<BackupSchedule> {
    Question<String?>.value("SELECT value FROM setting WHERE name = \(name)").then {
      BackupSchedule(hour: $0.map { Int($0) } ?? BackupSchedule().hour)
    }
  }

  func save(at now: Instant, by user: User.ID?, in tx: Transaction) throws {
    try BackupState.put(Self.name, hour.map { "\($0)" } ?? "off", at: now, by: user, in: tx)
  }

  /// The last time that one was due; nil when none ever is.
  func slot(at now: Instant, in zone: TimeZone) -> Instant? {
    guard let hour else { return nil }
    let today = now.day(in: zone)
    func start(_ day: Day) -> Instant { Instant(startOf: day, in: zone).adding(seconds: Int64(hour) * 3_600) }
    return start(today) <= now ? start(today) : start(today.adding(days: -1))
  }
}

/// How the last backups went, for every server of the firm.
struct BackupState: Codable, Equatable, Sendable {
  struct Failure: Codable, Equatable, Sendable {
    let at: Instant
    let why: Word
  }

  /// Whose state the newest one holds that can be relied upon.
  var lastGood: Instant?
  /// Of the last attempt, where it failed.
  var failure: Failure?

  private static let name = "backup_state"

  static var stored: Question<BackupState> {
    Question<String?>.value("SELECT value FROM setting WHERE name = \(name)").then {
      $0.flatMap { try? JSONDecoder().decode(BackupState.self, from: Data($0.utf8)) } ?? BackupState()
    }
  }

  func save(at now: Instant, in tx: Transaction) throws {
    let json = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    try Self.put(Self.name, json, at: now, by: nil, in: tx)
  }

  static func put(_ name: String, _ value: String, at now: Instant, by user: User.ID?, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO setting (name, value, updated_at, updated_by) VALUES (\(name), \(value), \(now), \(user))
      ON CONFLICT (name) DO UPDATE
      SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by
      """)
  }
}
