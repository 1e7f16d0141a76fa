import Store
import Web

extension Feature {
  static let customFields = Feature(
    migrations: CustomFieldSchema.migrations,
    routes: { CustomFieldRoutes(services: $0).all },
    jobs: CustomFieldJobs.handlers)
}

/// Who brings a file can make fields with it, so that everybody may add some here; what changes fields that others
/// use is for administrators.
struct CustomFieldRoutes: Sendable {
  let services: Services

  struct Input: Codable, Equatable, Sendable {
    var name: String?
    /// When the field was last renamed as far as the writer knows.
    var version: Instant?
  }

  private static let place = "/settings/fields"

  var all: [Route] {
    [
      Route(.get, Self.place, Word("自定义字段列表", "List custom fields"), index, view: CustomFieldPages.index),
      Route(
        .post, Self.place, Word("添加自定义字段", "Add a custom field"), success: 201, create, view: CustomFieldPages.index),
      Route(
        .get, "/settings/fields/{id}/edit", Word("自定义字段改名的表单", "Form of a custom field"), edit,
        view: CustomFieldPages.form),
      Route(
        .put, "/settings/fields/{id}", Word("自定义字段改名", "Rename a custom field"), update, view: CustomFieldPages.form),
      Route(
        .get, "/settings/fields/{id}/delete", Word("删除自定义字段前的确认", "What deleting a custom field takes"), confirm,
        view: CustomFieldPages.confirm),
      Route(
        .delete, "/settings/fields/{id}", Word("删除自定义字段", "Delete a custom field"), success: 204, destroy,
        view: CustomFieldPages.confirm),
    ]
  }

  @Sendable func index(_: Nothing, _ call: Call) async throws -> Answer<CustomFieldList> {
    let access = try call.access
    return try await services.db.read { tx in .show(try Self.list(access, in: tx)) }
  }

  @Sendable func create(_ input: Input, _ call: Call) async throws -> Answer<CustomFieldList> {
    let access = try call.access
    let (id, now): (CustomField.ID, Instant) = (services.ids.next(), services.clock())
    return try await services.writing { tx in
      var problems = Problems.none
      let name = try Self.name(input, of: nil, &problems, in: tx)
      if try tx.ask(CustomField.all).count >= CustomField.most { problems["name"] = CustomFieldWords.tooMany }
      guard problems.isEmpty else { return .invalid(try Self.list(access, typed: input.name, in: tx), problems) }
      try tx.insert(CustomField(id: id, name: name, createdAt: now, createdBy: access.user))
      return .created(try Self.list(access, in: tx), at: Self.place, saying: CustomFieldWords.added(name))
    }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<CustomFieldForm> {
    let id = try administered(call)
    return try await services.db.read { tx in
      let field = try Self.found(id, in: tx)
      return .show(CustomFieldForm(id: id, input: Input(name: field.name, version: field.version)))
    }
  }

  @Sendable func update(_ input: Input, _ call: Call) async throws -> Answer<CustomFieldForm> {
    let id = try administered(call)
    let (user, now) = (try call.access.user, services.clock())
    return try await services.writing { tx in
      try tx.hold(CustomField.self, id)
      var field = try Self.found(id, in: tx)
      let stands = Word(same: field.name)
      var (input, problems) = (input, Problems.none)
      field.name = try Self.name(input, of: id, &problems, in: tx)
      try call.check(&input.version, is: field.version, by: field.updatedBy, &problems, in: tx) { [stands] }
      guard problems.isEmpty else { return .invalid(CustomFieldForm(id: id, input: input), problems) }
      (field.updatedAt, field.updatedBy) = (now.after(field.version), user)
      try tx.update(field)
      input.version = field.version
      let form = CustomFieldForm(id: id, input: input)
      return .changed(form, at: Self.place, saying: CustomFieldWords.saved)
    }
  }

  @Sendable func confirm(_: Nothing, _ call: Call) async throws -> Answer<CustomFieldDeletion> {
    let id = try administered(call)
    let access = try call.access
    return try await services.db.read { tx in
      let field = try Self.found(id, in: tx)
      return .show(
        CustomFieldDeletion(id: id, name: field.name, customers: try CustomField.holders(of: id, access, in: tx)))
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<CustomFieldDeletion> {
    let id = try administered(call)
    let user = try call.access.user
    return try await services.writing { [services] tx in
      let field = try Self.found(id, in: tx)
      try tx.delete(CustomField.self, id)
      try services.jobs.add(
        kind: CustomFieldJobs.drop, payload: CustomFieldJobs.Payload(id: id), by: user?.description, in: tx)
      return .removed(at: Self.place, saying: CustomFieldWords.removed(field.name))
    }
  }

  private func administered(_ call: Call) throws -> CustomField.ID {
    try call.access.requireAdministrator()
    return try call.parameter("id")
  }

  private static func found(_ id: CustomField.ID, in tx: Transaction) throws -> CustomField {
    guard let field = try CustomField.find(id, in: tx) else { throw AppError.notFound }
    return field
  }

  private static func list(_ access: Access, typed: String? = nil, in tx: Transaction) throws -> CustomFieldList {
    CustomFieldList(fields: try tx.ask(CustomField.all), typed: typed, canChange: access.isAdministrator)
  }

  private static func name(
    _ input: Input, of id: CustomField.ID?, _ problems: inout Problems, in tx: Transaction
  ) throws -> String {
    let name = Typed.line(input.name, "name", limit: CustomField.nameLimit, required: true, &problems)
    let isTaken = try tx.ask(CustomField.all).contains { $0.id != id && $0.isNamed(name) }
    if isTaken { problems["name"] = CustomFieldWords.nameTaken }
    return name
  }
}
