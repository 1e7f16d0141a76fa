/// The purchase model to use for these customers, and why this one.
public struct ModelChoice: Codable, Equatable, Sendable {
  public let fit: PurchaseFit
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
  /// - Throws: `FitError.noCustomers` only.
  public init(for histories: [PurchaseHistory]) throws(FitError) {
    let groups = HistoryGroups(histories)
    guard groups.customers > 0 else { throw .noCustomers }
    guard groups.repeaters >= PurchaseFit.leastRepeaters else {
      fit = try PurchaseFit(.shrunkenRate, to: groups)
      reason = .tooFewRepeaters(groups.repeaters)
      candidates = []
      return
    }
    candidates = PurchaseModelKind.likelihoodModels.map { Candidate($0, groups) }
    let sound = candidates.compactMap(\.fit).filter { !$0.estimate.isOnBoundary }
      .sorted { $0.estimate.bic < $1.estimate.bic }
    guard let best = sound.first else {
      fit = try PurchaseFit(.shrunkenRate, to: groups)
      reason = .noSoundFit
      return
    }
    fit = best
    reason = .leastBIC(kind: best.kind, ahead: sound.dropFirst().first.map { $0.estimate.bic - best.estimate.bic })
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
