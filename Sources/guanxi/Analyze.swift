import App
import ArgumentParser
import Foundation

struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say who the important customers are, and why.",
    discussion: """
      abc ranks customers by their share of the whole; rfm scores recency, frequency and money, rfa quantity in \
      place of money. With --orders a file is analysed without a database.

        guanxi analyze abc --by margin --window 365
        guanxi analyze rfm --as-of 2026-06-30 --json
        guanxi analyze rfm --orders orders.csv
      """)

  @Argument(help: "abc, rfm or rfa.")
  var method: AnalysisParameters.Method

  @Option(
    help: ArgumentHelp("The last day that counts (default: that of the last order).", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("How many days count (default: all).", valueName: "days"))
  var window: Int?

  @Option(help: "amount, margin or quantity.")
  var by: AnalysisParameters.Measure?

  @Option(help: ArgumentHelp("Analyse this file instead of the database.", valueName: "file"))
  var orders: String?

  @Option(help: ArgumentHelp("How many customers are listed.", valueName: "n"))
  var limit = 20

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  private var parameters: AnalysisParameters {
    get throws { try AnalysisParameters(method, asOfTyped: asOf, window: window, by: by) }
  }

  func validate() throws {
    do { _ = try parameters } catch { throw ValidationError(Terminal.sentence(for: error)) }
  }

  func run() async throws {
    let (report, rejected) = try await report(try parameters)
    if json.isOn {
      FileHandle.standardOutput.write(Data(try report.json() + [UInt8(ascii: "\n")]))
    } else {
      print(report.text(Terminal.language), terminator: "")
    }
    if rejected > 0 { throw ExitCode(3) }
  }

  private func report(_ parameters: AnalysisParameters) async throws -> (AnalyzeReport, rejected: Int) {
    let limit = json.isOn ? nil : limit
    guard let orders else {
      return (try await database.visit { try await AnalyzeReport.run(parameters, limit: limit, $0) }, 0)
    }
    let facts = try OrderFile.facts(orders, try reading.choices)
    for sentence in facts.sentences(Terminal.language) { complain(sentence) }
    return (AnalyzeReport(parameters, of: facts, limit: limit), facts.rejected)
  }
}

extension AnalysisParameters.Method: ExpressibleByArgument {}
extension AnalysisParameters.Measure: ExpressibleByArgument {}
