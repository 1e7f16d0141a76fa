import App
import ArgumentParser
import Foundation

struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say who the important customers are, what they are worth, who is leaving, and why.",
    discussion: """
      abc ranks customers by their share of the whole; rfm scores recency, frequency and money, rfa quantity in \
      place of money. clv says what customers will bring, alive who still is one, cohorts how many come back. With \
      --orders a file is analysed without a database.

        guanxi analyze abc --by margin --window 365
        guanxi analyze rfm --as-of 2026-06-30 --json
        guanxi analyze clv --orders orders.csv
        guanxi analyze cohorts --by quarter
      """,
    subcommands: [
      AnalyzeABC.self, AnalyzeRFM.self, AnalyzeRFA.self, AnalyzeCLV.self, AnalyzeAlive.self, AnalyzeCohorts.self,
    ])
}

struct AnalyzeABC: StandingCommand {
  static let configuration = CommandConfiguration(
    commandName: "abc", abstract: "Rank customers by their share of the whole.")
  static let method = AnalysisParameters.Method.abc
  @OptionGroup var options: StandingOptions
}

struct AnalyzeRFM: StandingCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm", abstract: "Score recency, frequency and money, each by fifths.")
  static let method = AnalysisParameters.Method.rfm
  @OptionGroup var options: StandingOptions
}

struct AnalyzeRFA: StandingCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfa", abstract: "Score recency, frequency and quantity, each by fifths.")
  static let method = AnalysisParameters.Method.rfa
  @OptionGroup var options: StandingOptions
}

/// What is analysed, and where from.
struct AnalyzedOrders: ParsableArguments {
  @Option(help: ArgumentHelp("Analyse this file instead of the database.", valueName: "file"))
  var orders: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  /// Nil where a file is analysed.
  var wantedDatabase: DatabaseOption? { orders == nil ? database : nil }

  /// Makes a report of the file or the database, prints it, and says with the exit code whether rows were left out.
  func report<Report>(
    database read: (Services) async throws -> Report, file: (OrderFile.Facts) throws -> Report,
    json: (Report) throws -> [UInt8], text: (Report) -> String
  ) async throws {
    let facts = try orders.map { try OrderFile.facts($0, try reading.choices) }
    for sentence in facts?.sentences(Terminal.language) ?? [] {
      try await Console.current.print(sentence, to: .complaint)
    }
    let report = if let facts { try file(facts) } else { try await database.visit(read) }
    if self.json.isOn {
      try await Console.current.print(String(decoding: try json(report), as: UTF8.self))
    } else {
      try await Console.current.put(text(report))
    }
    if let facts, facts.rejected > 0 { throw ExitCode(3) }
  }
}

struct StandingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The last day that counts (default: that of the last order).", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("How many days count (default: all).", valueName: "days"))
  var window: Int?

  @Option(help: "amount, margin or quantity.")
  var by: AnalysisParameters.Measure?

  @Option(help: ArgumentHelp("How many customers are listed.", valueName: "n"))
  var limit = 20

  @OptionGroup var source: AnalyzedOrders
}

/// A ranking of customers by one of the methods of ``AnalysisParameters``.
protocol StandingCommand: DatabaseCommand {
  static var method: AnalysisParameters.Method { get }
  var options: StandingOptions { get }
}

extension StandingCommand {
  var wantedDatabase: DatabaseOption? { options.source.wantedDatabase }

  private var parameters: AnalysisParameters {
    get throws {
      try AnalysisParameters(Self.method, asOfTyped: options.asOf, window: options.window, by: options.by)
    }
  }

  func validate() throws {
    do { _ = try parameters } catch { throw ValidationError(Terminal.sentence(for: error)) }
  }

  func run() async throws {
    let (parameters, limit) = (try parameters, options.source.json.isOn ? nil : options.limit)
    try await options.source.report(
      database: { try await AnalyzeReport.run(parameters, limit: limit, $0) },
      file: { AnalyzeReport(parameters, of: $0, limit: limit) },
      json: { try $0.json() }, text: { $0.text(Terminal.language) })
  }
}

extension AnalysisParameters.Measure: ExpressibleByArgument {}
