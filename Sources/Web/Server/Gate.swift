import HTTPTypes
import Hummingbird
import NIOCore

/// The one way in: every request passes here, and every answer leaves with the same headers.
struct Gate: HTTPResponder {
  private let site: Site
  private let router: any HTTPResponder<SiteContext>

  init(_ site: Site) {
    self.site = site
    let router = Router(context: SiteContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: Lost(site: site))
    for route in site.routes {
      router.on(RouterPath(route.path), method: route.method) { await Self.answerInTurn(route, site, $0, $1) }
      guard route.operation != nil else { continue }
      router.on(RouterPath("/api/v1" + route.path), method: route.method) {
        await Self.answerInTurn(route, site, $0, $1)
      }
    }
    self.router = router.buildResponder()
  }

  func respond(to request: Request, context: SiteContext) async throws -> Response {
    let began = ContinuousClock.now
    var context = context
    context.arrival = Arrival(request, peer: context.remoteAddress, local: context.localAddress, site.address)
    let response = try await answer(to: request, context)
    site.traffic.answered(Int(response.status.code), in: .now - began)
    return response
  }

  private func answer(to request: Request, _ context: SiteContext) async throws -> Response {
    let request = Self.withMethodOfForm(request)
    if let name = Self.assetName(request) {
      let reply = Assets.shared.reply(name, acceptsGzip: request.acceptsGzip)
      return Self.finished(reply ?? Reply(status: .notFound), request, context)
    }
    return try await router.respond(to: request, context: context)
  }

  /// Heavy work goes on its own threads from the first byte of its body on, and ends when its client is gone.
  private static func answerInTurn(
    _ route: Route, _ site: Site, _ request: Request, _ context: SiteContext
  ) async -> Response {
    guard route.isHeavy else { return await answer(route, site, request, context) }
    let work = Task(executorPreference: WorkThreads.requests) { await answer(route, site, request, context) }
    context.channel.closeFuture.whenComplete { _ in work.cancel() }
    return await work.value
  }

  private static func answer(
    _ route: Route, _ site: Site, _ request: Request, _ context: SiteContext
  ) async -> Response {
    var call = Call(request, context, reader: Reader(language: .zh))
    do {
      if !route.answersAnyHost { try call.arrival.checkHost() }
      let end = ContinuousClock.now + (route.isHeavy ? Deadline.heavyRequest : Deadline.request)
      try await Deadline.$end.withValue(end) { try await call.know(request, site) }
      guard route.audience == .everybody || call.caller != nil else {
        return finished(try toSignIn(call, request, site), request, context)
      }
      try call.checkScopes(for: route)
      let reading = ContinuousClock.now
      try call.checkOrigin(request)
      try await call.readBody(of: request, limit: route.bodyLimit)
      try call.checkToken(request)
      let key = route.takesKey && call.format == .json ? try IdempotencyKey(request, call) : nil
      let reply = try await Deadline.$end.withValue(end + (.now - reading)) { [call] in
        guard let key else { return try await respond(route, call, site) }
        return try await site.once(key, call) { try await respond(route, call, site) }
      }
      return finished(reply, request, context)
    } catch {
      return finished(reply(to: error, call, site, context), request, context)
    }
  }

  /// Of heavy work only some goes on at a time, so that the connections to the database are left to others.
  private static func respond(_ route: Route, _ call: Call, _ site: Site) async throws -> Reply {
    guard route.isHeavy else { return try await route.respond(call, site) }
    return try await site.heavyWork.run(0) { try await route.respond(call, site) }
  }

  private static func toSignIn(_ call: Call, _ request: Request, _ site: Site) throws -> Reply {
    guard call.format != .json else { throw AppError.signInFirst }
    let back = request.method == .get ? [("to", request.head.path ?? "/")] : []
    return Flash.redirect(to: Fields(back).link(site.signIn), saying: nil, for: call)
  }

  fileprivate static func reply(to error: any Error, _ call: Call, _ site: Site, _ context: SiteContext) -> Reply {
    let (shown, problems) = shown(error, site)
    if let cause = shown.cause {
      site.log.error(
        "request failed", metadata: ["request": "\(context.id)", "path": "\(call.path)", "cause": "\(cause)"])
    }
    return site.reply(shown, problems: problems, for: call, id: context.id)
  }

