extension RFM {
  /// The scores as a whole.
  public struct Summary: Equatable, Sendable {
    /// A place in the 5×5 grid.
    public struct Cell: Equatable, Sendable {
      public let r: Int
      public let f: Int
      public let count: Int
      /// Sum of the monetary values; divided by `count`, their mean.
      public let monetary: Int64
      public var segment: RFMSegment { RFMSegment(r: r, f: f) }
    }

    public struct SegmentTotal: Equatable, Sendable {
      public let segment: RFMSegment
      public let count: Int
      public let monetary: Int64
    }

    /// All 25 cells, empty ones too: R from 5 down to 1, within it F from 1 to 5.
    public let grid: [Cell]
    /// All segments in the order of `RFMSegment.allCases`, empty ones too.
    public let segments: [SegmentTotal]
    public let count: Int
    /// Sum of all monetary values. This and the other sums are held within 64 bits.
    public let monetary: Int64

    init(_ customers: [Purchases], _ scores: [Score]) {
      var cells = Tally<Int>()
      var totals = Tally<RFMSegment>()
      for (customer, score) in zip(customers, scores) {
        cells.add(customer.monetary, to: 10 * score.r + score.f)
        totals.add(customer.monetary, to: score.segment)
      }
      grid = (1...5).reversed().flatMap { r in
        (1...5).map { f in
          Cell(r: r, f: f, count: cells.count(of: 10 * r + f), monetary: cells.sum(of: 10 * r + f))
        }
      }
      segments = RFMSegment.allCases.map {
        SegmentTotal(segment: $0, count: totals.count(of: $0), monetary: totals.sum(of: $0))
      }
      count = customers.count
      monetary = cells.sum
    }
  }
}
