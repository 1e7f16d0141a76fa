/// The forecast to use for these customers, and why this one.
public struct ModelChoice: Codable, Equatable, Sendable {
  public let fit: PurchaseFit
  public let reason: Reason
  /// The models tried on all that is known, in the order of their kinds.
  public let candidates: [Candidate]
  /// What each foresaw; nil where the firm is too young to ask.
  public let backtest: Backtest?

  /// A model that was tried.
  public struct Candidate: Codable, Equatable, Sendable {
    public let kind: PurchaseModelKind
    /// Nil where it could not be fitted.
    public let fit: PurchaseFit?
    /// Why not.
    public let failure: FitError?
  }

  public enum Reason: Codable, Equatable, Sendable, CustomStringConvertible {
    /// It came nearest to what customers did: its mean absolute error is so much (as a share) below that of the next, and
    /// it expected so many of the purchases that happened. Nil where there was no other.
    case foresawBest(ahead: Double, next: PurchaseModelKind?, total: Double)
    /// Another came nearer by no more than chance does; it is the one that was used before.
    case stays(next: PurchaseModelKind, total: Double)
    /// Too young a firm to ask what was foreseen: by so much less BIC than the next; nil if there was no other.
    case leastBIC(ahead: Double?)
    case tooFewRepeaters(Int)
    /// No model could be fitted, or only with parameters at the end of their range.
    case noSoundFit

    public var description: String {
      switch self {
      case .foresawBest(let ahead, let next, let total):
        "It foresaw best: \(Self.percent(total)) % of the purchases that happened"
          + (next.map { ", with an error \(Self.percent(ahead)) % below that of \($0.rawValue)." } ?? ".")
      case .stays(let next, let total):
        "It foresaw \(Self.percent(total)) % of the purchases that happened; \(next.rawValue) came no nearer than by chance."
      case .leastBIC(nil): "It is the only model that could be fitted soundly."
      case .leastBIC(let ahead?):
        "It fits best: its BIC is \((ahead * 10).rounded() / 10) below that of the next model."
      case .tooFewRepeaters(let count):
        "Only \(count) customers have bought again (\(ModelChoice.leastRepeaters) are needed), so each customer's own rate is drawn towards the mean."
      case .noSoundFit:
        "No model fits these customers soundly, so each customer's own rate is drawn towards the mean."
      }
    }

    private static func percent(_ share: Double) -> Double { (share * 1000).rounded() / 10 }
  }

  /// Fewer customers say nothing of others.
  public static let leastCustomers = 30
  /// Fewer who bought again do not tell one model from another.
  public static let leastRepeaters = 30
  /// Customers that models are tried on.
  public static let mostTried = 20_000

  /// Fits the models, and takes the one that foresaw best on the firm's own orders, a baseline among them: least mean
  /// absolute error; of those within a hundredth of that, the one whose totals and ranges held best; of those as good in
  /// that, least BIC. The one used before stays unless it is beaten by more than chance and more than a hundredth.
  ///
  /// Of more than `mostTried` customers every so many-th is tried. The model chosen is then fitted to all of them, beginning
  /// where it stood. O(n + groups · steps), four times.
  ///
  /// - Parameters:
  ///   - histories: of all customers; with ``PurchaseHistory/recent`` where "as often again" is to be used.
  ///   - purchases: of a sample of them, for what they did after an earlier day; nil for a choice by BIC.
  ///   - last: the last day that counts.
  ///   - before: the kind that was used until now.
  /// - Throws: `FitError.tooFewCustomers`, `noRepeatPurchases`, or `notConverged` where all of them do not fit as those
  ///   tried did.
  public init(
    for histories: [PurchaseHistory], foreseen purchases: PurchaseRows? = nil, until last: Int = 0,
    before: PurchaseModelKind? = nil
  ) throws(FitError) {
    guard !histories.isEmpty else { throw .noCustomers }
    guard histories.count >= Self.leastCustomers else { throw .tooFewCustomers(histories.count) }
    let step = max((histories.count + Self.mostTried - 1) / Self.mostTried, 1)
    let some = HistoryGroups(stride(from: 0, to: histories.count, by: step).map { histories[$0] })
    guard some.repeaters > 0 else { throw .noRepeatPurchases }
    guard some.repeaters >= Self.leastRepeaters else {
      try self.init(.shrunkenRate, .tooFewRepeaters(some.repeaters), histories)
      return
    }
    let candidates = PurchaseModelKind.likelihoodModels.map { Candidate($0, some) }
    let backtest = purchases.flatMap { Backtest($0, until: last) }
    // At the end of its range NBD says that all are alike, the others that one of their parts is not needed.
    let sound = candidates.compactMap(\.fit).filter { $0.kind == .nbd || !$0.estimate.isOnBoundary }
    let winner = backtest?.winner(among: sound, before: before) ?? Self.leastBIC(sound)
    guard let winner else {
      try self.init(.shrunkenRate, .noSoundFit, histories, candidates, backtest)
      return
    }
    let tried = candidates.first { $0.kind == winner.kind }?.fit
    var chosen = step == 1 ? tried : nil
    if let purchases, let backtest, PurchaseModelKind.baselines.contains(winner.kind) {
      chosen = purchases.statistics(until: last - backtest.span, end: last).map {
        PurchaseFit(baseline: winner.kind, from: $0)
      }
    }
    try self.init(winner.kind, winner.reason, histories, candidates, backtest, chosen, from: tried?.estimate.vector)
  }

