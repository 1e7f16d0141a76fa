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
      var cells = Tally(groups: 25)
      for (customer, score) in zip(customers, scores) {
        cells.add(customer.monetary, to: Self.place(r: score.r, f: score.f))
      }
      let grid = Self.places.map { r, f in
        let place = Self.place(r: r, f: f)
        return Cell(r: r, f: f, count: cells.count(of: place), monetary: cells.sum(of: place))
      }
      self.grid = grid
      segments = RFMSegment.allCases.map { segment in
        let places = grid.indices.filter { grid[$0].segment == segment }
        return SegmentTotal(segment: segment, count: cells.count(of: places), monetary: cells.sum(of: places))
      }
      count = customers.count
      monetary = cells.sum
    }

    private static let places = (1...5).reversed().flatMap { r in (1...5).map { f in (r, f) } }

    private static func place(r: Int, f: Int) -> Int { 5 * (5 - r) + f - 1 }
  }
}
