import HTTPTypes

extension Route {
  /// A route for people only that draws its page itself: a form whose success also sets a cookie.
  public init(
    _ method: HTTPRequest.Method, _ path: String, _ summary: Word, audience: Audience = .signedIn,
    bodyLimit: Int = Route.defaultBodyLimit, _ handler: @escaping @Sendable (Call, Site) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.summary = summary
    self.audience = audience
    self.bodyLimit = bodyLimit
    operation = nil
    respond = handler
  }
}
