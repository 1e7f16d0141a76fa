/// The purchase model to use for these customers, and why this one.
public struct ModelChoice: Codable, Equatable, Sendable {
  public private(set) var fit: PurchaseFit
  public let reason: Reason
  /// The models tried, in the order of their kinds.
  public let candidates: [Candidate]

  /// A model that was tried.
  public struct Candidate: Codable, Equatable, Sendable {
    public let kind: PurchaseModelKind
    /// Nil where it could not be fitted.
    public let fit: PurchaseFit?
    /// Why not.
    public let failure: FitError?
  }

  public enum Reason: Codable, Equatable, Sendable, CustomStringConvertible {
    /// By so much less BIC than the next; nil if there was no other.
    case leastBIC(kind: PurchaseModelKind, ahead: Double?)
    case tooFewRepeaters(Int)
    /// No model could be fitted, or only with parameters at the end of their range.
    case noSoundFit

    public var description: String {
      switch self {
      case .leastBIC(let kind, nil): "\(kind.rawValue) is the only model that could be fitted soundly."
      case .leastBIC(let kind, let ahead?):
        "\(kind.rawValue) fits best: its BIC is \((ahead * 10).rounded() / 10) below that of the next model."
      case .tooFewRepeaters(let count):
        "Only \(count) customers have bought again (100 are needed), so each customer's own rate is drawn towards the mean."
      case .noSoundFit:
        "No model fits these customers soundly, so each customer's own rate is drawn towards the mean."
      }
    }
  }

  /// Fits the models and takes the one of least BIC; the shrunken rate where fewer than 100 customers have bought again
  /// or none fits within the range of its parameters. O(n + groups · steps).
  ///
  /// Of more than `mostTried` customers every so many-th is tried, if enough of those bought again: models differ by far
  /// more than chance. The model chosen is then fitted to all of them, beginning where it stood.
  ///
  /// - Throws: `FitError.noCustomers`, or `notConverged` where all of them do not fit as those tried did.
  public init(for histories: [PurchaseHistory]) throws(FitError) {
    let step = max((histories.count + Self.mostTried - 1) / Self.mostTried, 1)
    let some = stride(from: 0, to: histories.count, by: step).map { histories[$0] }
    let repeaters = some.count { $0.frequency > 0 }
    guard step > 1, repeaters >= PurchaseFit.leastRepeaters else {
      self = try Self.among(HistoryGroups(histories))
      return
    }
    var choice = try Self.among(HistoryGroups(some))
    choice.fit = try PurchaseFit(choice.fit.kind, to: HistoryGroups(histories), from: choice.fit.estimate.vector)
    self = choice
  }

  /// Customers that models are tried on.
  public static let mostTried = 20_000

  private static func among(_ groups: HistoryGroups) throws(FitError) -> ModelChoice {
    guard groups.customers > 0 else { throw .noCustomers }
    guard groups.repeaters >= PurchaseFit.leastRepeaters else {
      let fit = try PurchaseFit(.shrunkenRate, to: groups)
      return ModelChoice(fit: fit, reason: .tooFewRepeaters(groups.repeaters), candidates: [])
    }
    let candidates = PurchaseModelKind.likelihoodModels.map { Candidate($0, groups) }
    let sound = candidates.compactMap(\.fit).filter { !$0.estimate.isOnBoundary }
      .sorted { $0.estimate.bic < $1.estimate.bic }
    guard let best = sound.first else {
      return ModelChoice(fit: try PurchaseFit(.shrunkenRate, to: groups), reason: .noSoundFit, candidates: candidates)
    }
    let ahead = sound.dropFirst().first.map { $0.estimate.bic - best.estimate.bic }
    return ModelChoice(fit: best, reason: .leastBIC(kind: best.kind, ahead: ahead), candidates: candidates)
  }

  private init(fit: PurchaseFit, reason: Reason, candidates: [Candidate]) {
    self.fit = fit
    self.reason = reason
    self.candidates = candidates
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
