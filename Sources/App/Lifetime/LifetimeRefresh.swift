import Analytics
import Store
import Web

/// Fits the models once a day and on demand, and scores everybody whenever the standings are new.
enum LifetimeRefresh {
  /// Asked for by somebody, the models are fitted also when the last fit is of today.
  private static let (scoring, refitting) = ("lifetime.refresh", "lifetime.refit")

  private struct Payload: Codable, Sendable {}

  static func handlers(_ services: Services) -> [String: JobHandler] {
    [
      scoring: { _ in try await refresh(services) },
      refitting: { _ in try await refresh(services, refits: true) },
    ]
  }

  /// Scores everybody as of the last order, by the last fit or a new one.
  /// - Returns: the fit; nil while nobody has bought.
  @discardableResult
  static func refresh(_ services: Services, refits: Bool = false) async throws -> LifetimeFit.ID? {
    let now = services.clock()
    let read = try await services.db.read { tx in
      let zone = try tx.ask(Settings.stored).timeZone
      let today = now.day(in: zone)
      let span = try OrderSpan.find(today: today, in: tx)
      let asOf = span.last ?? today
      let current = try CurrentFit.latest(in: tx)
      let buyers = try Buyer.all(
        asOf: asOf, newest: span.newest, recentDays: current?.model.recentDays, .system, in: tx)
      let isStale = refits || current.map { $0.fittedAt.day(in: zone) < today } ?? true
      let sample = isStale ? try PurchaseSample.read(of: buyers.count, asOf: asOf, in: tx) : nil
      // The first time there is nothing to compare with: what would have been there a week before is, where all orders
      // are soon counted.
      let before = asOf.adding(days: -7)
      let isFirst = try ValueSheet.kept(in: tx).isEmpty && buyers.count <= 100_000
      let earlier = isFirst ? try Buyer.all(asOf: before, newest: span.newest, .system, in: tx) : []
      return (asOf: asOf, buyers: buyers, current: current, sample: sample, before: before, earlier: earlier)
    }
    guard !read.buyers.isEmpty else { return nil }
    let fit: LifetimeFit?
    do {
      fit = try read.sample.flatMap { sample in
        try LifetimeFit(
          read.buyers, sample, asOf: read.asOf, before: read.current?.model.purchases.kind, id: services.ids.next(),
          at: now)
      }
    } catch let error as FitError where error.isOfTooFew {
      // Pages say so; scores of earlier days would be of other orders.
      try await services.db.write { tx in
        try tx.run("DELETE FROM value_sheet")
        try tx.run("DELETE FROM lifetime_fit")
      }
      return nil
    }
    guard let model = fit?.model ?? read.current?.model, let id = fit?.id ?? read.current?.id else { return nil }
    let (buyers, earlier, days) = try await services.db.read { tx in
      var buyers = read.buyers
      var earlier = read.earlier
      if let recent = model.recentDays {
        try buyers.countRecent(days: recent, asOf: read.asOf, in: tx)
        try earlier.countRecent(days: recent, asOf: read.before, in: tx)
      }
      return (buyers, earlier, try model.days(of: buyers.count, asOf: read.asOf, in: tx))
    }
    let sheets = [
      earlier.isEmpty ? nil : ValueSheet(earlier, days, asOf: read.before, fit: id, model),
      ValueSheet(buyers, days, asOf: read.asOf, fit: id, model),
    ].compactMap(\.self)
    try await services.db.write { tx in
      try fit?.save(in: tx)
      for sheet in sheets { try sheet.save(id: services.ids.next(), at: now, in: tx) }
    }
    return id
  }

  /// Adds a run unless one is waiting.
  static func later(_ services: Services, refits: Bool = false, by user: User.ID? = nil, in tx: Transaction) throws {
    let kind = refits ? refitting : scoring
    let isWaiting = try tx.exists(
      """
      SELECT id FROM job WHERE kind = \(kind) AND finished_at IS NULL AND failed_at IS NULL
        AND cancelled_at IS NULL AND claimed_by IS NULL
      """)
    if !isWaiting { try services.jobs.add(kind: kind, payload: Payload(), by: user?.description, in: tx) }
  }
}

extension LifetimeFit {
  /// - Throws: ``FitError`` when there is nobody to learn from.
  ///
  /// - Parameter before: the forecast that was used until now, which stays unless it is beaten.
  init?(
    _ buyers: [Buyer], _ sample: PurchaseSample, asOf day: Day, before: PurchaseModelKind?, id: ID, at now: Instant
  ) throws {
    let season = sample.rows.season(until: day.number)
    let histories = buyers.compactMap { $0.history(asOf: day, in: season) }
    guard !histories.isEmpty else { return nil }
    choice = try ModelChoice(for: histories, foreseen: sample.rows, until: day.number, before: before)
    rhythm = RhythmPopulation(sample.gaps(asOf: day))
    model = LifetimeModel(choice, usualGap: rhythm?.usual, season: season, sample, of: buyers, asOf: day)
    judgement = Judgement(choice.fit.kind, sample, asOf: day)
    customers = histories.count
    repeaters = histories.count { $0.frequency > 0 }
    asOf = day
    fittedAt = now
    self.id = id
  }
}
