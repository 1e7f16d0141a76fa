import Foundation
import Store
import Web

/// A file of orders as facts for an analysis, without a database.
public enum OrderFile {
  /// What a file tells, and how much of it could not be understood.
  public struct Facts: Sendable {
    let orders: [OrderFact]
    let problems: [ImportProblem]
    /// Rows that were left out because of a problem.
    public let rejected: Int
    public let rows: Int
    /// Whose currency and time zone hold.
    var settings = Settings()
    /// What of the file is nobody's, or was left out, as money.
    var remarks: [Word] = []
    /// How the first of them are wrong.
    public func sentences(_ language: Language, limit: Int = 10) -> [String] {
      remarks.map { $0[language] } + problems.filter { !$0.isWarning }.prefix(limit).map { $0.sentence[language] }
    }
  }

  /// - Parameter settings: whose currency and time zone hold; those of a new firm when nil.
  /// - Throws: ``ImportRefusal`` when the file cannot be read as orders.
  public static func facts(
    _ path: String, _ choices: Importer.Choices = Importer.Choices(), settings: Settings? = nil
  ) throws -> Facts {
    try Importer.readable {
      let source = try ByteSource(path: path)
      return try facts(source, try choices.options(for: .orders, source), settings)
    }
  }

  /// Without a firm the amounts are in the currency that the file names.
  static func facts(_ source: ByteSource, _ options: ImportOptions, _ settings: Settings?) throws -> Facts {
    let settings = settings ?? Settings()
    let firm = ImportFirm(settings, isNew: true, today: Instant.now().day(in: settings.timeZone))
    var file = try ImportFile(source, kind: .orders, options: options, firm: firm)
    if let question = file.questions.first(where: { $0.kind == .currency }) {
      var options = options
      options.currency = question.suggested
      file = try ImportFile(source, kind: .orders, options: options, firm: firm)
    }
    try file.requireAnswers()
    return try facts(file)
  }

  private static func facts(_ file: ImportFile) throws -> Facts {
    let settings = file.settings
    var portions = try ImportPortions(file)
    var report = ImportReport(currency: settings.currency, statuses: file.statuses)
    var orders: [OrderFact] = []
    var problems: [ImportProblem] = []
    while let portion = try portions.next(1_000) {
      report.counts += portion.counts
      if problems.count < 10_000 { problems += portion.problems }
      for order in portion.orders where !order.customer.isWalkIn {
        let (number, name) = (order.customer.number, order.customer.name)
        orders.append(
          OrderFact(
            customer: number.isEmpty ? name : number, name: name, day: order.day,
            amount: settings.convert(order.amount, from: order.currency) ?? 0,
            cost: settings.convert(order.cost, from: order.currency) ?? 0,
            quantity: Quantity(thousandths: order.quantity), number: order.number))
      }
    }
    return Facts(
      orders: orders.withoutWholeReturns(within: settings.returnDays), problems: problems,
      rejected: report.counts.rejected, rows: report.counts.rows, settings: settings,
      remarks: [report.statusSentence].compactMap(\.self) + report.moneySentences)
  }
}
