import Store
import Web

/// Small pieces that show a customer wherever one is named.
enum CustomerPieces {
  /// The name, which opens the card; hovering shows the small one.
  static func link(_ id: Customer.ID, _ name: String) -> HTML {
    "<a href='/customers/\(id)' data-customer='\(id)'>\(name)</a>"
  }

  static func valueClass(_ letter: String, large: Bool = false) -> HTML {
    let style = letter.isEmpty ? "none" : letter.lowercased()
    let size: HTML = large ? " large" : ""
    return """
      <span class='abc \(style)\(size)' title='\(CustomerWords.classed(letter))'>\(letter.isEmpty ? "–" : letter)</span>
      """
  }

  static func scores(_ r: Int, _ f: Int, _ m: Int) -> HTML {
    guard r > 0 else { return "<span class='muted'>–</span>" }
    let label = Word(same: "R \(r), F \(f), M \(m)")
    return """
      <span class='rfm' role='img' aria-label='\(label)'>\
      <b class='s\(r)'>\(r)</b><b class='s\(f)'>\(f)</b><b class='s\(m)'>\(m)</b></span>
      """
  }

  /// The first letter of a name in a circle; of a company, the first that tells it from its town.
  static func avatar(_ name: String, large: Bool = false) -> HTML {
    let size: HTML = large ? " large" : ""
    return "<span class='avatar\(size)' aria-hidden='true'>\(name.prefix(1))</span>"
  }

  /// A field in which a customer is typed. Beside it may go, unseen, who it names already: several have one name.
  static func field(
    _ name: String, _ label: Word, _ value: String?, naming known: (field: StaticString, id: Customer.ID)?,
    _ problems: Problems, hint: Word? = nil, required: Bool = false
  ) -> HTML {
    let suggestions: HTML = """
       list='customer-choices' autocomplete='off' hx-get='/customers/suggestions' hx-target='#customer-choices'\
       hx-trigger='input changed delay:200ms'
      """
    return """
      <div>\(Field.input(name, label, value, problems, hint: hint, required: required, attributes: suggestions))\
      <datalist id='customer-choices'></datalist>\
      \(known.map { "<input type='hidden' name='\($0.field)' value='\($0.id)'>" })</div>
      """
  }
}
