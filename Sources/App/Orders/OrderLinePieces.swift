import Store
import Web

/// The lines in the form of an order. Works without scripts: there are blank lines, and a button for more.
enum OrderLinePieces {
  private typealias Words = OrderWords

  static func lines(_ form: OrderForm, _ problems: Problems) -> HTML {
    let typed = form.input.lines ?? []
    let written = typed.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
    let blank = min(OrderFormPages.blankLines, max(0, OrderInput.formLineLimit - written))
    let shown = typed.prefix(written) + Array(repeating: OrderLineInput(), count: blank)
    let workedOut = workedOut(form)
    return """
      <fieldset id='lines'><legend>\(Words.lines)</legend>
      \(problems["lines"].map { "<p class='error'>\(icon("warning"))\($0)</p>" })
      <div class='table-wrap'><table class='table cards plain'><caption class='aside'>\(Words.lines)</caption>
        <thead><tr><th scope='col'>\(Words.product)</th><th scope='col' class='num'>\(Words.quantity)</th>
          <th scope='col' class='num'>\(Words.unitPrice)</th><th scope='col' class='num'>\(Words.amount)</th>
          <th scope='col' class='num'>\(Words.cost)</th></tr></thead>
        <tbody>\(shown.enumerated().html { line($1, at: $0, workedOut[$0], problems) })</tbody>
        \(form.lines.isEmpty ? .empty : total(form))
      </table></div>
      <datalist id='product-choices'></datalist>
      <div class='form-actions'><button class='button' name='id' value='\(form.id?.description ?? "")'
        formaction='/orders/draft' formnovalidate>\(icon("plus"))\(Words.moreLines)</button>
        <span class='muted'>\(Words.linesHint)</span></div></fieldset>
      """
  }

  /// What each line came to, by where it stands among those typed.
  private static func workedOut(_ form: OrderForm) -> [Int: OrderForm.Line] {
    let places = (form.input.lines ?? []).enumerated().filter { !$0.element.isBlank }.map(\.offset)
    return Dictionary(zip(places, form.lines).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  private static func line(
    _ line: OrderLineInput, at index: Int, _ workedOut: OrderForm.Line?, _ problems: Problems
  ) -> HTML {
    let suggestions: HTML = """
       list='product-choices' autocomplete='off' hx-get='/orders/new/products' hx-target='#product-choices'\
       hx-trigger='input changed delay:200ms'
      """
    let amount = workedOut.flatMap { $0.amount.minor == 0 ? nil : $0.amount.withoutSign }
    return """
      <tr><td class='row' data-label='\(Words.inLine(index + 1, Words.product))'><input type='hidden' name='lines[\(index)][product_id]' value='\(line.productId?.description)'>
        \(control(index, "product", Words.product, line.product, problems, suggestions))</td>
        <td class='num' data-label='\(Words.quantity)'>\(control(index, "quantity", Words.quantity, line.quantity, problems, numeric))</td>
        <td class='num' data-label='\(Words.unitPrice)'>\(control(index, "unit_price", Words.unitPrice, line.unitPrice, problems, numeric))</td>
        <td class='num' data-label='\(Words.amount)'>\(control(index, "amount", Words.amount, line.amount, problems,
          numeric + " placeholder='\(amount)'"))</td>
        <td class='num' data-label='\(Words.cost)'>\(control(index, "cost", Words.cost, line.cost, problems, numeric))</td></tr>
      """
  }

  private static let numeric: HTML = " inputmode='decimal' size='8'"

  private static func control(
    _ index: Int, _ field: StaticString, _ word: Word, _ value: String?, _ problems: Problems,
    _ attributes: HTML
  ) -> HTML {
    let key = "lines.\(index).\(field)"
    let problem = problems[key]
    let state: HTML = problem == nil ? .empty : " aria-invalid='true' aria-describedby='\(key)-error'"
    let isText = "\(field)" == "product"
    return """
      <span class='field'><input class='input\(isText ? .empty : " num")' id='\(key)' name='lines[\(index)][\(field)]'
        value='\(value)' aria-label='\(Words.inLine(index + 1, word))'\(state)\(attributes)>
      \(problem.map { "<span class='error' id='\(key)-error'>\(icon("warning"))\($0)</span>" })</span>
      """
  }

  /// What a field is called in the summary of problems: `lines.0.unit_price` is the unit price of line 1.
  static func label(_ field: String) -> Word? {
    let parts = field.split(separator: ".")
    guard parts.count == 3, parts[0] == "lines", let index = Int(parts[1]),
      let word = labels[String(parts[2])]
    else {
      return nil
    }
    return Words.inLine(index + 1, word)
  }

  private static let labels = [
    "product": Words.product, "quantity": Words.quantity, "unit_price": Words.unitPrice,
    "amount": Words.amount,
    "cost": Words.cost,
  ]

  private static func total(_ form: OrderForm) -> HTML {
    """
    <tfoot><tr><th scope='row' class='lead'>\(Words.total)</th><td class='num' data-label='\(Words.quantity)'>\(form.quantity)</td>
      <td class='off'></td><td class='num strong'>\(form.amount)</td><td class='num off'>\(form.cost)</td></tr></tfoot>
    """
  }
}

extension Money {
  /// As it is typed for a return: `30.00`.
  fileprivate var withoutSign: String { Money(minor.times(minor < 0 ? -1 : 1), currency).decimal }
}
