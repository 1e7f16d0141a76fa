import Store
import Web

extension CustomerRoutes {
  /// Options for the field of the customer while somebody types.
  @Sendable func suggestions(_ call: Call) async throws -> Reply {
    let access = try call.access
    let text = call.query.pairs.first?.value ?? ""
    let found = try await services.db.read { tx in
      try Customer.likeliest(text, access, limit: 12, in: tx).map(\.customer)
    }
    let names = Dictionary(grouping: found, by: \.name)
    return Reply.options(
      found.map { customer in
        let isAlone = names[customer.name]?.count == 1
        let number = customer.outsideId ?? customer.id.description
        return (isAlone ? customer.name : number, isAlone ? number : customer.name)
      })
  }
}

extension Reply {
  /// What a field suggests while somebody types.
  static func options(_ options: [(value: String, more: String)]) -> Reply {
    let html = options.html { "<option value='\($0.value)'>\($0.more)</option>" }
    return Reply(type: "text/html; charset=utf-8", body: html.rendered(for: Reader(language: .zh)))
  }
}
