import Store
import Web

/// A column whose values go into one of the firm's own fields.
struct FieldColumn: Codable, Equatable, Sendable {
  /// Counted from 0.
  var column: Int
  /// Nil for the field that is called as the column, which is made where there is none.
  var field: CustomField.ID?
  var rule: ImportOptions.Rule?

  /// What a column is chosen to be imported as.
  static let asNew = "+field"
  private static let prefix = "field:"

  static func choice(of field: CustomField.ID?) -> String { field.map { prefix + $0.description } ?? asNew }

  /// Nil for other choices.
  init?(_ choice: String, at column: Int, _ rule: ImportOptions.Rule?) {
    let field = choice.hasPrefix(Self.prefix) ? CustomField.ID(String(choice.dropFirst(Self.prefix.count))) : nil
    guard choice == Self.asNew || field != nil else { return nil }
    self.init(column: column, field: field, rule: rule)
  }

  init(column: Int, field: CustomField.ID? = nil, rule: ImportOptions.Rule? = nil) {
    (self.column, self.field, self.rule) = (column, field, rule)
  }

  func mayWrite(isEmpty: Bool) -> Bool { (rule ?? .overwrite).mayWrite(isEmpty: isEmpty) }
}

/// The firm's own fields that columns of a file go into.
struct FieldColumns: Sendable {
  struct Target: Sendable {
    let column: FieldColumn
    /// What the field is called.
    let name: String
    /// Nil for one that is still to be made.
    let field: CustomField.ID?
  }

  let targets: [Target]

  /// - Throws: ``ImportRefusal`` when a column cannot be such a field, or two would be the same one.
  init(_ setup: ImportSetup, _ fields: [CustomField]) throws(ImportRefusal) {
    var targets: [Target] = []
    for column in setup.options.fieldColumns ?? [] where setup.shape.columns.indices.contains(column.column) {
      let header = setup.name(of: column.column).split(whereSeparator: \.isNewline).joined(separator: " ")
      let known = fields.first { field in column.field.map { $0 == field.id } ?? field.isNamed(header) }
      // A field that somebody deleted meanwhile: the column is left out.
      if column.field != nil, known == nil { continue }
      let name = known?.name ?? header
      guard name.count <= CustomField.nameLimit else { throw ImportRefusal(ImportWords.longFieldName(name)) }
      let isTaken = targets.contains { CustomField.key($0.name) == CustomField.key(name) }
      if isTaken { throw ImportRefusal(ImportWords.twice(Word(same: name))) }
      targets.append(Target(column: column, name: name, field: known?.id))
    }
    let made = targets.count { $0.field == nil }
    guard made == 0 || fields.count + made <= CustomField.most else { throw ImportRefusal(CustomFieldWords.tooMany) }
    self.targets = targets
  }
}

/// The fields that values of a portion go into; those that are missing are made.
struct FieldFinder: Sendable {
  private let targets: [Int: FieldColumns.Target]
  /// By the column.
  private var known: [Int: CustomField.ID] = [:]

  init(_ context: ImportContext, in tx: Transaction) throws {
    targets = Dictionary(context.fields.targets.map { ($0.column.column, $0) }, uniquingKeysWith: { first, _ in first })
    guard !targets.isEmpty else { return }
    let fields = try tx.ask(CustomField.all)
    known = targets.compactMapValues { target in
      fields.first { field in target.field.map { $0 == field.id } ?? field.isNamed(target.name) }?.id
    }
  }

  /// Puts what a row says into a customer, as far as the rules of its columns let it.
  func put(
    _ values: [Int: String], into customer: inout Customer, isNew: Bool, _ context: ImportContext,
    _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) {
    for (place, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let target = targets[place] else { continue }
      let found = known[place] ?? memory.fields[place]?.id
      // One that was deleted meanwhile is not made again.
      guard found != nil || target.field == nil else { continue }
      let isEmpty = found.map { customer.more[$0].isEmpty } ?? true
      guard isNew || target.column.mayWrite(isEmpty: isEmpty) else { continue }
      customer.more[found ?? make(target, context, &memory, &plan)] = value
    }
  }

  private func make(
    _ target: FieldColumns.Target, _ context: ImportContext, _ memory: inout ImportMemory, _ plan: inout ImportPlan
  ) -> CustomField.ID {
    let field = CustomField(
      id: context.ids.next(), name: target.name, createdAt: context.stamp, createdBy: context.user)
    memory.fields[target.column.column] = field
    plan.fields.append(field)
    return field.id
  }
}
