import Store
import Web

enum ContactPages {
  private typealias Words = ContactWords

  static func form(_ form: ContactForm, _ problems: Problems) -> Page {
    let title = form.id == nil ? Words.new : Words.edit
    let place = form.id.map { "/contacts/\($0)?_method=put" } ?? "/customers/\(form.customerId)/contacts"
    return Page(
      title,
      """
      <header class='page-head'><div><h1>\(title)</h1></div></header>
      <form class='form panel' method='post' action='\(place)' data-draft='contact:\(form.id?.description ?? "new")'>
        <div class='body'>\(HTML.formToken)\(Field.summary(problems, labels: labels))\(hiddenVersion(form.input.version))\(fields(form.input, problems))
        <div class='form-actions'><button class='button primary'>\(CustomerWords.save)</button>
          <a class='button quiet' href='/customers/\(form.customerId)'>\(CustomerWords.cancel)</a></div></div>
      </form>
      \(form.id.map(deletion))
      """)
  }

  static let labels = [
    "name": Words.name, "title": Words.title, "phones": CustomerWords.phones, "email": CustomerWords.email,
    "wechat": CustomerWords.wechat, "birthday": CustomerWords.birthday, "remark": Words.remark,
  ]

  private static func fields(_ input: ContactInput, _ problems: Problems) -> HTML {
    """
    <div class='form-row'>
    \(Field.input("name", Words.name, input.name, problems, required: true, attributes: " autofocus"))
    \(Field.select("role", Words.role, input.role?.rawValue,
      Contact.Role.allCases.map { ($0.rawValue, Words.role($0)) }))
    \(Field.input("title", Words.title, input.title, problems))
    </div><div class='form-row'>
    \(Field.input("phones", CustomerWords.phones, input.phones, problems, type: "tel", hint: CustomerWords.phonesHint))
    \(Field.input("email", CustomerWords.email, input.email, problems, type: "email"))
    \(Field.input("wechat", CustomerWords.wechat, input.wechat, problems))
    \(Field.input("birthday", CustomerWords.birthday, input.birthday, problems, type: "date"))
    </div>
    \(Field.area("remark", Words.remark, input.remark, problems))
    """
  }

  private static func deletion(_ id: Contact.ID) -> HTML {
    """
    <form class='form-actions' method='post' action='/contacts/\(id)?_method=delete'>\(HTML.formToken)
      <button class='button danger'>\(icon("trash"))\(CustomerWords.delete)</button></form>
    """
  }
}
