import Store
import Web

/// The form of an order.
enum OrderFormPages {
  private typealias Words = OrderWords

  /// Lines a new order starts with, and how many more each press of the button gives.
  static let blankLines = 5

  static func form(_ form: OrderForm, _ problems: Problems) -> Page {
    let title = form.id == nil ? (form.input.isReturn == true ? Words.newReturn : Words.new) : Words.editTitle
    let place = form.id.map { "/orders/\($0)?_method=put" } ?? "/orders"
    let back = form.id.map { "/orders/\($0)" } ?? form.customer.map { "/customers/\($0.id)" } ?? "/orders"
    let draft = form.id?.description ?? "new:\(form.customer?.id.description ?? "")"
    return Page(
      title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(Words.place)'><a href='/orders'>\(Words.orders)</a>\(icon("chevron-right"))\
      <span>\(title)</span></nav><h1>\(title)</h1></div></header>
      <form class='form panel' method='post' action='\(place)' data-draft='order:\(draft)'>
        <div class='body form'>\(HTML.formToken)\(defaultButton)\(Field.summary(problems, labels: labels(problems)))
        \(hiddenVersion(form.input.version))
        \(basics(form, problems))
        \(OrderLinePieces.lines(form, problems))
        \(sums(form, problems))
        \(Field.area("note", Words.note, form.input.note, problems, rows: 2))
        <div class='form-actions'><button class='button primary'>\(Words.save)</button>
          <a class='button quiet' href='\(back)'>\(Words.cancel)</a></div></div>
      </form>
      """)
  }

  static let labels = [
    "customer": Words.customer, "ordered_on": Words.date, "number": Words.number, "currency": Words.currency,
    "quantity": Words.quantity, "amount": Words.amount, "cost": Words.cost, "note": Words.note, "lines": Words.lines,
    "is_return": Words.kind,
  ]

  private static func labels(_ problems: Problems) -> [String: Word] {
    problems.fields.keys.reduce(into: labels) { $0[$1] = $0[$1] ?? OrderLinePieces.label($1) }
  }

  /// Enter in a field saves, although the button for more lines stands before the one that saves.
  private static let defaultButton: HTML =
    "<button class='aside' tabindex='-1' aria-hidden='true'>\(Words.save)</button>"

  private static func basics(_ form: OrderForm, _ problems: Problems) -> HTML {
    let input = form.input
    return """
      \(Field.radios("is_return", Words.kind, input.isReturn == true ? "true" : "false",
        [("false", Words.sale), ("true", Words.goodsBack)]))
      \(problems["is_return"].map { "<p class='error' id='is_return'>\(icon("warning"))\($0)</p>" })
      <div class='form-row'>
      \(CustomerPieces.field(
        "customer", Words.customer,
        form.customer == nil || problems["customer"] != nil ? form.input.customer : form.customer?.name,
        naming: form.customer.map { ("customer_id", $0.id) }, problems, hint: Words.customerHint, required: true))
      \(Field.input("ordered_on", Words.date, input.orderedOn, problems, type: "date", required: true))
      \(Field.input("number", Words.number, input.number, problems, hint: Words.numberHint))
      \(Field.select("currency", Words.currency, input.currency ?? form.currencies.first,
        choices(form).map { ($0, Word(same: $0)) }, problems))
      </div>
      """
  }

  /// The currencies there are rates for, and the one the order has.
  private static func choices(_ form: OrderForm) -> [String] {
    guard let own = form.input.currency?.written, !form.currencies.contains(own) else {
      return form.currencies
    }
    return form.currencies + [own]
  }

  private static func sums(_ form: OrderForm, _ problems: Problems) -> HTML {
    """
    <fieldset><legend>\(Words.withoutLines)</legend><div class='form-row'>
    \(Field.input("quantity", Words.quantity, form.input.quantity, problems, attributes: " inputmode='decimal'"))
    \(Field.input("amount", Words.amount, form.input.amount, problems, attributes: " inputmode='decimal'"))
    \(Field.input("cost", Words.cost, form.input.cost, problems, attributes: " inputmode='decimal'"))
    </div></fieldset>
    """
  }
}
