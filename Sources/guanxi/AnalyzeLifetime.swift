import App
import ArgumentParser

struct AnalyzeCLV: LifetimeCommand {
  static let configuration = CommandConfiguration(
    commandName: "clv", abstract: "Say what each customer is likely to bring, with the range that will hold it.",
    discussion: """
      Purchases by the model that foresaw best on these orders, spend by Gamma-Gamma, discounted quarter by quarter. \
      Ranges hold what will happen for 95 customers of 100. With \
      --calibrate-until the models see no later purchases, and are judged by them.

        guanxi analyze clv --horizon 104 --discount 0.08
        guanxi analyze clv --orders orders.csv --calibrate-until 2026-03-31 --json
      """)
  static let order = StudyOrder.worth
  @OptionGroup var options: LifetimeOptions
}

struct AnalyzeAlive: LifetimeCommand {
  static let configuration = CommandConfiguration(
    commandName: "alive", abstract: "Say who will likely buy nothing soon, those with the most at stake first.")
  static let order = StudyOrder.atRisk
  @OptionGroup var options: LifetimeOptions
}

struct LifetimeOptions: ParsableArguments {
  @Option(help: "auto, nbd, bgnbd, mbgnbd or paretonbd.")
  var model: String?

  @Option(
    help: ArgumentHelp("The last day that counts (default: that of the last order).", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("Fit to purchases until this day, judge by those after it.", valueName: "date"))
  var calibrateUntil: String?

  @Option(help: ArgumentHelp("How far to look ahead (default: 156).", valueName: "weeks"))
  var horizon: Int?

  @Option(help: ArgumentHelp("By what money loses a year (default: 0.1).", valueName: "rate"))
  var discount: Double?

  @Option(help: ArgumentHelp("How many customers are listed.", valueName: "n"))
  var limit = 20

  @OptionGroup var source: AnalyzedOrders
}

/// A study of what customers will do, listed in some order.
protocol LifetimeCommand: DatabaseCommand {
  static var order: StudyOrder { get }
  var options: LifetimeOptions { get }
}

extension LifetimeCommand {
  var wantedDatabase: DatabaseOption? { options.source.wantedDatabase }

  private var parameters: StudyParameters {
    get throws {
      try StudyParameters(
        model: options.model, asOf: options.asOf, calibrateUntil: options.calibrateUntil, horizon: options.horizon,
        discount: options.discount)
    }
  }

  func validate() throws {
    do { _ = try parameters } catch { throw ValidationError(Terminal.sentence(for: error)) }
  }

  func run() async throws {
    let (parameters, limit) = (try parameters, options.source.json.isOn ? nil : options.limit)
    try await options.source.report(
      database: { try await LifetimeReport.run(parameters, Self.order, limit: limit, $0) },
      file: { try LifetimeReport(parameters, Self.order, of: $0, limit: limit) },
      json: { try $0.json() }, text: { $0.text(Terminal.language) })
  }
}

struct AnalyzeCohorts: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohorts", abstract: "Follow customers by the month or quarter of their first purchase.")

  @Option(help: "month or quarter.")
  var by = CohortPeriod.month

  @Option(
    help: ArgumentHelp("The last day that counts (default: that of the last order).", valueName: "date"))
  var asOf: String?

  @OptionGroup var source: AnalyzedOrders

  var wantedDatabase: DatabaseOption? { source.wantedDatabase }

  func validate() throws {
    do { _ = try StudyParameters.day(asOf) } catch { throw ValidationError(Terminal.sentence(for: error)) }
  }

  func run() async throws {
    let (by, day) = (by, try StudyParameters.day(asOf))
    try await source.report(
      database: { try await CohortReport.run(by: by, asOf: day, $0) },
      file: { CohortReport(by: by, asOf: day, of: $0) },
      json: { try $0.json() }, text: { $0.text(Terminal.language) })
  }
}

extension CohortPeriod: ExpressibleByArgument {}
