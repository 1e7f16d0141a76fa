import Foundation
import Store
import Synchronization

/// The folder of this machine that backups are made in and kept in. Only what was made here is ever removed.
public final class BackupFolder: Sendable {
  public let path: String
  private let isBusy = Mutex(false)

  public init(_ path: String) { self.path = URL(fileURLWithPath: path).path }

  /// One of the backups in it.
  struct Entry: Sendable, Equatable {
    let name: String
    let moment: Instant
    let bytes: Int64
    /// Nil where nothing is known of it but its name.
    let version: Int?
    let rows: [String: Int]
    let doubt: Backup.Doubt?
    let founded: Instant?

    /// Whether it can be relied upon.
    var isGood: Bool { founded != nil && doubt != .totals }
  }

  /// The newest first.
  func entries() async -> [Entry] {
    let path = path
    let found = try? await BackgroundThread.run { _ in
      try FileManager.default.contentsOfDirectory(atPath: path).compactMap { Self.entry($0, in: path) }
    }
    return (found ?? []).sorted { ($0.moment, $0.name) > ($1.moment, $1.name) }
  }

  private static func entry(_ name: String, in folder: String) -> Entry? {
    guard let match = name.wholeMatch(of: /guanxi-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z(-\d+)?\.backup/),
      let named = Instant("\(match.1):\(match.2):\(match.3)Z")
    else { return nil }
    let file = "\(folder)/\(name)"
    let report = FileManager.default.contents(atPath: file + ".json").flatMap {
      try? JSONDecoder().decode(Backup.Report.self, from: $0)
    }
    let bytes = Checkup.size(of: file)
    // A report that tells of another size is of another file.
    let known = report?.bytes == bytes ? report : nil
    return Entry(
      name: name, moment: known?.moment ?? named, bytes: bytes, version: known?.contents?.version,
      rows: known?.contents?.rows ?? [:], doubt: known?.doubt, founded: known?.founded)
  }

  /// Makes one at a time.
  /// - Throws: ``Refusal`` while another one is being made.
  func make(of db: Database, isGentle: Bool, progress: @escaping Backup.Progress) async throws -> Backup.Report {
    guard
      isBusy.withLock({ isBusy in
        !isBusy
          && {
            isBusy = true; return true
          }()
      })
    else {
      throw Refusal("正在做另一个备份，请稍后再试", "another backup is being made; try again later")
    }
    defer { isBusy.withLock { $0 = false } }
    removeLeftovers()
    let draft = BackupDraft(path: "\(path)/\(Backup.name())\(BackupDraft.ending)")
    let report = try await draft.write(db, isGentle: isGentle, progress: progress)
    return try draft.keep(as: free(Backup.name(at: report.moment ?? .now())), report, describes: true)
  }

  private func free(_ name: String) -> String {
    var (file, number) = ("\(path)/\(name)", 1)
    while FileManager.default.fileExists(atPath: file) {
      number += 1
      file = "\(path)/\(name.replacing(".backup", with: "-\(number).backup"))"
    }
    return file
  }

  /// Removes what a process that ended did not finish.
  private func removeLeftovers() {
    let names = Set((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
    for name in names where name.wholeMatch(of: /guanxi-[-\dTZ]+\.backup\.(unfinished|json|sha256)/) != nil {
      let backup = String(name.prefix { $0 != "." }) + ".backup"
      if name.hasSuffix(BackupDraft.ending) || !names.contains(backup) {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
  }

  /// Removes those of this firm that need not be kept any longer; of those that cannot be relied upon all but the newest two.
  /// - Parameter founded: when the firm's database was made.
  func prune(_ founded: Instant, _ retention: BackupRetention = .init(), in zone: TimeZone) async {
    let ours = await entries().filter { $0.founded == founded }
    let kept = retention.kept(of: ours.filter(\.isGood).map(\.moment), in: zone)
    let doubtful = Set(ours.filter { !$0.isGood }.prefix(2).map(\.name))
    for entry in ours where entry.isGood ? !kept.contains(entry.moment) : !doubtful.contains(entry.name) {
      for ending in ["", ".sha256", ".json"] {
        try? FileManager.default.removeItem(atPath: "\(path)/\(entry.name)\(ending)")
      }
    }
  }
}
