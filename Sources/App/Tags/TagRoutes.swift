import Store
import Web

extension Feature {
  static let tags = Feature(routes: { TagRoutes(services: $0).all })
}

struct TagRoutes: Sendable {
  let services: Services

  struct Input: Codable, Sendable {
    var name: String?
  }

  /// Every tag, or those of one customer.
  struct List: Codable, Equatable, Sendable {
    let tags: [Tag]
  }

  var all: [Route] {
    [
      Route(.get, "/tags", Word("全部标签", "List tags"), index, view: Self.page),
      Route(
        .post, "/customers/{id}/tags", Word("给客户加标签", "Put a tag on a customer"), success: 201, create,
        view: Self.page),
      Route(
        .delete, "/customers/{id}/tags/{tag}", Word("去掉客户的标签", "Take a tag off a customer"), canBeUndone: true,
        destroy, view: Self.page),
    ]
  }

  @Sendable func index(_: Nothing, _ call: Call) async throws -> Answer<List> {
    return try await services.db.read { tx in .show(List(tags: try tx.ask(Tag.all))) }
  }

  @Sendable func create(_ input: Input, _ call: Call) async throws -> Answer<List> {
    let access = try call.access
    let customer: Customer.ID = try call.parameter("id")
    let ids = services.ids
    return try await services.db.write { tx in
      guard try Customer.find(customer, access, in: tx) != nil else { throw AppError.notFound }
      var problems = Problems.none
      let name = Typed.line(input.name, "name", limit: 40, required: true, &problems)
      guard problems.isEmpty else { return .invalid(List(tags: try tx.ask(Tag.on(customer))), problems) }
      try Tag.named(name, ids: ids, in: tx).put(on: customer, in: tx)
      return .created(List(tags: try tx.ask(Tag.on(customer))), at: "/customers/\(customer)")
    }
  }

  @Sendable func destroy(_: Nothing, _ call: Call) async throws -> Answer<List> {
    let access = try call.access
    let customer: Customer.ID = try call.parameter("id")
    let tag: Tag.ID = try call.parameter("tag")
    return try await services.db.write { [services] tx in
      guard try Customer.find(customer, access, in: tx) != nil else { throw AppError.notFound }
      guard let taken = try tx.ask(Tag.on(customer)).first(where: { $0.id == tag }) else {
        throw AppError.notFound
      }
      try Tag.take(tag, off: customer, in: tx)
      let tagging = Tagging(customer: customer, tag: tag)
      let undo = try Deletion.keep(.tagging(tagging), services, by: access.user, in: tx)
      return .removed(at: "/customers/\(customer)", saying: CardWords.tookOff(taken.name), undo: undo)
    }
  }

  private static func page(_ list: List, _ problems: Problems) -> Page {
    Page(
      CustomerWords.tags,
      """
      <header class='page-head'><div><h1>\(CustomerWords.tags)</h1></div></header>
      \(Field.summary(problems, labels: ["name": CardWords.newTag]))
      <section class='panel'><div class='body'><span class='tags'>
      \(list.tags.html { "<a class='tag' href='/customers?tag=\($0.id)'>\($0.name)</a>" })</span></div></section>
      """)
  }
}
