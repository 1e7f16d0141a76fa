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
    /// How the first of them are wrong.
    public func sentences(_ language: Language, limit: Int = 10) -> [String] {
      problems.filter { !$0.isWarning }.prefix(limit).map { $0.sentence[language] }
    }
  }

  /// - Parameter settings: whose currency and time zone hold; those of a new firm when nil.
  /// - Throws: ``ImportRefusal`` when the file cannot be read as orders.
  public static func facts(
    _ path: String, _ choices: Importer.Choices = Importer.Choices(), settings: Settings? = nil
  ) throws -> Facts {
    try Importer.readable {
      let source = try ByteSource(path: path)
      return try facts(source, try choices.options(for: .orders, source), settings ?? Settings())
    }
  }

  static func facts(_ source: ByteSource, _ options: ImportOptions, _ settings: Settings) throws -> Facts {
    let file = try ImportFile(source, kind: .orders, options: options, settings: settings)
    var portions = try ImportPortions(file)
    var counts = ImportCounts()
    var orders: [OrderFact] = []
    var problems: [ImportProblem] = []
    while let portion = try portions.next(1_000) {
      counts += portion.counts
      if problems.count < 10_000 { problems += portion.problems }
      for order in portion.orders {
        let (number, name) = (order.customer.number, order.customer.name)
        orders.append(
          OrderFact(
            customer: number.isEmpty ? name : number, name: name, day: order.day,
            amount: settings.convert(order.amount, from: order.currency) ?? 0,
            cost: settings.convert(order.cost, from: order.currency) ?? 0,
            quantity: Quantity(thousandths: order.quantity)))
      }
    }
    return Facts(orders: orders, problems: problems, rejected: counts.rejected, rows: counts.rows)
  }
}
