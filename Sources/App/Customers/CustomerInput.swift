import Store
import Web

/// A customer as somebody typed it, in a form or as JSON.
struct CustomerInput: Versioned, Equatable {
  /// The value of one of the firm's own fields, which is named by its id or its name.
  struct FieldValue: Codable, Equatable, Sendable {
    var id: CustomField.ID?
    var name: String?
    var value: String?
  }

  var name: String?
  var kind: Customer.Kind?
  var roles: [Customer.Role]?
  /// Several apart by `、` `;` `/` or a comma.
  var phones: String?
  var email: String?
  var wechat: String?
  var region: String?
  var address: String?
  var industry: String?
  var occupation: String?
  var employer: String?
  var birthday: String?
  var interests: String?
  var source: String?
  /// Who brought it, by number, id or whole name; else by `referrerId`.
  var referrer: String?
  var referrerId: Customer.ID?
  /// Whose name a form showed there. What stands there now is meant, nobody where nothing does.
  var referrerShown: Customer.ID?
  var description: String?
  var owner: User.ID?
  var outsideId: String?
  /// Of the firm's own fields; those not named stay as they are.
  var fields: [FieldValue]?
  /// When the customer was last changed as far as the writer knows; with it nobody's change is written over unseen.
  var version: Instant?

  init() {}

  init(_ customer: Customer, _ fields: [CustomField]) {
    name = customer.name
    kind = customer.kind
    roles = customer.roles
    phones = customer.phones.map(\.written).joined(separator: "、")
    email = customer.email
    wechat = customer.wechat
    region = customer.region.isEmpty ? Region.path(customer.regionCode) : customer.region
    address = customer.address
    industry = customer.industry
    occupation = customer.occupation
    employer = customer.employer
    birthday = customer.birthday?.description
    interests = customer.interests
    source = customer.source
    referrerId = customer.referrerId
    description = customer.description
    owner = customer.ownerId
    outsideId = customer.outsideId
    self.fields = fields.map { FieldValue(id: $0.id, name: $0.name, value: customer.more[$0.id]) }
    version = customer.updatedAt
  }

  /// Texts in which it differs from another, by the names of their fields.
  func differing(from other: CustomerInput) -> [(field: String, value: String)] {
    let own = (fields ?? []).compactMap { mine -> (String, String)? in
      let theirs = other.fields?.first { $0.id == mine.id }
      return theirs?.value ?? "" == mine.value ?? "" ? nil : (mine.name ?? "", mine.value ?? "")
    }
    let texts: [(String, KeyPath<CustomerInput, String?>)] = [
      ("name", \.name), ("phones", \.phones), ("email", \.email), ("wechat", \.wechat), ("region", \.region),
      ("address", \.address), ("industry", \.industry), ("occupation", \.occupation), ("employer", \.employer),
      ("birthday", \.birthday), ("interests", \.interests), ("source", \.source), ("description", \.description),
      ("outside_id", \.outsideId),
    ]
    return texts.compactMap { name, path -> (String, String)? in
      let (mine, theirs) = (self[keyPath: path] ?? "", other[keyPath: path] ?? "")
      return mine == theirs ? nil : (name, mine)
    } + own
  }

  /// All of the firm's fields, with what was typed in them, or else what the customer has.
  func completed(_ fields: [CustomField], _ customer: Customer?) -> CustomerInput {
    var input = self
    input.fields = fields.map { field in
      let typed = self.fields?.last { Self.means($0, field) }.map { $0.value ?? "" }
      return FieldValue(id: field.id, name: field.name, value: typed ?? customer?.more[field.id] ?? "")
    }
    return input
  }

  private static func means(_ typed: FieldValue, _ field: CustomField) -> Bool {
    typed.id.map { $0 == field.id } ?? typed.name.map(field.isNamed) ?? false
  }

  /// What the form calls the value of a field.
  static func name(of field: CustomField.ID) -> String { "fields[\(field.raw)][value]" }

  private func applyFields(_ fields: [CustomField], to customer: inout Customer, _ problems: inout Problems) {
    for typed in self.fields ?? [] {
      guard let field = fields.first(where: { Self.means(typed, $0) }) else {
        problems["fields"] = CustomFieldWords.unknown
        continue
      }
      customer.more[field.id] = Typed.line(
        typed.value, Self.name(of: field.id), limit: CustomField.valueLimit, &problems)
    }
  }

  /// Puts what was typed into a customer, as far as it can be understood.
  func apply(to customer: inout Customer, _ fields: [CustomField]) -> Problems {
    var problems = Problems.none
    customer.name = Typed.line(name, "name", limit: 200, required: true, &problems)
    customer.kind = kind ?? .company
    customer.roles = roles.flatMap { $0.isEmpty ? nil : $0 } ?? [.endCustomer]
    customer.phones = Typed.phones(phones, "phones", &problems)
    customer.email = Typed.email(email, "email", &problems)
    customer.wechat = Typed.code(wechat, "wechat", limit: 100, &problems)
    customer.region = Typed.line(region, "region", limit: 100, &problems)
    customer.regionCode = Region.resolve(customer.region)?.code ?? ""
    customer.address = Typed.line(address, "address", limit: 300, &problems)
    customer.industry = Typed.line(industry, "industry", limit: 100, &problems)
    customer.occupation = Typed.line(occupation, "occupation", limit: 100, &problems)
    customer.employer = Typed.line(employer, "employer", limit: 200, &problems)
    customer.birthday = Typed.day(birthday, "birthday", &problems)
    customer.interests = Typed.line(interests, "interests", limit: 300, &problems)
    customer.source = Typed.line(source, "source", limit: 100, &problems)
    customer.description = Typed.text(description, "description", limit: 10_000, &problems)
    customer.ownerId = owner
    let number = Typed.code(outsideId, "outside_id", limit: 100, &problems)
    customer.outsideId = number.isEmpty ? nil : number
    applyFields(fields, to: &customer, &problems)
    return problems
  }
}
