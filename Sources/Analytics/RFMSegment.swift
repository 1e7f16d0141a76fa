/// A name for a place in the grid of recency and frequency scores, best first.
///
/// Every pair of scores belongs to exactly one segment. Money is left out on purpose: it is shown beside the
/// segment, and a grid of two dimensions can be read at a glance. The eleven names and their areas are those
/// in common use, cut so that they do not overlap.
public enum RFMSegment: String, CaseIterable, Hashable, Codable, Sendable {
  case champions
  case loyal
  case potentialLoyalist = "potential-loyalist"
  case new
  case promising
  case needAttention = "need-attention"
  case aboutToSleep = "about-to-sleep"
  case atRisk = "at-risk"
  case cannotLose = "cannot-lose"
  case hibernating
  case lost

  /// The segment of a recency and a frequency score; scores outside 1…5 are taken as the nearest of these.
  public init(r: Int, f: Int) {
    let place = min(max(f, 1), 5) - 1
    self =
      switch r {
      case 5...: Self.row5[place]
      case 4: Self.row4[place]
      case 3: Self.row3[place]
      case 2: Self.row2[place]
      default: Self.row1[place]
      }
  }

  // Frequency score: 1, 2, 3, 4, 5.
  private static let row5: [Self] = [.new, .potentialLoyalist, .potentialLoyalist, .champions, .champions]
  private static let row4: [Self] = [.promising, .potentialLoyalist, .potentialLoyalist, .loyal, .loyal]
  private static let row3: [Self] = [.aboutToSleep, .aboutToSleep, .needAttention, .loyal, .loyal]
  private static let row2: [Self] = [.hibernating, .hibernating, .atRisk, .atRisk, .cannotLose]
  private static let row1: [Self] = [.lost, .lost, .atRisk, .atRisk, .cannotLose]
}