  /// What a person is told of an error.
  private static func shown(_ error: any Error, _ site: Site) -> (AppError, Problems) {
    switch error {
    case let error as AppError: return (error, .none)
    case let problems as Problems:
      let title = Word("有内容需要更正", "Something needs correcting")
      return (AppError(status: 422, title, Word("请检查标出的字段。", "Check the fields named.")), problems)
    case let query as BadQuery:
      return (
        .badRequest(Word("网址中有无法识别的内容。", "The address holds something that cannot be understood.")), query.problems
      )
    case let error as HTTPError where error.status.code < 500:
      return (error.status == .notFound ? .notFound : .badRequest(Word("请求无效。", "The request is not valid.")), .none)
    default: return (site.explain(error) ?? .unexpected(error), .none)
    }
  }

  /// Compressed where the client takes that, and with the headers every answer has.
  fileprivate static func finished(_ reply: Reply, _ request: Request, _ context: SiteContext) -> Response {
    var reply = reply
    if request.acceptsGzip { reply.compress() }
    reply.headers.append(contentsOf: safety)
    if context.arrival.isSecure { reply.headers[.strictTransportSecurity] = "max-age=31536000" }
    reply.headers[.requestID] = context.id
    let bytes = reply.shared ?? ByteBuffer(bytes: reply.body)
    let body = bytes.readableBytes == 0 ? ResponseBody() : ResponseBody(byteBuffer: bytes)
    return Response(status: reply.status, headers: reply.headers, body: body)
  }

  /// A form can only POST: `?_method=put` in its action says what it means.
  private static func withMethodOfForm(_ request: Request) -> Request {
    guard request.method == .post, let wanted = request.uri.queryParameters["_method"] else { return request }
    let methods: [Substring: HTTPRequest.Method] = ["put": .put, "patch": .patch, "delete": .delete]
    guard let method = methods[wanted] else { return request }
    var head = request.head
    head.method = method
    return Request(head: head, body: request.body)
  }

  private static func assetName(_ request: Request) -> String? {
    guard request.method == .get || request.method == .head else { return nil }
    if request.uri.path == "/favicon.ico" { return "favicon.svg" }
    let parts = request.uri.path.split(separator: "/", maxSplits: 2)
    return parts.count == 3 && parts[0] == "assets" ? String(parts[2]) : nil
  }

  /// Nothing from another origin, no code in pages, no frames, no guessing of types.
  private static let safety: HTTPFields = [
    .contentSecurityPolicy:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    .xContentTypeOptions: "nosniff",
    .referrerPolicy: "same-origin",
    .openerPolicy: "same-origin",
    .resourcePolicy: "same-origin",
    .permissionsPolicy: "camera=(), microphone=(), geolocation=()",
  ]
}

/// Answers what no route takes: a path nobody has registered, or a path by a method it does not know.
private struct Lost: RouterMiddleware {
  typealias Context = SiteContext
  let site: Site

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      var call = Call(request, context, reader: Reader(language: .zh))
      do { try call.arrival.checkHost() } catch {
        return Gate.finished(Gate.reply(to: error, call, site, context), request, context)
      }
      try? await call.know(request, site)
      let methods = site.methods(at: call.path, inAPI: call.format == .json)
      var reply = Gate.reply(to: methods.isEmpty ? error : AppError.wrongMethod as any Error, call, site, context)
      if !methods.isEmpty { reply.headers[.allow] = methods.map(\.rawValue).joined(separator: ", ") }
      return Gate.finished(reply, request, context)
    }
  }
}

extension Request {
  fileprivate var acceptsGzip: Bool { headers[.acceptEncoding]?.contains("gzip") ?? false }
}

extension Reply {
  fileprivate mutating func compress() {
    guard body.count > 1_024, let type = headers[.contentType], Gzip.helps(type), headers[.contentEncoding] == nil
    else { return }
    body = Gzip.compressed(body)
    headers[.contentEncoding] = "gzip"
    headers[.vary] = [headers[.vary], "Accept-Encoding"].compactMap(\.self).joined(separator: ", ")
  }
}
