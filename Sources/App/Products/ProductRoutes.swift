import Store
import Web

extension Feature {
  static let products = Feature(
    menu: [Site.Item(ProductWords.products, path: "/products", icon: "products", key: "p")],
    routes: { ProductRoutes(services: $0).all })
}

struct ProductRoutes: Sendable {
  let services: Services

  var all: [Route] {
    [
      Route(.get, "/products", Word("产品列表", "List products"), index, view: ProductListPages.index),
      Route(
        .get, "/products/new", Word("新建产品的表单", "Form of a new product"), new, view: ProductFormPages.form),
      Route(
        .post, "/products", Word("新建产品", "Add a product"), success: 201, create, view: ProductFormPages.form),
      Route(.get, "/products/{id}", Word("产品", "A product"), show, view: ProductPages.show),
      Route(
        .get, "/products/{id}/edit", Word("编辑产品的表单", "Form of a product"), edit, view: ProductFormPages.form),
      Route(.put, "/products/{id}", Word("修改产品", "Change a product"), update, view: ProductFormPages.form),
      .patch(
        "/products/{id}", Word("修改产品的几个字段", "Change some fields of a product"), of: present, update,
        view: ProductFormPages.form),
      Route(
        .get, "/products/{id}/delete", Word("删除产品前的确认", "Whether a product can be deleted"), show,
        view: ProductPages.confirm),
      Route(
        .delete, "/products/{id}", Word("删除产品", "Delete a product"), canBeUndone: true, destroy,
        view: ProductFormPages.form),
    ]
  }

  @Sendable func index(_ filter: ProductFilter, _ call: Call) async throws -> Answer<ProductList> {
    return try await services.db.read { tx in
      .show(try ProductList.read(filter, currency: call.reader.currency, in: tx))
    }
  }

  @Sendable func show(_ wish: ProductView.Wish, _ call: Call) async throws -> Answer<ProductView> {
    let access = try call.access
    let id: Product.ID = try call.parameter("id")
    let today = services.today(for: call)
    return try await services.db.read { tx in
      guard let view = try ProductView.read(id, wish, access, today: today, currency: call.reader.currency, in: tx)
      else {
        throw AppError.notFound
      }
      return .show(view)
    }
  }

  @Sendable func new(_: Nothing, _ call: Call) async throws -> Answer<ProductForm> {
    return try await services.db.read { tx in
      .show(ProductForm(id: nil, input: ProductInput(), currencies: try tx.ask(Settings.stored).currencies))
    }
  }

  @Sendable func edit(_: Nothing, _ call: Call) async throws -> Answer<ProductForm> {
    let id: Product.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let product = try Product.find(id, in: tx) else { throw AppError.notFound }
      return .show(
        ProductForm(id: id, input: ProductInput(product), currencies: try tx.ask(Settings.stored).currencies))
    }
  }

  @Sendable private func present(_ call: Call) async throws -> ProductInput {
    let id: Product.ID = try call.parameter("id")
    return try await services.db.read { tx in
      guard let product = try Product.find(id, in: tx) else { throw AppError.notFound }
      return ProductInput(product)
    }
  }

  @Sendable func create(_ input: ProductInput, _ call: Call) async throws -> Answer<ProductForm> {
    let access = try call.access
    let (id, now): (Product.ID, Instant) = (services.ids.next(), services.clock())
    return try await services.writing { tx in
      let settings = try tx.ask(Settings.stored)
      var product = Product(id: id, name: "", currency: settings.currency, at: now, by: access.user)
      let problems = try Self.problems(input, &product, settings, in: tx)
      var input = input
      input.version = problems.isEmpty ? product.updatedAt : nil
      let form = ProductForm(id: problems.isEmpty ? id : nil, input: input, currencies: settings.currencies)
      guard problems.isEmpty else { return .invalid(form, problems) }
      try tx.insert(product)
      try Product.index([id], in: tx)
      return .created(form, at: "/products/\(id)", saying: ProductWords.added(product.name))
    }
  }

  @Sendable func update(_ input: ProductInput, _ call: Call) async throws -> Answer<ProductForm> {
    let access = try call.access
    let id: Product.ID = try call.parameter("id")
    let now = services.clock()
    return try await services.writing { tx in
      try tx.hold(Product.self, id)
      guard var product = try Product.find(id, in: tx) else { throw AppError.notFound }
      let settings = try tx.ask(Settings.stored)
      var (input, stands) = (input, ProductInput(product))
      var problems = try Self.problems(input, &product, settings, in: tx)
      try call.check(&input.version, is: product.updatedAt, by: product.updatedBy, &problems, in: tx) { [input] in
        differing(stands, from: input, ProductFormPages.labels)
      }
      guard problems.isEmpty else {
        return .invalid(ProductForm(id: id, input: input, currencies: settings.currencies), problems)
      }
      product.change(at: now, by: access.user)
      try tx.update(product)
      try Product.index([id], in: tx)
      input.version = product.updatedAt
      let form = ProductForm(id: id, input: input, currencies: settings.currencies)
      return .changed(form, at: "/products/\(id)", saying: ProductWords.saved)
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<ProductForm> {
    let access = try call.access
    let id: Product.ID = try call.parameter("id")
    return try await services.writing { [services] tx in
      guard let product = try Product.find(id, in: tx) else { throw AppError.notFound }
      guard try !product.isUsed(in: tx) else { throw AppError.conflict(ProductWords.isUsed) }
      let undo = try Deletion.keep(.product(product), services, by: access.user, in: tx)
      try tx.unindex([id.raw])
      try tx.delete(Product.self, id)
      return .removed(at: "/products", saying: ProductWords.removed(product.name), undo: undo)
    }
  }

  /// What is wrong with what was typed, also where only the database can tell.
  private static func problems(
    _ input: ProductInput, _ product: inout Product, _ settings: Settings, in tx: Transaction
  ) throws -> Problems {
    var problems = input.apply(to: &product, currencies: settings.currencies)
    let isTaken = try tx.exists(
      """
      SELECT 1 FROM product WHERE outside_source = \(product.outsideSource)
      AND outside_id = \(product.outsideId ?? "") AND id <> \(product.id)
      """)
    if isTaken { problems["code"] = ProductWords.codeTaken }
    return problems
  }
}
