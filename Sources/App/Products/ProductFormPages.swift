import Store
import Web

/// The form of a product.
enum ProductFormPages {
  private typealias Words = ProductWords

  static func form(_ form: ProductForm, _ problems: Problems) -> Page {
    let title = form.id == nil ? Words.new : Words.editTitle
    let place = form.id.map { "/products/\($0)?_method=put" } ?? "/products"
    let back = form.id.map { "/products/\($0)" } ?? "/products"
    return Page(
      title,
      """
      <header class='page-head'><div>
        <nav class='crumbs' aria-label='\(Words.place)'><a href='/products'>\(Words.products)</a>\(icon("chevron-right"))\
      <span>\(title)</span></nav><h1>\(title)</h1></div></header>
      <form class='form panel' method='post' action='\(place)' data-draft='product:\(form.id?.description ?? "new")'>
        <div class='body form'>\(HTML.formToken)\(Field.summary(problems, labels: labels))\(hiddenVersion(form.input.version))
        \(fields(form, problems))
        <div class='form-actions'><button class='button primary'>\(Words.save)</button>
          <a class='button quiet' href='\(back)'>\(Words.cancel)</a></div></div>
      </form>
      """)
  }

  static let labels = [
    "name": Words.name, "code": Words.code, "price": Words.price, "cost": Words.cost,
    "currency": OrderWords.currency, "unit": Words.unit, "category": Words.category, "brand": Words.brand,
    "description": Words.description,
  ]

  private static func fields(_ form: ProductForm, _ problems: Problems) -> HTML {
    let input = form.input
    let own = input.currency?.written.map { form.currencies.contains($0) ? [] : [$0] } ?? []
    return """
      <div class='form-row'>
      \(Field.input("name", Words.name, input.name, problems, required: true, attributes: form.id == nil ? " autofocus" : .empty))
      \(Field.input("code", Words.code, input.code, problems))
      </div><div class='form-row'>
      \(Field.input("price", Words.price, input.price, problems, attributes: " inputmode='decimal'"))
      \(Field.input("cost", Words.cost, input.cost, problems, attributes: " inputmode='decimal'"))
      \(Field.select("currency", OrderWords.currency, input.currency ?? form.currencies.first,
        (form.currencies + own).map { ($0, Word(same: $0)) }, problems))
      </div><div class='form-row'>
      \(Field.input("unit", Words.unit, input.unit, problems, hint: Words.unitHint))
      \(Field.input("category", Words.category, input.category, problems))
      \(Field.input("brand", Words.brand, input.brand, problems))
      </div>
      \(Field.area("description", Words.description, input.description, problems))
      """
  }
}
