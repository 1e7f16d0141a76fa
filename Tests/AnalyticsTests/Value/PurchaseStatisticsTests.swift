import Testing

@testable import Analytics

struct PurchaseStatisticsTests {
  @Test func sameDayPurchasesAreJoinedAndTheFirstDayLeftOut() throws {
    // Customer 0 buys on days 3, 3, 10, 24 and in the holdout on 31, 31; customer 2 first on the holdout's day 30.
    let statistics = try PurchaseStatistics(
      customerCount: 3, customers: [2, 0, 0, 0, 1, 0, 0, 0], days: [30, 24, 3, 10, 5, 3, 31, 31],
      amounts: [9, 100, 1, 20, 7, 2, 5, 5], calibrationEnd: 24, holdoutEnd: 38)
    let first = statistics.customers[0]
    #expect(first.occasions == 3)
    #expect(first.spend == SpendHistory(occasions: 2, total: 120))
    #expect(first.holdoutOccasions == 1)
    #expect(first.history(asOf: 24) == PurchaseHistory(frequency: 2, recency: 3, age: 3, recent: 1))
    #expect(statistics.customers[1].spend == .none)
    #expect(statistics.histories.map(\.customer) == [0, 1])
    #expect(statistics.customers[2].history(asOf: 24) == nil)
    #expect(statistics.firstDay == 3)
    let repeatDays = statistics.repeatsByDay.indices.filter { statistics.repeatsByDay[$0] > 0 }
    #expect(repeatDays.map { $0 + 3 } == [10, 24, 31])
  }

  /// Every list of up to five rows over two customers and three days, counted in the plainest way.
  @Test func everySmallCaseFollowsTheDefinition() throws {
    for rows in everyArray(of: 0...5, upTo: 5) {
      let statistics = try PurchaseStatistics(
        customerCount: 2, customers: rows.map { Int32($0 % 2) }, days: rows.map { Int32($0 / 2) }, amounts: rows,
        calibrationEnd: 1, holdoutEnd: 2)
      for customer in 0...1 {
        let own = rows.filter { Int($0) % 2 == customer }
        let days = Set(own.map { Int($0) / 2 })
        let found = statistics.customers[customer]
        let seen = days.filter { $0 <= 1 }
        #expect(Int(found.occasions) == seen.count, "\(rows)")
        #expect(Int(found.holdoutOccasions) == (seen.isEmpty ? 0 : days.count - seen.count), "\(rows)")
        #expect(found.history(asOf: 1)?.whole == PurchaseHistory(purchaseDays: Array(days), asOf: 1), "\(rows)")
        #expect(Int(found.recentOccasions) == seen.count { $0 > 0 }, "\(rows)")
        let repeats = own.filter { Int($0) / 2 <= 1 && Int($0) / 2 != days.min() }
        #expect(found.repeatSpend == repeats.reduce(0, +), "\(rows)")
      }
      let both = try PurchaseStatistics(
        customerCount: 2, customers: rows.map { Int32($0 % 2) }.sorted(),
        days: rows.sorted { $0 % 2 < $1 % 2 }
          .map { Int32($0 / 2) }, amounts: rows.sorted { $0 % 2 < $1 % 2 }, calibrationEnd: 1, holdoutEnd: 2)
      #expect(both == statistics, "\(rows)")
    }
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect(throws: PurchaseStatistics.InputError.columnsDiffer) {
      try PurchaseStatistics(customerCount: 1, customers: [0], days: [], amounts: [1], calibrationEnd: 0)
    }
    #expect(throws: PurchaseStatistics.InputError.customerOutOfRange(row: 1)) {
      try PurchaseStatistics(customerCount: 1, customers: [0, 1], days: [0, 0], amounts: [1, 1], calibrationEnd: 0)
    }
    #expect(throws: PurchaseStatistics.InputError.periodTooLong) {
      try PurchaseStatistics(
        customerCount: 1, customers: [0], days: [.min], amounts: [1], calibrationEnd: Int(Int32.max))
    }
    #expect(throws: PurchaseStatistics.InputError.periodTooLong) {
      try PurchaseStatistics(customerCount: 1, customers: [0], days: [-9], amounts: [1], calibrationEnd: .max)
    }
    let none = try PurchaseStatistics(customerCount: -1, customers: [], days: [], amounts: [], calibrationEnd: .min)
    #expect(none.histories.isEmpty)
    #expect(PurchaseHistory(frequency: -1, recency: 0, age: 1) == nil)
    #expect(PurchaseHistory(frequency: 1, recency: 2, age: 1) == nil)
    #expect(PurchaseHistory(frequency: 0, recency: 1, age: 1) == nil)
    #expect(PurchaseHistory(frequency: 1, recency: 1, age: .infinity) == nil)
    #expect(PurchaseHistory(frequency: 1, recency: .nan, age: 1) == nil)
    #expect(PurchaseHistory(purchaseDays: 3, firstDay: 0, lastDay: 1, asOf: 9) == nil)
    #expect(PurchaseHistory(purchaseDays: 2, firstDay: 0, lastDay: 5, asOf: 4) == nil)
    #expect(PurchaseHistory(purchaseDays: 2, firstDay: .min, lastDay: .max, asOf: .max) == nil)
  }

  @Test func greatestAmountsDoNotTrap() throws {
    let statistics = try PurchaseStatistics(
      customerCount: 1, customers: [0, 0, 0], days: [1, 2, 3], amounts: [.max, .max, .max], calibrationEnd: 3)
    #expect(statistics.customers[0].repeatSpend == .max)
  }
}
