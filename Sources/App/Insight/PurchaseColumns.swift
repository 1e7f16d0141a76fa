import Analytics
import Store

/// What every customer did in a window, column by column: the same place in each array is the same customer.
/// Arrays rather than records, because there can be a million of them.
struct PurchaseColumns: Equatable, Sendable {
  private(set) var ids: [Int64] = []
  /// Days with at least one order that is not a return.
  private(set) var occasions: [Int] = []
  /// Number of the last such day; without meaning where there is none.
  private(set) var lastDays: [Int] = []
  /// Net amount, margin or quantity.
  private(set) var values: [Int64] = []

  var count: Int { ids.count }

  mutating func append(id: Int64, occasions: Int, lastDay: Int, value: Int64) {
    ids.append(id)
    self.occasions.append(occasions)
    lastDays.append(lastDay)
    values.append(value)
  }

  /// Those who bought at least once: who only gave goods back has no recency.
  var buyers: PurchaseColumns {
    if occasions.allSatisfy({ $0 > 0 }) { return self }
    return indices.filter { occasions[$0] > 0 }.reduce(into: PurchaseColumns()) { kept, index in
      kept.append(
        id: ids[index], occasions: occasions[index], lastDay: lastDays[index], value: values[index])
    }
  }

  var indices: Range<Int> { ids.indices }

  /// Days from the last occasion to a day.
  func recency(_ index: Int, asOf day: Day) -> Int { day.number - lastDays[index] }

  func purchases(asOf day: Day) -> [RFM.Purchases] {
    indices.map {
      RFM.Purchases(recency: recency($0, asOf: day), frequency: occasions[$0], monetary: values[$0])
    }
  }

  /// Where a customer stands; ids rise. O(log n).
  func index(of id: Int64) -> Int? {
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id ? low : nil
  }
}

extension AnalysisParameters.Measure {
  /// The value of a customer or an order by this measure.
  func value(quantity: Int64, amount: Int64, cost: Int64) -> Int64 {
    switch self {
    case .amount: amount
    case .margin: amount.clampedMinus(cost)
    case .quantity: quantity
    }
  }
}
