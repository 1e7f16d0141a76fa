import Foundation
import Store

/// Which backups are kept: of the last days, weeks and months that have any the newest each, and the newest of all.
struct BackupRetention: Equatable, Sendable {
  var days = 7
  var weeks = 4
  var months = 12

  /// - Parameters:
  ///   - moments: of backups that can be relied upon, in any order.
  ///   - zone: in which days begin.
  func kept(of moments: [Instant], in zone: TimeZone) -> Set<Instant> {
    let newestFirst = Set(moments).sorted(by: >)
    func newest(_ count: Int, each bucket: (Day) -> Day) -> [Instant] {
      var seen: Set<Day> = []
      return newestFirst.filter { seen.insert(bucket($0.day(in: zone))).inserted && seen.count <= count }
    }
    let kept = newest(days) { $0 } + newest(weeks) { $0.monday } + newest(months) { $0.firstOfMonth }
    return Set(kept).union(newestFirst.first.map { [$0] } ?? [])
  }
}
