extension ABC {
  /// The classification as a whole.
  public struct Summary: Equatable, Sendable {
    public struct ClassTotal: Equatable, Sendable {
      public let valueClass: ValueClass
      public let count: Int
      /// Sum of the class's values, negative ones included, in the unit of the input.
      public let sum: Int64
    }

    /// A, B and C in this order, empty classes too.
    public let classes: [ClassTotal]
    /// Sum of the positive values: what every share is a share of.
    public let positiveTotal: Int64
    /// Sum of all values: what remains after returns. Equals the sum over `classes`.
    public let netTotal: Int64
    public let concentration: Concentration

    /// Sums beyond 64 bits are reported as the greatest or least value there is.
    init(values: [Int64], standings: [Standing], concentration: Concentration) {
      var tally = Tally(groups: ValueClass.allCases.count)
      var positive = Int128(0)
      for (value, standing) in zip(values, standings) {
        tally.add(value, to: standing.valueClass.place)
        positive += Int128(max(value, 0))
      }
      classes = ValueClass.allCases.map {
        ClassTotal(valueClass: $0, count: tally.count(of: $0.place), sum: tally.sum(of: $0.place))
      }
      positiveTotal = Int64(clamping: positive)
      netTotal = tally.sum
      self.concentration = concentration
    }
  }
}

extension ValueClass {
  fileprivate var place: Int {
    switch self {
    case .a: 0
    case .b: 1
    case .c: 2
    }
  }
}
