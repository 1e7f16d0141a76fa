import Store

/// Deleting a field takes its values from customers in the background: there may be many.
enum CustomFieldJobs {
  static let drop = "custom_field.drop"
  private static let size = 1_000

  struct Payload: Codable, Sendable {
    let id: CustomField.ID
  }

  static func handlers(_ services: Services) -> [String: JobHandler] {
    [
      drop: { job in
        let id = try job.payload(as: Payload.self).id
        var last: Customer.ID? = Customer.ID(raw: 0)
        while let after = last {
          last = try await services.db.write { tx in
            try CustomField.drop(id, after: after, limit: size, in: tx)
          }
          try Task.checkCancellation()
        }
      }
    ]
  }
}
