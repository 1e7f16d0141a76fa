import Store
import Web

enum NotePages {
  static let labels = ["text": NoteWords.text, "happened_on": NoteWords.happenedOn]

  static func form(_ form: NoteForm, _ problems: Problems) -> Page {
    let place = form.id.map { "/notes/\($0)?_method=put" } ?? "/customers/\(form.customerId)/notes"
    return Page(
      NoteWords.edit,
      """
      <header class='page-head'><div><h1>\(NoteWords.edit)</h1></div></header>
      <form class='form panel' method='post' action='\(place)'><div class='body'>
        \(HTML.formToken)\(Field.summary(problems, labels: labels))\(hiddenVersion(form.input.version))
        \(Field.area("text", NoteWords.text, form.input.text, problems, rows: 6))
        <div class='form-row'>
        \(Field.select("kind", NoteWords.kind, form.input.kind?.rawValue,
          Note.Kind.allCases.map { ($0.rawValue, NoteWords.kind($0)) }))
        \(Field.select("topic", NoteWords.topic, form.input.topic?.rawValue,
          Note.Topic.allCases.map { ($0.rawValue, NoteWords.topic($0)) }))
        \(Field.input("happened_on", NoteWords.happenedOn, form.input.happenedOn, problems, type: "date"))
        </div>
        <div class='form-actions'><button class='button primary'>\(CustomerWords.save)</button>
          <a class='button quiet' href='/customers/\(form.customerId)'>\(CustomerWords.cancel)</a></div></div>
      </form>
      """)
  }
}
