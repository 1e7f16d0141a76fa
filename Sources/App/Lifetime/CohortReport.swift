import Analytics
import Store
import Web

/// A cohort study for other programs. Amounts are decimal texts.
public struct CohortReport: Encodable, Sendable {
  public struct Cohort: Encodable, Sendable {
    let start: Day
    let acquired: Int
    let cells: [Cell]
  }

  public struct Cell: Encodable, Sendable {
    /// Periods since the first purchase.
    let age: Int
    let active: Int
    let retention: Double?
    let orders: Int
    let revenue: String
    let valuePerCustomer: String?
    /// The period is not over.
    let isRunning: Bool
  }

  /// Who has come back so many days after the first purchase, by Kaplan and Meier.
  public struct Return: Encodable, Sendable {
    let days: Int
    let share: Double
    let interval: [Double]?
    let atRisk: Int
  }

  public let asOf: Day
  let by: CohortPeriod
  let currency: String
  let cohorts: [Cohort]
  let buyers: Int
  let repeated: Int
  let medianDaysToSecond: Int?
  let returns: [Return]

  public func json() throws -> [UInt8] { try Wire.encode(self) }
}

extension CohortReport {
  init(_ study: CohortStudy, currency: String) {
    func money(_ minor: Int64) -> String { Money(minor, currency).decimal }
    asOf = study.asOf
    by = study.period
    self.currency = currency
    cohorts = study.triangle.cohorts.map { cohort in
      Cohort(
        start: Day(number: cohort.start), acquired: cohort.acquired,
        cells: cohort.cells.enumerated().map { age, cell in
          Cell(
            age: age, active: cell.active, retention: cell.retention, orders: cell.orders,
            revenue: money(cell.revenue), valuePerCustomer: cell.valuePerCustomer.map(money),
            isRunning: cell.isRunning)
        })
    }
    (buyers, repeated) = (study.repeats.buyers, study.repeats.repeated)
    medianDaysToSecond = study.repeats.median
    returns = study.repeats.waiting.steps.map { step in
      Return(
        days: step.time, share: 1 - step.survival,
        interval: step.band.map { [1 - $0.upperBound, 1 - $0.lowerBound] }, atRisk: step.atRisk)
    }
  }

  /// From the database.
  public static func run(by period: CohortPeriod, asOf: Day?, _ services: Services) async throws -> CohortReport {
    let now = services.clock()
    return try await services.db.read { tx in
      let settings = try tx.ask(Settings.stored)
      let today = now.day(in: settings.timeZone)
      let day = try asOf ?? OrderSpan.find(today: today, in: tx).last ?? today
      let study = try CohortStudy.read(
        by: period, asOf: day, of: CustomerFilter(), .system, today: today, in: tx)
      return CohortReport(study, currency: settings.currency)
    }
  }

  /// Of a file of orders, without a database.
  public init(by period: CohortPeriod, asOf: Day?, of facts: OrderFile.Facts, at now: Instant = .now()) {
    let settings = Settings()
    self.init(
      CohortStudy.filed(facts.orders, by: period, asOf: asOf, today: now.day(in: settings.timeZone)),
      currency: settings.currency)
  }

  /// For a terminal: retention by cohort, and how soon customers come back.
  public func text(_ language: Language) -> String {
    let ages = cohorts.map(\.cells.count).max() ?? 0
    let heads = [(LifetimeWords.cohort[language], false), (ReportWords.customers[language], true)]
    let table = TextTable(
      heads + (0..<ages).map { ("\($0)", true) },
      cohorts.filter { $0.acquired > 0 }.map { cohort in
        [by.name(of: cohort.start), Figures.grouped(Int64(cohort.acquired))]
          + cohort.cells.map { $0.retention.map { Figures.percent($0, places: 0) } ?? "–" }
      })
    return [
      "\(ReportWords.asOf(asOf)[language]) · \(LifetimeWords.cohortsSay(buyers: buyers, repeated: repeated, median: medianDaysToSecond)[language])",
      table.text,
    ].joined(separator: "\n\n") + "\n"
  }
}
