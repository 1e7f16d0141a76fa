import Store
import Web

/// Rows of a file as what they tell, and what is wrong with them.
struct ImportPortion: Sendable {
  var orders: [FiledOrder] = []
  var customers: [FiledCustomer] = []
  var problems: [ImportProblem] = []
  /// Orders that are not to be, whose numbers may be here already.
  var leftOut: [LeftOrder] = []
  var money = ImportMoney()
  /// Rows of the file, and the records they were put together to.
  var rows = 0
  var records = 0

  mutating func add(_ lines: [Int], _ problems: [ImportProblem]) {
    rows += lines.count
    records += 1
    self.problems += problems
  }

  /// What the rows alone say to the counts.
  var counts: ImportCounts {
    var counts = ImportCounts()
    counts.rows = rows - problems.count { $0.code == .totalRow }
    counts.rejected = Set(problems.lazy.filter { !$0.isWarning }.map(\.line)).count
    counts.warnings = problems.count(where: \.isWarning)
    counts.problems = problems.count
    counts.money = money
    return counts
  }
}

/// The records of a file, portion by portion, in an order that is the same each time.
struct ImportPortions: Sendable {
  private var orders: GroupedRows<OrderRowReader>?
  private var assembly: OrderAssembly
  private var customers: GroupedRows<CustomerRowReader>?
  /// In the file.
  private let mostRecords: Int

  init(_ file: ImportFile) throws {
    mostRecords = file.survey.rows
    assembly = OrderAssembly(file.setup.options, file.settings, taken: file.survey.evidence.returnNumbers)
    switch file.setup.kind {
    case .orders: orders = try GroupedRows(file.source, file.setup, file.survey, file.orderReader)
    case .customers: customers = try GroupedRows(file.source, file.setup, file.survey, file.customerReader)
    }
  }

  /// So many records, or what is left; nil at the end.
  mutating func next(_ size: Int) throws -> ImportPortion? {
    var portion = ImportPortion()
    if orders != nil { portion.orders.reserveCapacity(min(size, mostRecords)) }
    while portion.records < size, let group = try orders?.next() {
      let outcome = assembly.orders(of: group)
      portion.orders += outcome.orders
      portion.money += outcome.money
      if let left = outcome.leftOut { portion.leftOut.append(left) }
      portion.add(group.lines, outcome.problems)
    }
    while portion.records < size, let group = try customers?.next() {
      for people in FiledCustomer.apart(group.rows) {
        if let customer = FiledCustomer(people) { portion.customers.append(customer) }
        portion.problems += FiledCustomer.conflicts(people)
      }
      portion.add(group.lines, group.problems)
    }
    return portion.records == 0 ? nil : portion
  }
}

/// Reads the next portion while the one before it is worked on.
actor PortionReader {
  private var portions: ImportPortions
  private let size: Int
  private var done: Int
  private var upcoming: Task<ImportPortion?, any Error>?

  /// - Parameter done: records that were dealt with already.
  init(_ file: ImportFile, by size: Int, after done: Int = 0) throws {
    portions = try ImportPortions(file)
    self.size = size
    self.done = done
  }

  /// Nil at the end.
  func next() async throws -> ImportPortion? {
    let portion = try await (upcoming ?? ahead()).value
    upcoming = portion == nil ? nil : ahead()
    return portion
  }

  private func ahead() -> Task<ImportPortion?, any Error> {
    Task(executorPreference: WorkThreads.jobs) { try await self.read() }
  }

  private func read() throws -> ImportPortion? {
    while done > 0, let portion = try portions.next(min(done, size)) { done -= portion.records }
    return try portions.next(size)
  }
}
