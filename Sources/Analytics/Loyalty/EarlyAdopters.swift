/// 率先使用者: who is among the first to buy what is new.
///
/// Of each product's buyers those are early before whom fewer than 16 % had bought: Rogers' innovators (2.5 %) and early
/// adopters (13.5 %), who lie more than one standard deviation before the mean. Buyers of the same day are early
/// together. Early for one product may be chance: an early adopter was early at least twice, and for at least half of the
/// new products bought.
///
/// The buyers are those so far. While a product is young its later buyers are missing, and fewer pass as early than will
/// in the end. Give only products whose launch is on record: of an old one, the first buyer in the books was not the first.
///
/// Source: E. M. Rogers, *Diffusion of Innovations*, 1962, on adopter categories.
public struct EarlyAdopters: Equatable, Sendable {
  public struct Record: Equatable, Sendable {
    /// New products bought.
    public internal(set) var bought = 0
    /// Those of them bought early.
    public internal(set) var early = 0

    public var isEarlyAdopter: Bool { early >= 2 && 2 * early >= bought }
  }

  /// By customer; who bought nothing new is absent.
  public let records: [Int64: Record]

  /// `launches`: for each new product the first purchase day of every customer who bought it, in any order. O(n log n).
  public init(launches: [[(customer: Int64, day: Int)]]) {
    var records: [Int64: Record] = [:]
    for buyers in launches {
      let days = buyers.map(\.day).sorted()
      for (customer, day) in buyers {
        records[customer, default: Record()].bought += 1
        if 100 * days.count(below: day) < 16 * days.count { records[customer]?.early += 1 }
      }
    }
    self.records = records
  }

  public func isEarlyAdopter(_ customer: Int64) -> Bool { records[customer]?.isEarlyAdopter ?? false }
}
