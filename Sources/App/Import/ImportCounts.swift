import Store
import Web

/// What an import does, counted.
struct ImportCounts: Codable, Equatable, Sendable {
  struct Outcomes: Codable, Equatable, Sendable {
    var new = 0
    var updated = 0
    var unchanged = 0

    var all: Int { new + updated + unchanged }

    static func += (a: inout Self, b: Self) {
      a.new += b.new
      a.updated += b.updated
      a.unchanged += b.unchanged
    }
  }

  /// Rows of data that were read, those of them that are not imported, and those imported with a remark.
  var rows = 0
  var rejected = 0
  var warnings = 0
  /// Problems noted so far.
  var problems = 0
  var customers = Outcomes()
  var contacts = Outcomes()
  var orders = Outcomes()
  var returns = Outcomes()
  var products = Outcomes()
  /// Of all orders and returns in the file that can be imported, in minor units of the firm's currency.
  var amount: Int64 = 0
  var firstOn: Day?
  var lastOn: Day?
  /// Of orders: what is not imported, and what would be read otherwise.
  var money: ImportMoney?
  /// Records found by nothing but their name.
  var byNameAlone: Int?

  var hasUpdates: Bool { [customers, contacts, orders, returns].contains { $0.updated > 0 } }

  mutating func see(_ day: Day) {
    firstOn = min(firstOn ?? day, day)
    lastOn = max(lastOn ?? day, day)
  }

  static func += (a: inout Self, b: Self) {
    a.rows += b.rows
    a.rejected += b.rejected
    a.warnings += b.warnings
    a.problems += b.problems
    a.customers += b.customers
    a.contacts += b.contacts
    a.orders += b.orders
    a.returns += b.returns
    a.products += b.products
    a.amount = a.amount.clampedPlus(b.amount)
    if let money = b.money { a.money = (a.money ?? ImportMoney()) + money }
    if let more = b.byNameAlone { a.byNameAlone = (a.byNameAlone ?? 0) + more }
    for day in [b.firstOn, b.lastOn] { if let day { a.see(day) } }
  }
}

/// What a dry run found, or what a run did: the same words for both.
struct ImportReport: Codable, Equatable, Sendable {
  /// What one of the first records of the file would become.
  struct Sample: Codable, Equatable, Sendable {
    enum Outcome: String, Codable, CaseIterable, Sendable { case new, updated, unchanged }

    let line: Int
    let outcome: Outcome
    let customer: String
    var isNewCustomer = false
    var number = ""
    var day: Day?
    var amount: Money?
    var region = ""
    /// Of a customer, how to reach it.
    var more: String?
  }

  var counts = ImportCounts()
  var currency: String
  /// Rows left out because of a filter.
  var skipped = 0
  var samples: [Sample] = []
  /// Which orders without a customer went where, how amounts were read: decisions a person should know.
  var remarks: [Word] = []
  /// The first records that are there already and change.
  var changes: [ChangedRecord]?
  /// What the file leaves open, and must be said before it is written.
  var questions: [ImportQuestion]?
  /// Sums of the file that cannot be meant: it does not start until its columns or rows are chosen otherwise.
  var implausible: [Word]?
  /// Currencies that amounts of the file are in and that the settings have no rate for.
  var missingRates: [String]?
  /// The firm's settings of money before this import, where it changed them.
  var formerCurrency: String?
  var formerRates: [String: String]?
  /// The words of the file for the state and the type of its orders.
  var statuses: [StatusFound]?
}
