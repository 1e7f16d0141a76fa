import Store
import Web

extension Feature {
  static let contacts = Feature(migrations: ContactSchema.migrations, routes: { ContactRoutes(services: $0).all })
}

/// A contact as somebody typed it.
struct ContactInput: Versioned, Equatable {
  var name: String?
  var role: Contact.Role?
  var title: String?
  var phones: String?
  var email: String?
  var wechat: String?
  var birthday: String?
  var remark: String?
  /// When the contact was last changed as far as the writer knows.
  var version: Instant?

  init() {}

  init(_ contact: Contact) {
    name = contact.name
    role = contact.role
    title = contact.title
    phones = contact.phones.map(\.written).joined(separator: "、")
    email = contact.email
    wechat = contact.wechat
    birthday = contact.birthday?.description
    remark = contact.remark
    version = contact.updatedAt
  }

  func apply(to contact: inout Contact) -> Problems {
    var problems = Problems.none
    contact.name = Typed.line(name, "name", limit: 100, required: true, &problems)
    contact.role = role ?? .unknown
    contact.title = Typed.line(title, "title", limit: 100, &problems)
    contact.phones = Typed.phones(phones, "phones", &problems)
    contact.email = Typed.email(email, "email", &problems)
    contact.wechat = Typed.code(wechat, "wechat", limit: 100, &problems)
    contact.birthday = Typed.day(birthday, "birthday", &problems)
    contact.remark = Typed.text(remark, "remark", limit: 2_000, &problems)
    return problems
  }
}

/// What the form of a contact shows.
struct ContactForm: Codable, Equatable, Sendable, Tagged {
  /// Nil for a new one.
  let id: Contact.ID?
  let customerId: Customer.ID
  let input: ContactInput

  var tag: String? { input.version?.description }
}

struct ContactRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(
        .get, "/customers/{id}/contacts/new", Word("添加联系人的表单", "Form of a new contact"), new,
        view: ContactPages.form),
      Route(
        .post, "/customers/{id}/contacts", Word("添加联系人", "Add a contact"), success: 201, create,
        view: ContactPages.form),
      Route(
        .get, "/contacts/{id}/edit", Word("编辑联系人的表单", "Form of a contact"), edit, view: ContactPages.form),
      Route(.put, "/contacts/{id}", Word("修改联系人", "Change a contact"), update, view: ContactPages.form),
      .patch(
        "/contacts/{id}", Word("修改联系人的几个字段", "Change some fields of a contact"), of: present, update,
        view: ContactPages.form),
      Route(
        .delete, "/contacts/{id}", Word("删除联系人", "Delete a contact"), canBeUndone: true, destroy,
        view: ContactPages.form),
    ]
  }

  @Sendable func new(_: Nothing, _ call: Call) async throws -> Answer<ContactForm> {
    let access = try call.access
    let customer: Customer.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard try Customer.find(customer, access, in: tx) != nil else { throw AppError.notFound }
      return .show(ContactForm(id: nil, customerId: customer, input: ContactInput()))
    }
  }

  @Sendable func create(_ input: ContactInput, _ call: Call) async throws -> Answer<ContactForm> {
    let access = try call.access
    let customer: Customer.ID = try call.parameter("id")
    var contact = Contact(
      id: services.ids.next(), customerId: customer, name: "", at: services.clock(), by: access.user)
    let problems = input.apply(to: &contact)
    return try await services.db.write { [contact] tx in
      guard try Customer.find(customer, access, in: tx) != nil else { throw AppError.notFound }
      guard problems.isEmpty else {
        return .invalid(ContactForm(id: nil, customerId: customer, input: input), problems)
      }
      try tx.insert(contact)
      try Customer.index([customer], in: tx)
      var input = input
      input.version = contact.updatedAt
      let form = ContactForm(id: contact.id, customerId: customer, input: input)
      return .created(form, at: "/customers/\(customer)", saying: ContactWords.saved)
    }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<ContactForm> {
    let contact = try await found(call)
    return .show(ContactForm(id: contact.id, customerId: contact.customerId, input: ContactInput(contact)))
  }

  @Sendable private func present(_ call: Call) async throws -> ContactInput { ContactInput(try await found(call)) }

  private func found(_ call: Call) async throws -> Contact {
    let access = try call.access
    let id: Contact.ID = try call.parameter("id")
    return try await services.db.read { tx in try Contact.found(id, access, in: tx) }
  }

  @Sendable func update(_ input: ContactInput, _ call: Call) async throws -> Answer<ContactForm> {
    let (access, now) = (try call.access, services.clock())
    let id: Contact.ID = try call.parameter("id")
    return try await services.db.write { tx in
      try tx.hold(Contact.self, id)
      var contact = try Contact.found(id, access, in: tx)
      var (input, stands) = (input, ContactInput(contact))
      var problems = input.apply(to: &contact)
      try call.check(&input.version, is: contact.updatedAt, by: contact.updatedBy, &problems, in: tx) { [input] in
        differing(stands, from: input, ContactPages.labels)
      }
      guard problems.isEmpty else {
        return .invalid(ContactForm(id: id, customerId: contact.customerId, input: input), problems)
      }
      contact.change(at: now, by: access.user)
      try tx.update(contact)
      try Customer.index([contact.customerId], in: tx)
      input.version = contact.updatedAt
      let form = ContactForm(id: id, customerId: contact.customerId, input: input)
      return .changed(form, at: "/customers/\(contact.customerId)", saying: ContactWords.saved)
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<ContactForm> {
    let access = try call.access
    let id: Contact.ID = try call.parameter("id")
    return try await services.db.write { [services] tx in
      let contact = try Contact.found(id, access, in: tx)
      let undo = try Deletion.keep(.contact(contact), services, by: access.user, in: tx)
      try tx.delete(Contact.self, id)
      try Customer.index([contact.customerId], in: tx)
      return .removed(at: "/customers/\(contact.customerId)", saying: ContactWords.removed, undo: undo)
    }
  }
}