  private init(
    _ kind: PurchaseModelKind, _ reason: Reason, _ histories: [PurchaseHistory], _ candidates: [Candidate] = [],
    _ backtest: Backtest? = nil, _ fit: PurchaseFit? = nil, from near: SIMD4<Double>? = nil
  ) throws(FitError) {
    if let fit { self.fit = fit } else { self.fit = try PurchaseFit(kind, to: HistoryGroups(histories), from: near) }
    (self.reason, self.candidates, self.backtest) = (reason, candidates, backtest)
  }

  private static func leastBIC(_ sound: [PurchaseFit]) -> (kind: PurchaseModelKind, reason: Reason)? {
    let sorted = sound.sorted { $0.estimate.bic < $1.estimate.bic }
    return sorted.first.map { best in
      (best.kind, .leastBIC(ahead: sorted.dropFirst().first.map { $0.estimate.bic - best.estimate.bic }))
    }
  }
}

extension ModelChoice.Candidate {
  fileprivate init(_ kind: PurchaseModelKind, _ groups: HistoryGroups) {
    self.kind = kind
    do {
      fit = try PurchaseFit(kind, to: groups)
      failure = nil
    } catch {
      fit = nil
      failure = error
    }
  }
}

extension Backtest {
  /// Days foreseen at a time.
  public var span: Int { cuts.first.map { $0.end - $0.until } ?? 0 }

  /// As good as the best: within so much of its error, and of its bias.
  private static let (even, evenBias) = (0.01, 0.02)

  fileprivate func winner(
    among sound: [PurchaseFit], before: PurchaseModelKind?
  ) -> (kind: PurchaseModelKind, reason: ModelChoice.Reason)? {
    let standings = (sound.map(\.kind) + PurchaseModelKind.baselines).compactMap(standing).sorted {
      $0.error < $1.error
    }
    // One that takes no thought is used only where it is nearer by more than chance.
    let thoughtful = standings.first { !PurchaseModelKind.baselines.contains($0.kind) }
    guard let first = standings.first else { return nil }
    let nearest = thoughtful.map { $0.error - first.error > 2 * $0.noise ? first : $0 } ?? first
    let isBaseline = PurchaseModelKind.baselines.contains(nearest.kind)
    let near = standings.filter {
      $0.error <= nearest.error * (1 + Self.even) && PurchaseModelKind.baselines.contains($0.kind) == isBaseline
    }
    let leastBias = near.map(\.bias).min() ?? 0
    let bic = Dictionary(uniqueKeysWithValues: sound.map { ($0.kind, $0.estimate.bic) })
    let best =
      near.filter { $0.bias <= leastBias + Self.evenBias }
      .min { (bic[$0.kind] ?? .infinity, $0.error) < (bic[$1.kind] ?? .infinity, $1.error) } ?? nearest
    if let old = standings.first(where: { $0.kind == before }), old.kind != best.kind {
      let (ahead, noise) = (old.error - best.error, 2 * max(old.noise, best.noise))
      let isBeaten = ahead > noise && ahead > Self.even * best.error || old.bias > best.bias + 5 * Self.evenBias
      if !isBeaten { return (old.kind, .stays(next: best.kind, total: old.total)) }
    }
    let next = standings.first { $0.kind != best.kind }
    return (
      best.kind,
      .foresawBest(ahead: next.map { 1 - best.error / max($0.error, 1e-12) } ?? 0, next: next?.kind, total: best.total)
    )
  }
}

extension ModelChoice {
  /// Whether the orders show who leaves: the model chosen knows of leaving, and fits by more than ten of BIC better than
  /// one in which nobody does, which is very strong evidence.
  ///
  /// Source: R. E. Kass, A. E. Raftery, "Bayes factors", Journal of the American Statistical Association 90 (1995), 3.2.
  public var showsLeaving: Bool {
    guard fit.kind.knowsLeaving else { return false }
    func bic(_ kind: PurchaseModelKind) -> Double? { candidates.first { $0.kind == kind }?.fit?.estimate.bic }
    guard let staying = bic(.nbd), let leaving = bic(fit.kind) else { return true }
    return staying - leaving > 10
  }
}
