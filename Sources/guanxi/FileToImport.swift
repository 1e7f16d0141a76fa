import App
import ArgumentParser
import CMalloc
import Foundation

/// A file, and what can be said about it that is not found out by itself.
struct FileToImport: ParsableArguments {
  @Argument(help: "An Excel workbook (.xlsx), or a CSV file in any encoding and with any separator.")
  var file: String

  @OptionGroup var reading: ReadingOptions

  @Option(
    help: ArgumentHelp(
      "Where its numbers come from, so that those of two sources stay apart.", valueName: "name"))
  var source = ""

  @Option(
    help: ArgumentHelp(
      "Find customers who are there already by number, phone, email or name; then by number and name.",
      valueName: "key"))
  var match: String?

  @Flag(
    name: .customLong("name-match"), inversion: .prefixedNo,
    help: "Whether customers who are there already are also found by nothing but their name.")
  var matchesNames = true

  @Option(
    name: .customLong("existing"), parsing: .singleValue,
    help: ArgumentHelp(
      "What becomes of a value that is there already: overwrite, fill (only if empty) or keep.",
      valueName: "field=rule"))
  var rules: [String] = []

  @Option(
    name: .customLong("tag"), parsing: .singleValue,
    help: ArgumentHelp("Make tags of this column's values; a column of yes and no is one tag.", valueName: "column"))
  var tags: [String] = []

  @Option(
    name: .customLong("remark"), parsing: .singleValue,
    help: ArgumentHelp("Note this column's value in the remark, by the column's name.", valueName: "column"))
  var remarks: [String] = []

  @Option(
    name: .customLong("field"), parsing: .singleValue,
    help: ArgumentHelp(
      "Keep this column's values in the custom field of its name, made where there is none.", valueName: "column"))
  var fields: [String] = []

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Write the rejected rows with their reasons to this file, .csv or .xlsx.", valueName: "file"))
  var errors: String?

  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  func run(_ kind: String) async throws {
    var choices = try reading.choices
    choices.source = source
    choices.match = match
    choices.matchesNames = matchesNames
    choices.rules = try ReadingOptions.pairs(rules, of: "--existing", "FIELD=RULE")
    (choices.tags, choices.remarks, choices.fields) = (tags, remarks, fields)
    let rejected = try await database.visit(isDry: dryRun) { services in
      let console = Console.current
      let outcome = try await Importer(services, size: portion).run(
        kind: kind, file: console.path(file), choices: choices, dryRun: dryRun, errors: errors.map(console.path),
        isStopped: console.watchInterruptions()
      ) { done, total in
        console.showProgress(done, of: total)
        // What portions took is given back now and then: else pieces of it stay and the process grows.
        if done % 1_000_000 < Importer.portion { malloc_trim(0) }
      }
      console.endProgress()
      try await json.print(outcome, text: outcome.sentences(Terminal.language).joined(separator: "\n"))
      return outcome.rejected
    }
    if rejected > 0 { throw ExitCode(3) }
  }

  /// In a server others want to write meanwhile.
  private var portion: Int { Console.current.served == nil ? Importer.portion : Importer.servedPortion }
}

/// How a file is to be read where the guess is wrong.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("map"), parsing: .singleValue,
    help: ArgumentHelp(
      "Which column holds a field, by its name or number; - for none.", valueName: "field=column"))
  var map: [String] = []

  @Option(
    help: ArgumentHelp(
      "utf-8, gb18030, big5, shift-jis, euc-kr, windows-1251, windows-1252 and others.", valueName: "name"))
  var encoding: String?

  @Option(help: ArgumentHelp("What parts the columns: , ; | or tab.", valueName: "character"))
  var separator: String?

  @Option(help: ArgumentHelp("Of a workbook; its first sheet is read otherwise.", valueName: "name"))
  var sheet: String?

  @Option(help: ArgumentHelp("Line of the header; 0 for none.", valueName: "line"))
  var header: Int?

  @Option(help: ArgumentHelp("year-first, month-first or day-first.", valueName: "order"))
  var dates: String?

  @Option(help: ArgumentHelp("point or comma.", valueName: "mark"))
  var decimals: String?

  @Option(help: ArgumentHelp("Of amounts that do not name one.", valueName: "code"))
  var currency: String?

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp("Only rows with this value; != for all others.", valueName: "column=value"))
  var filters: [String] = []

  @Option(help: ArgumentHelp("Orders that name nobody: walk_in, by_region or reject.", valueName: "way"))
  var withoutCustomer: String?

  @Option(help: ArgumentHelp("Amounts are before refunds (separate) or after (deducted).", valueName: "way"))
  var refunds: String?

  @Option(
    help: ArgumentHelp(
      "Of orders of several lines, the amount is each line's own (per-line) or the order's (per-order).",
      valueName: "way"))
  var amounts: String?

  @Option(
    help: ArgumentHelp(
      "Of orders of several lines, the refund is each line's own (per-line) or the order's (per-order).",
      valueName: "way"))
  var refundAmounts: String?

  @Option(
    name: .customLong("status"), parsing: .singleValue,
    help: ArgumentHelp(
      "What a state or type of orders makes of them: counts, return or left-out.", valueName: "word=use"))
  var statuses: [String] = []

  var choices: Importer.Choices {
    get throws {
      var choices = Importer.Choices()
      choices.map = try Self.pairs(map, of: "--map", "FIELD=COLUMN")
      choices.encoding = encoding
      choices.separator = separator
      choices.sheet = sheet
      choices.header = header
      choices.dates = dates
      choices.decimals = decimals
      choices.currency = currency
      choices.filters = filters
      choices.withoutCustomer = withoutCustomer
      choices.refunds = refunds
      choices.amounts = amounts
      choices.refundAmounts = refundAmounts
      choices.statuses = try Self.pairs(statuses, of: "--status", "WORD=USE")
      return choices
    }
  }

  func validate() throws { _ = try choices }

  static func pairs(_ typed: [String], of option: String, _ form: String) throws -> [String: String] {
    try typed.reduce(into: [:]) { pairs, pair in
      let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard halves.count == 2 else { throw ValidationError("\(option) wants \(form), not \"\(pair)\"") }
      guard pairs.updateValue(halves[1], forKey: halves[0]) == nil else {
        throw ValidationError("\(option) names \(halves[0]) twice")
      }
    }
  }
}
