import Store
import Web

/// What the form of a customer shows.
struct CustomerForm: Codable, Equatable, Sendable, Tagged {
  /// Nil for a new one.
  let id: Customer.ID?
  let input: CustomerInput
  let owners: [CustomerList.Choice]
  let referrer: NamedCustomer?

  var tag: String? { input.version?.description }
}

enum CustomerFormPages {
  private typealias Words = CustomerWords

  static func form(_ form: CustomerForm, _ problems: Problems) -> Page {
    let title = form.id == nil ? Words.new : Words.edit
    let place = form.id.map { "/customers/\($0)?_method=put" } ?? "/customers"
    let back = form.id.map { "/customers/\($0)" } ?? "/customers"
    return Page(
      title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(Words.place)'><a href='/customers'>\(Words.customers)</a>\(icon("chevron-right"))<span>\(title)</span></nav>
        <h1>\(title)</h1></div></header>
      <form class='form panel' method='post' action='\(place)' data-draft='customer:\(draft(form))'>
        <div class='body'>\(HTML.formToken)\(Field.summary(problems, labels: labels(form.input)))
        \(hiddenVersion(form.input.version))
        \(basics(form, problems))\(reach(form.input, problems))\(more(form.input, problems))
        <div class='form-actions'><button class='button primary'>\(Words.save)</button>
          <a class='button quiet' href='\(back)'>\(Words.cancel)</a></div></div>
      </form>
      """)
  }

  /// Drafts of a new customer that different ones brought are kept apart.
  private static func draft(_ form: CustomerForm) -> String {
    form.id?.description ?? "new" + (form.referrer.map { ":\($0.id)" } ?? "")
  }

  private static let labels = [
    "name": Words.name, "phones": Words.phones, "email": Words.email, "wechat": Words.wechat, "region": Words.region,
    "address": Words.address, "industry": Words.industry, "occupation": Words.occupation, "employer": Words.employer,
    "birthday": Words.birthday, "interests": Words.interests, "source": Words.source, "referrer": Words.referrer,
    "description": Words.description, "outside_id": Words.number, "owner": Words.owner,
  ]

  private static func labels(_ input: CustomerInput) -> [String: Word] {
    (input.fields ?? []).reduce(into: labels) { labels, field in
      if let id = field.id { labels[CustomerInput.name(of: id)] = Word(same: field.name ?? "") }
    }
  }

  /// `行业：茶叶`
  static func label(of field: String, saying value: String) -> Word {
    VersionWords.standing(labels[field] ?? Word(same: field), value)
  }

  private static func basics(_ form: CustomerForm, _ problems: Problems) -> HTML {
    let input = form.input
    let lookup: HTML = """
       hx-get='/customers/lookalikes\(form.id.map { "?id=\($0)" } ?? "")' hx-target='#lookalikes'\
       hx-trigger='input delay:400ms, input delay:400ms from:#phones, load' hx-include='#name, #phones' autofocus
      """
    return """
      <fieldset><legend>\(Words.basics)</legend>
      \(Field.radios("kind", Words.kind, (input.kind ?? .company).rawValue,
        Customer.Kind.allCases.map { ($0.rawValue, Words.kind($0)) }))
      \(Field.input("name", Words.name, input.name, problems, required: true, attributes: lookup))
      <div id='lookalikes'></div>
      \(Field.checks("roles", Words.roles, (input.roles ?? [.endCustomer]).map(\.rawValue),
        Customer.Role.allCases.map { ($0.rawValue, Words.role($0)) }))
      <div class='form-row'>
      \(Field.select("owner", Words.owner, input.owner?.description,
        form.owners.map { ($0.value, Word(same: $0.name)) }, empty: Words.nobody, problems))
      \(Field.input("outside_id", Words.number, input.outsideId, problems))
      </div><div class='form-row'>
      \(Field.input("source", Words.source, input.source, problems, hint: Words.sourceHint))
      \(referrer(form, problems))
      </div></fieldset>
      """
  }

  /// Somebody who cannot be named, being deleted, stays.
  private static func referrer(_ form: CustomerForm, _ problems: Problems) -> HTML {
    let input = form.input
    let isTyped = input.referrer != nil || input.referrerShown != nil
    return CustomerPieces.field(
      "referrer", Words.referrer, isTyped ? input.referrer : form.referrer?.name,
      naming: form.referrer.map { ("referrer_shown", $0.id) } ?? input.referrerId.map { ("referrer_id", $0) }, problems)
  }

  private static func reach(_ input: CustomerInput, _ problems: Problems) -> HTML {
    """
    <fieldset><legend>\(Words.reach)</legend>
    <div class='form-row'>
    \(Field.input("phones", Words.phones, input.phones, problems, type: "tel", hint: Words.phonesHint))
    \(Field.input("email", Words.email, input.email, problems, type: "email"))
    \(Field.input("wechat", Words.wechat, input.wechat, problems))
    </div><div class='form-row'>
    \(Field.input("region", Words.region, input.region, problems, hint: Words.regionHint))
    \(Field.input("address", Words.address, input.address, problems))
    </div></fieldset>
    """
  }

  private static func more(_ input: CustomerInput, _ problems: Problems) -> HTML {
    """
    <fieldset><legend>\(Words.more)</legend>
    <div class='form-row'>
    \(Field.input("industry", Words.industry, input.industry, problems))
    \(Field.input("employer", Words.employer, input.employer, problems))
    \(Field.input("occupation", Words.occupation, input.occupation, problems))
    </div><div class='form-row'>
    \(Field.input("birthday", Words.birthday, input.birthday, problems, type: "date"))
    \(Field.input("interests", Words.interests, input.interests, problems))
    </div>
    \(own(input.fields ?? [], problems))
    \(Field.area("description", Words.description, input.description, problems))</fieldset>
    """
  }

  /// The firm's own fields. Each input has its field's id in its name, so that a draft never comes back in another's.
  private static func own(_ fields: [CustomerInput.FieldValue], _ problems: Problems) -> HTML {
    guard !fields.isEmpty else { return .empty }
    return """
      <div class='form-row'>\(fields.html { field in
        guard let id = field.id else { return .empty }
        return """
          <input type='hidden' name='fields[\(id.raw)][id]' value='\(id)'>\
          \(Field.input(CustomerInput.name(of: id), Word(same: field.name ?? ""), field.value, problems))
          """
      })</div>
      """
  }

  /// Perhaps the customer is there already.
  static func lookalikes(_ found: Lookalikes, _: Problems) -> Page {
    guard !found.customers.isEmpty else { return Page(Words.new, .empty) }
    return Page(
      Words.new,
      """
      <div class='notice warn'>\(icon("warning"))<div>\(Words.lookalikes)
        \(found.customers.html { "\(CustomerPieces.link($0.id, $0.name)) " })</div></div>
      """)
  }
}

/// Customers that look like the one being typed.
struct Lookalikes: Codable, Equatable, Sendable {
  struct Found: Codable, Equatable, Sendable {
    let id: Customer.ID
    let name: String
  }

  struct Query: Codable, Sendable {
    var id: Customer.ID?
    var name: String?
    var phones: String?
  }

  let customers: [Found]
}
