import Web

extension Route {
  /// Changes only what is named: what is left out stays, what is null is emptied (RFC 7396). Beside a `PUT` of the same
  /// input, which says all of it anew.
  /// - Parameters:
  ///   - present: what a `PUT` would say that changes nothing.
  ///   - update: what answers the `PUT`.
  static func patch<Input: Versioned, Model: Codable & Sendable>(
    _ path: String, _ summary: Word, of present: @escaping @Sendable (Call) async throws -> Input,
    _ update: @escaping @Sendable (Input, Call) async throws -> Answer<Model>,
    view: @escaping @Sendable (Model, Problems) -> Page
  ) -> Route {
    Route(.patch, path, summary) { (named: Input, call: Call) in
      var answer = try await update(try call.merged(into: try await present(call)), call)
      // Nobody is asked whether they have seen what they do not name: it is only begun anew.
      for _ in 0..<3 where named.version == nil && answer.isOutdated {
        answer = try await update(try call.merged(into: try await present(call)), call)
      }
      return answer
    } view: {
      view($0, $1)
    }
  }
}

/// An input that tells which version its writer has seen.
protocol Versioned: Codable, Sendable {
  associatedtype Version
  var version: Version? { get }
}

extension Answer {
  fileprivate var isOutdated: Bool {
    if case .invalid(_, let problems) = self { problems["version"] != nil } else { false }
  }
}
