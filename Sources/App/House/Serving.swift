import Foundation
import Store
import Web

extension House {
  /// Serves the product until the process is told to stop (SIGTERM, SIGINT): running requests are finished,
  /// jobs given back, the database closed.
  /// - Parameter say: told a line for whoever started it.
  public static func serve(_ config: Config, say: @escaping @Sendable (String) -> Void) async throws {
    Descriptors.raise()
    var patience = Patience()
    patience.connections = max(16, min(patience.connections, Descriptors.limit - Descriptors.reserve))
    try await visit(config.database) { [patience] services in
      let server = WebServer(site(services), host: config.host, port: config.port, patience: patience) { port in
        await greet(services, at: base(config.host, port), say)
      }
      let worker = JobWorker(
        db: services.db, queue: services.jobs, handlers: Features.jobs(services), log: services.log)
      do {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await server.run() }
          group.addTask { await worker.run() }
          // The server ends when a signal comes; that is the end of the worker too.
          try await group.next()
          group.cancelAll()
          try await group.waitForAll()
        }
      } catch let error where ["bind(", "SocketAddressError"].contains(where: "\(error)".hasPrefix) {
        throw CannotListen(host: config.host, port: config.port, cause: "\(error)")
      }
    }
  }

  /// The address cannot be had, mostly because something else listens there.
  struct CannotListen: Error, CustomStringConvertible {
    let host: String
    let port: Int
    let cause: String

    var description: String {
      let isBusy = cause.contains("Address already in use")
      let why: Word =
        isBusy
        ? Word(
          "已被占用；可能 Guanxi 已在运行，或者用 --port 换一个端口",
          "is in use already; perhaps Guanxi is running, or choose another --port")
        : Word("不能监听：这台机器没有这个地址", "cannot be listened on: it is no address of this machine")
      return "\(host):\(port) \(why[Terminal.language])"
    }
  }

  /// Everything the web server must know of the product.
  public static func site(_ services: Services) -> Site {
    let routes = Features.routes(services)
    return Site(
      name: Word("关系", "Guanxi"), menu: Features.menu,
      routes: routes + [description(of: routes), health(services)],
      signIn: "/sign-in", identify: Identification(services).caller, reader: Settings.reader(services),
      log: services.log)
  }

  private static func base(_ host: String, _ port: Int) -> String {
    let shown = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
    return "http://\(shown):\(port)"
  }

  private static func greet(_ services: Services, at base: String, _ say: @Sendable (String) -> Void) async {
    say(Word("Guanxi 已启动：\(base)", "Guanxi is running: \(base)")[Terminal.language])
    do {
      guard let link = try await Accounts(services).firstAdministratorLink(base: base) else { return }
      say(
        Word(
          "还没有用户。请打开此链接创建第一位管理员（一次有效）：\(link)",
          "Nobody can sign in yet. Open this link once to create the first administrator: \(link)"
        )[Terminal.language])
    } catch {
      services.log.error("no link for the first administrator", metadata: ["cause": "\(error)"])
    }
  }

  /// The API in the words of OpenAPI.
  private static func description(of routes: [Route]) -> Route {
    let api = OpenAPI(title: "Guanxi", version: version, routes: routes)
    return Route(
      .get, "/api/v1/openapi.json", Word("接口说明", "Description of the API"), audience: .everybody
    ) { call in try Reply(json: api.document(in: call.reader.language)) }
  }

  /// Whether the server and its database answer, for whoever watches over them.
  private static func health(_ services: Services) -> Route {
    Route(.get, "/health", Word("运行状况", "Health"), audience: .everybody) { _ in
      let isThere: Bool? = try await services.db.read { tx in try tx.value("SELECT 1") }
      return try Reply(json: ["status": isThere == true ? "ok" : "failing"])
    }
  }
}
