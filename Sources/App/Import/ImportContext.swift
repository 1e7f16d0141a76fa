import Store
import Web

/// What the rows of an import are turned into records with.
struct ImportContext: Sendable {
  let record: Import
  let options: ImportOptions
  let settings: Settings
  let access: Access
  let ids: IDSource
  /// The time all its records are written.
  let stamp: Instant
  /// The colleagues' ids by name and e-mail, in lower case.
  let owners: [String: User.ID]
  /// Fields that a column has.
  let columns: Set<String>
  /// The firm's own fields that columns go into.
  let fields: FieldColumns

  init(_ record: Import, _ file: ImportFile, _ services: Services, in tx: Transaction) throws {
    let setup = file.setup
    self.record = record
    options = setup.options
    settings = file.settings
    access = try Access.of(record.uploadedBy, in: tx)
    ids = services.ids
    stamp = record.startedAt ?? services.clock()
    columns = Set(setup.columns.keys)
    fields = try FieldColumns(setup, tx.ask(CustomField.all))
    owners = try tx.ask(User.all).reversed().reduce(into: [:]) { owners, user in
      owners[user.name.lowercased()] = user.id
      owners[user.email.lowercased()] = user.id
    }
  }

  var user: User.ID? { record.uploadedBy }
  var match: ImportOptions.Match { options.match ?? .number }
  var source: String { options.source }
  var currency: String { options.currency ?? settings.currency }
}

/// What an import has made so far: a dry run finds here what a run finds in the database.
struct ImportMemory: Sendable {
  /// What records yet to come can be found by; the rest would be kept for nothing.
  private(set) var keepsNumbers = true
  private(set) var keepsNames = true

  /// Customers made, or given a number, by their numbers.
  var numbers: [String: Customer.ID] = [:]
  /// Customers made, by their names.
  var names: [String: Namesakes<CustomerFinder.Candidate>] = [:]
  /// What rows said of customers that were known by name alone.
  var learned: [Customer.ID: Reach] = [:]
  var learnedKeys: [Int: Customer.ID] = [:]
  /// Customers made, by the keys of their and their contacts' phones, or by e-mail, where these are matched.
  var reached: [String: Customer.ID] = [:]
  /// Customers of the database that were given a number.
  var adopted: Set<Customer.ID> = []
  var productCodes: [String: Product.ID] = [:]
  var productNames: [String: Product.ID] = [:]
  var tags: [String: Tag.ID] = [:]
  /// The firm's own fields that it made, by their columns.
  var fields: [Int: CustomField] = [:]

  /// For one portion.
  init() {}

  /// For the whole of a file. Rows of customers with a number are put together by it: it comes once.
  init(for file: ImportFile) {
    let match = file.setup.options.match ?? .number
    keepsNumbers = file.setup.kind == .orders || match != .number
    keepsNames = match == .name || file.survey.hasUnnumbered
  }
}
