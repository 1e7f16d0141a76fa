import Store
import Web

/// An import as its page shows it.
struct ImportView: Codable, Equatable, Sendable {
  let id: Import.ID
  let kind: Import.Kind
  let state: Import.State
  let fileName: String
  let byteCount: Int64
  let uploadedAt: Instant
  let uploadedBy: String
  /// What was written so far.
  let counts: ImportCounts
  let currency: String
  /// What the dry run found.
  let report: ImportReport?
  /// Rows of the file, or changes to undo.
  let done: Int64
  let total: Int64
  let rate: Int64?
  let secondsLeft: Int64?
  let seconds: Double?
  let failure: Word?
  /// The first of them.
  let problems: [ImportProblem]
  let kept: [KeptRecord]
  /// Whether something of it is in the records.
  let hasWritten: Bool
  /// Whether the rows that were not imported can be downloaded.
  let hasRejectedRows: Bool

  static let problemLimit = 20

  static func read(_ id: Import.ID, now: Instant, _ access: Access, in tx: Transaction) throws -> ImportView {
    let record = try Import.found(id, access, in: tx)
    let settings = try tx.ask(Settings.stored)
    let names = try User.names(of: [record.uploadedBy].compactMap(\.self), in: tx)
    let problems = try Import.problems(of: id, after: -1, limit: problemLimit, in: tx).map(\.problem)
    let shown = record.startedAt == nil ? record.report?.counts ?? record.counts : record.counts
    return ImportView(
      id: id, kind: record.kind, state: record.state, fileName: record.fileName, byteCount: record.byteCount,
      uploadedAt: record.uploadedAt, uploadedBy: record.uploadedBy.flatMap { names[$0] } ?? "", counts: record.counts,
      currency: settings.currency, report: record.report, done: record.done, total: record.total,
      rate: record.rate(at: now), secondsLeft: record.secondsLeft(at: now), seconds: record.seconds,
      failure: record.failure, problems: problems, kept: try KeptRecord.all(of: id, limit: problemLimit, in: tx),
      hasWritten: record.startedAt != nil && record.revertedAt == nil && record.applied > 0,
      hasRejectedRows: try shown.rejected > 0 && Import.hasFile(id, in: tx))
  }
}

extension Import {
  /// When the present work began.
  private var workSince: Instant? {
    switch state {
    case .checking: checkingAt
    case .running: startedAt
    case .reverting: revertingAt
    case .cancelling: revertingAt ?? cancelledAt
    default: nil
    }
  }

  /// Rows or changes in a second.
  func rate(at now: Instant) -> Int64? {
    guard let since = workSince, now > since, done > 0 else { return nil }
    return Int64(Double(done) * 1000 / Double(now.milliseconds - since.milliseconds))
  }

  func secondsLeft(at now: Instant) -> Int64? {
    guard let rate = rate(at: now), rate > 0, total > done else { return nil }
    return (total - done + rate - 1) / rate
  }

  /// How long the run took.
  fileprivate var seconds: Double? {
    guard let startedAt, let finishedAt else { return nil }
    return Double(finishedAt.milliseconds - startedAt.milliseconds) / 1000
  }
}

/// An import as the list of them shows it.
struct ImportSummary: Codable, Equatable, Sendable {
  let id: Import.ID
  let kind: Import.Kind
  let state: Import.State
  let fileName: String
  let counts: ImportCounts
  let uploadedAt: Instant
  let uploadedBy: String

  static func latest(at position: Position?, _ access: Access, in tx: Transaction) throws -> Slice<ImportSummary> {
    let slice = try Import.latest(at: position, limit: 50, access, in: tx)
    let names = try User.names(of: slice.items.compactMap(\.uploadedBy), in: tx)
    return slice.map { record in
      ImportSummary(
        id: record.id, kind: record.kind, state: record.state, fileName: record.fileName,
        counts: record.startedAt == nil ? record.report?.counts ?? record.counts : record.counts,
        uploadedAt: record.uploadedAt, uploadedBy: record.uploadedBy.flatMap { names[$0] } ?? "")
    }
  }
}

/// The form that brings a file.
struct ImportUpload: Codable, Equatable, Sendable {
  var kind = Import.Kind.orders
  /// The import, once it was made.
  var id: Import.ID?
}
