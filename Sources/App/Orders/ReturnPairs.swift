import Store

/// Which purchases were wholly taken back, of one customer: returns with the purchases that have their amount and currency.
struct ReturnPairs {
  /// A purchase, or with a negative amount a return.
  struct Entry {
    let id: Int64
    let day: Int
    let amount: Int64
    let currency: String
    var number = ""
  }

  /// Each of two that belong together, by the other: the purchase whose number a return has, else the latest that nobody
  /// took back and that is not too long ago. O(n log n).
  static func find(_ entries: [Entry], within days: Int) -> [Int64: Int64] {
    let alike = Dictionary(grouping: entries) { "\($0.currency) \($0.amount.magnitude)" }
    return alike.values.reduce(into: [:]) { pairs, entries in
      guard entries.contains(where: { $0.amount < 0 }), entries.contains(where: { $0.amount > 0 }) else { return }
      // On one day purchases come before returns.
      let inOrder = entries.sorted { ($0.day, $0.amount < 0 ? 1 : 0, $0.id) < ($1.day, $1.amount < 0 ? 1 : 0, $1.id) }
      pairByNumber(inOrder, days, &pairs)
      pairByDay(inOrder, days, &pairs)
    }
  }

  private static func pairByNumber(_ entries: [Entry], _ days: Int, _ pairs: inout [Int64: Int64]) {
    let bought = Dictionary(
      entries.filter { $0.amount > 0 && !$0.number.isEmpty }.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    for back in entries where back.amount < 0 && back.number.contains("-R") {
      guard let end = back.number.range(of: "-R", options: .backwards)?.lowerBound,
        let purchase = bought[String(back.number[..<end])], pairs[purchase.id] == nil, fits(purchase, back, days)
      else { continue }
      (pairs[back.id], pairs[purchase.id]) = (purchase.id, back.id)
    }
  }

  private static func pairByDay(_ entries: [Entry], _ days: Int, _ pairs: inout [Int64: Int64]) {
    var open: [Entry] = []
    for entry in entries where pairs[entry.id] == nil {
      if entry.amount > 0 {
        open.append(entry)
      } else if let latest = open.last, fits(latest, entry, days) {
        open.removeLast()
        (pairs[entry.id], pairs[latest.id]) = (latest.id, entry.id)
      }
    }
  }

  private static func fits(_ purchase: Entry, _ back: Entry, _ days: Int) -> Bool {
    purchase.day <= back.day && back.day - purchase.day <= days
  }
}
