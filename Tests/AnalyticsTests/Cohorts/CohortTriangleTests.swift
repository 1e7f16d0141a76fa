import Analytics
import Testing

struct CohortTriangleTests {
  private typealias Purchase = CohortTriangle.Purchase

  /// Three periods of ten days: 1 and 2 are acquired in the first, 3 in the second, 4 in the third.
  private let purchases: [Purchase] = [
    Purchase(customer: 1, day: 0, amount: 100), Purchase(customer: 1, day: 0, amount: 50),
    Purchase(customer: 1, day: 9, amount: 10), Purchase(customer: 1, day: 20, amount: 5),
    Purchase(customer: 2, day: 3, amount: 30), Purchase(customer: 2, day: 10, amount: 40),
    Purchase(customer: 3, day: 19, amount: 7), Purchase(customer: 4, day: 25, amount: -2),
  ]
  private let boundaries = [0, 10, 20, 30]

  @Test func aHandWorkedTriangle() throws {
    let triangle = CohortTriangle(purchases, boundaries: boundaries, asOf: 29)
    #expect(triangle.cohorts.map(\.start) == [0, 10, 20])
    #expect(triangle.cohorts.map(\.acquired) == [2, 1, 1])
    #expect(triangle.cohorts[0].cells.map(\.active) == [2, 1, 1])
    #expect(triangle.cohorts[0].cells.map(\.orders) == [3, 1, 1])
    #expect(triangle.cohorts[0].cells.map(\.revenue) == [190, 40, 5])
    #expect(triangle.cohorts[0].cells.map(\.cumulativeRevenue) == [190, 230, 235])
    #expect(triangle.cohorts[0].cells.map(\.valuePerCustomer) == [95, 115, 118])
    #expect(triangle.cohorts[0].cells.map(\.retention) == [1, 0.5, 0.5])
    #expect(triangle.cohorts[1].cells.map(\.active) == [1, 0])
    #expect(triangle.cohorts[2].cells.map(\.revenue) == [-2])
  }

  @Test func whatHasNotHappenedYetIsNotZero() {
    let triangle = CohortTriangle(purchases, boundaries: boundaries, asOf: 29)
    #expect(triangle[1, 1]?.active == 0)
    #expect(triangle[1, 2] == nil)
    #expect(triangle[2, 1] == nil)
    #expect(triangle[3, 0] == nil)
    #expect(triangle[-1, 0] == nil)
    #expect(triangle[0, -1] == nil)
  }

  @Test func theRunningPeriodIsMarkedUntilItsLastDay() {
    let running = CohortTriangle(purchases, boundaries: boundaries, asOf: 28)
    #expect(running.cohorts.map { $0.cells.map(\.isRunning) } == [[false, false, true], [false, true], [true]])
    let over = CohortTriangle(purchases, boundaries: boundaries, asOf: 29)
    #expect(over.cohorts.allSatisfy { $0.cells.allSatisfy { !$0.isRunning } })
    // On the first day of the second period the third is not there yet.
    #expect(CohortTriangle(purchases, boundaries: boundaries, asOf: 10).cohorts.map(\.acquired) == [2, 0])
  }

  @Test func overallComparesTheSameCustomersAndLeavesTheRunningPeriodOut() {
    let over = CohortTriangle(purchases, boundaries: boundaries, asOf: 29).overall
    #expect(over.map(\.acquired) == [4, 3, 2])
    #expect(over.map(\.active) == [4, 1, 1])
    #expect(over.map(\.cumulativeRevenue) == [195, 237, 235])
    let running = CohortTriangle(purchases, boundaries: boundaries, asOf: 28).overall
    #expect(running.map(\.acquired) == [3, 2])
  }

  @Test func customersOfBeforeAreLeftOutAltogether() {
    let triangle = CohortTriangle(purchases, boundaries: [10, 20, 30], asOf: 29)
    #expect(triangle.cohorts.map(\.acquired) == [1, 1])
    #expect(triangle.cohorts[0].cells.map(\.revenue) == [7, 0])
  }

  @Test func theOrderOfRowsAndBoundariesDoesNotMatter() {
    let sorted = CohortTriangle(purchases, boundaries: boundaries, asOf: 25)
    #expect(CohortTriangle(purchases.reversed(), boundaries: [30, 0, 20, 10, 0], asOf: 25) == sorted)
  }

  @Test func valuePerCustomerRoundsHalvesAwayFromZero() {
    func value(_ amount: Int64) -> Int64? {
      let rows = [Purchase(customer: 1, day: 0, amount: amount), Purchase(customer: 2, day: 0, amount: 0)]
      return CohortTriangle(rows, boundaries: [0, 1], asOf: 0)[0, 0]?.valuePerCustomer
    }
    #expect([1, -1, 3, -3, 4].map(value) == [1, -1, 2, -2, 2])
  }

  @Test func nothingAndTheEndsOfTheNumberLine() {
    #expect(CohortTriangle([], boundaries: [], asOf: 0).cohorts.isEmpty)
    #expect(CohortTriangle([], boundaries: [5], asOf: 9).cohorts.isEmpty)
    let empty = CohortTriangle([], boundaries: [0, 5], asOf: 9)
    #expect(empty[0, 0]?.retention == nil)
    #expect(empty[0, 0]?.valuePerCustomer == nil)
    #expect(empty.overall.isEmpty)
    let rows = [Int.min, 0, .max].map { Purchase(customer: 1, day: $0, amount: .max) }
    let ends = CohortTriangle(rows, boundaries: [.min, .max], asOf: .max)
    #expect(ends[0, 0]?.orders == 2)
    #expect(ends[0, 0]?.revenue == .max)
  }

  @Test func everySmallCaseFollowsTheDefinition() {
    // Two customers, each with any set of days 0 to 5; periods of two days; every as-of day.
    for pattern in 0..<(1 << 12) {
      let rows = (0..<12).filter { pattern >> $0 & 1 == 1 }
        .map { Purchase(customer: Int64($0 / 6), day: $0 % 6, amount: Int64(1 << $0)) }
      let today = pattern % 6
      let triangle = CohortTriangle(rows, boundaries: [0, 2, 4, 6], asOf: today)
      for cohort in 0..<3 {
        for age in 0..<3 { check(triangle[cohort, age], rows.filter { $0.day <= today }, cohort, age, today) }
      }
    }
  }

  private func check(_ cell: CohortTriangle.Cell?, _ rows: [Purchase], _ cohort: Int, _ age: Int, _ today: Int) {
    guard cohort + age <= today / 2 else {
      #expect(cell == nil)
      return
    }
    let first = Dictionary(rows.map { ($0.customer, $0.day / 2) }, uniquingKeysWith: min)
    let theirs = rows.filter { first[$0.customer] == cohort }
    let inCell = theirs.filter { $0.day / 2 == cohort + age }
    #expect(cell?.acquired == first.values.count { $0 == cohort })
    #expect(cell?.active == Set(inCell.map(\.customer)).count)
    #expect(cell?.orders == inCell.count)
    #expect(cell?.revenue == inCell.reduce(0) { $0 + $1.amount })
    #expect(cell?.cumulativeRevenue == theirs.filter { $0.day / 2 <= cohort + age }.reduce(0) { $0 + $1.amount })
    #expect(cell?.isRunning == (cohort + age == today / 2 && today % 2 == 0))
  }
}
