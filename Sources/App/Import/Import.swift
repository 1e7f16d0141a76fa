import Store
import Web

/// A file of customers or orders on its way in: looked at, tried out, written, and perhaps undone.
struct Import: Record, Identifiable, Equatable {
  typealias ID = Store.ID<Import>

  enum Kind: String, Codable, CaseIterable, Sendable, Bindable {
    case orders, customers

    /// What a column of such a file can be.
    var fields: [String] {
      self == .orders ? OrderField.allCases.map(\.rawValue) : CustomerField.allCases.map(\.rawValue)
    }
  }

  enum State: String, Codable, CaseIterable, Sendable {
    /// The columns are being matched.
    case uploaded
    /// The dry run goes on, or is done.
    case checking, checked
    case running, finished
    /// Stopped, and what was written is being taken back, or has been.
    case cancelling, cancelled
    case reverting, reverted
    case failed
  }

  let id: ID
  let kind: Kind
  let fileName: String
  let byteCount: Int64
  var options: ImportOptions
  /// What was written so far.
  var counts = ImportCounts()
  /// What the dry run found.
  var report: ImportReport?
  /// How far the present work is: rows of the file, or changes to undo.
  var total: Int64 = 0
  var done: Int64 = 0
  /// Records of the file that were dealt with, and changes that were noted.
  var applied: Int64 = 0
  var changes: Int64 = 0
  let uploadedAt: Instant
  let uploadedBy: User.ID?
  var checkingAt: Instant?
  var checkedAt: Instant?
  /// Also the time every record was written that this import has written.
  var startedAt: Instant?
  var startedBy: User.ID?
  var finishedAt: Instant?
  var cancelledAt: Instant?
  var cancelledBy: User.ID?
  var revertingAt: Instant?
  var revertingBy: User.ID?
  var revertedAt: Instant?
  var failedAt: Instant?
  var failure: Word?

  init(
    id: ID, kind: Kind, fileName: String, byteCount: Int64, options: ImportOptions = ImportOptions(),
    at now: Instant, by user: User.ID?
  ) {
    self.id = id
    self.kind = kind
    self.fileName = fileName
    self.byteCount = byteCount
    self.options = options
    uploadedAt = now
    uploadedBy = user
  }

  var state: State {
    if failedAt != nil { return .failed }
    if revertedAt != nil { return cancelledAt == nil ? .reverted : .cancelled }
    if cancelledAt != nil { return .cancelling }
    if revertingAt != nil { return .reverting }
    if finishedAt != nil { return .finished }
    if startedAt != nil { return .running }
    if checkedAt != nil { return .checked }
    return checkingAt == nil ? .uploaded : .checking
  }

  /// Something goes on with it in the background.
  var isBusy: Bool {
    switch state {
    case .checking, .running, .cancelling, .reverting: true
    case .uploaded, .checked, .finished, .cancelled, .reverted, .failed: false
    }
  }
}
