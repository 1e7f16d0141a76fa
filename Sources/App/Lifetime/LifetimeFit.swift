import Analytics
import Store
import Web

/// A fit of the models to the firm's customers: made nightly and on demand, and never changed.
struct LifetimeFit: Record, Identifiable, Equatable {
  typealias ID = Store.ID<LifetimeFit>

  let id: ID
  let fittedAt: Instant
  /// The last day that counted.
  let asOf: Day
  /// Buyers it was made from, and those of them who bought again.
  let customers: Int
  let repeaters: Int
  let model: LifetimeModel
  /// Which models were tried, and why this one was taken.
  let choice: ModelChoice
  /// What is usual between two purchases; nil when nobody bought twice.
  let rhythm: RhythmPopulation?
  /// How well a forecast would have done; nil where the firm is too young.
  let judgement: Judgement?
}

/// A model fitted to the time before a day and judged by the time after it.
struct Judgement: Codable, Equatable, Sendable {
  let kind: PurchaseModelKind
  let until: Day
  let end: Day
  /// Customers looked at: all of them, or a sample of so many.
  let customers: Int
  let holdout: HoldoutReport
  let tracking: Tracking
  /// What was fitted to the time before; nil in what was kept by an earlier release.
  var fit: PurchaseFit?
}

/// What scoring needs of a fit: the rest is large, and only read to be shown.
struct CurrentFit: Decodable, Equatable, Sendable {
  let id: LifetimeFit.ID
  let fittedAt: Instant
  let asOf: Day
  let customers: Int
  let repeaters: Int
  let model: LifetimeModel
  let rhythm: RhythmPopulation?
}

extension LifetimeFit {
  /// Why nothing can be fitted: too few buyers, or nobody who bought again. Nil where it can.
  static func lacking(in tx: Transaction) throws -> Word? {
    let buyers: SQL = "SELECT 1 FROM customer_total WHERE purchase_days > 0 AND \(Totals.areSomebodys)"
    let count =
      try tx.value("SELECT count(*) FROM (\(buyers) LIMIT \(ModelChoice.leastCustomers)) AS buyers", as: Int.self) ?? 0
    if count < ModelChoice.leastCustomers { return LifetimeWords.error(.tooFewCustomers(count)) }
    let hasRepeated = try tx.exists("\(buyers) AND purchase_days > 1")
    return hasRepeated ? nil : LifetimeWords.error(.noRepeatPurchases)
  }

  static let newest: SQL = "SELECT max(id) FROM lifetime_fit"

  static func latest(in tx: Transaction) throws -> LifetimeFit? {
    try tx.first("SELECT * FROM lifetime_fit ORDER BY id DESC LIMIT 1")
  }

  /// Fits that are kept, so that it can be seen how parameters change.
  private static let most = 60

  func save(in tx: Transaction) throws {
    try tx.insert(self)
    try tx.run(
      """
      DELETE FROM lifetime_fit WHERE id NOT IN (SELECT id FROM lifetime_fit ORDER BY id DESC LIMIT \(Self.most))
        AND NOT EXISTS (SELECT 1 FROM value_sheet WHERE fit_id = lifetime_fit.id)
      """)
  }
}

extension CurrentFit {
  static func latest(in tx: Transaction) throws -> CurrentFit? {
    try tx.value(LifetimeFit.newest).flatMap { try find($0, in: tx) }
  }

  static func find(_ id: LifetimeFit.ID, in tx: Transaction) throws -> CurrentFit? {
    try tx.first(
      "SELECT id, fitted_at, as_of, customers, repeaters, model, rhythm FROM lifetime_fit WHERE id = \(id)")
  }
}
