import Foundation
import Store
import Web

extension House {
  /// Serves the product until the process is told to stop (SIGTERM, SIGINT): running requests are finished,
  /// jobs given back, the database closed.
  /// - Parameters:
  ///   - commands: does what other processes hand over; nil when none may.
  ///   - say: told a line for whoever started it.
  public static func serve(
    _ config: Config, commands: CommandRunner? = nil, say: @escaping @Sendable (String) -> Void
  ) async throws {
    PoolWatch.startIfAsked()
    Descriptors.raise()
    TemporaryPlace.removeLeftovers()
    let pulse = Pulse()
    let health = Health(pulse)
    try await untilTheFirstEnds { group in
      if let port = config.healthPort {
        group.addTask { try await watch(health, config.healthHost, port, say) }
      }
      group.addTask {
        let services = try await opened(config, say)
        await addPageSums(to: services.db, say)
        do { try await serve(services, config, commands, pulse, health, say) } catch {
          try? await services.db.close()
          throw error
        }
        try await services.db.close()
      }
    }
  }

  private static func serve(
    _ services: Services, _ config: Config, _ commands: CommandRunner?, _ pulse: Pulse, _ health: Health,
    _ say: @escaping @Sendable (String) -> Void
  ) async throws {
    var patience = Patience()
    patience.connections = max(16, min(config.connections, Descriptors.limit - Descriptors.reserve))
    patience.connectionsPerClient = config.connectionsPerClient
    let site = site(services, pulse, at: config.address)
    health.began(site.traffic, services.db)
    let server = WebServer(site, host: config.host, port: config.port, patience: patience) { port in
      await greet(services, at: base(config.host, port), config.address.urls.first, say)
    }
    let worker = JobWorker(
      db: services.db, queue: services.jobs, handlers: Features.jobs(services), log: services.log)
    try await untilTheFirstEnds { group in
      // The server ends when a signal comes; that is the end of the others too.
      group.addTask { try await listening(config.host, config.port) { try await server.run() } }
      group.addTask { await worker.run() }
      group.addTask { await pulse.run(services.db, log: services.log) }
      group.addTask { await pulse.watchBackups(of: services.db, in: services.backups) }
      if let commands {
        group.addTask { await listenForCommands(Console.Served(services: services, config: config), commands) }
      }
      if services.backups != nil { group.addTask { await Backups(services).keepSchedule() } }
    }
  }

  private static func untilTheFirstEnds(_ start: (inout ThrowingTaskGroup<Void, any Error>) -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      start(&group)
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private static func watch(
    _ health: Health, _ host: String, _ port: Int, _ say: @escaping @Sendable (String) -> Void
  ) async throws {
    let server = HealthServer(
      host: host, port: port,
      started: { port in
        let place = base(host, port)
        say(Word("运行状况：\(place)/readyz", "Health: \(place)/readyz")[Terminal.language])
      }, answer: health.answer)
    try await listening(host, port) { try await server.run() }
  }

  private static func listening(_ host: String, _ port: Int, _ run: () async throws -> Void) async throws {
    do { try await run() } catch let error where ["bind(", "SocketAddressError"].contains(where: "\(error)".hasPrefix) {
      throw CannotListen(host: host, port: port, cause: "\(error)")
    }
  }

  /// Opens the database, and waits for a server that starts at the same time as this program.
  private static func opened(
    _ config: Config, within limit: Duration = .seconds(60), _ say: @Sendable (String) -> Void
  ) async throws -> Services {
    let (database, backups) = (config.database, config.backups)
    guard case .postgres = database else { return try await open(database, backups: backups) }
    let end = ContinuousClock.now + limit
    var isSaid = false
    while true {
      do { return try await open(database, backups: backups) } catch let error as StoreError
        where error.mayPass && .now < end
      {
        if !isSaid {
          let why = Terminal.sentence(for: error)
          say(Word("等待数据库：\(why)", "Waiting for the database: \(why)")[Terminal.language])
        }
        isSaid = true
        try await Task.sleep(for: .seconds(1))
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
  public static func site(
    _ services: Services, _ pulse: Pulse = Pulse(), at address: PublicAddress = PublicAddress()
  ) -> Site {
    // Somebody waits for what a request does; jobs take the time that they need.
    let services = services.within(DatabaseLimits.request.shortened(Deadline.left(of:)))
    let routes = Features.routes(services.hooked(IdempotencyRun.hook))
    return Site(
      name: Word("关系", "Guanxi"), menu: Features.menu,
      routes: routes + [description(of: routes), health(services)] + measuring,
      signIn: "/sign-in", address: address, receive: Reception(services).receive, once: IdempotencyKeys(services).once,
      explain: AppError.ofStore, notices: pulse.notices, log: services.log)
  }

  /// Only where `make bench` asks for it: the bytes of a file from memory, by the way every answer goes, to set the
  /// speed of pages beside.
  private static var measuring: [Route] {
    guard let path = ProcessInfo.processInfo.environment["GUANXI_BENCH_ECHO"],
      let bytes = FileManager.default.contents(atPath: path)
    else { return [] }
    let body = Array(bytes)
    return [
      Route(.get, "/bench/echo", Word("测速用", "For measuring"), audience: .everybody) { _ in
        Reply(type: "text/html; charset=utf-8", body: body)
      }
    ]
  }

  private static func base(_ host: String, _ port: Int) -> String {
    let shown = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
    return "http://\(shown):\(port)"
  }

  /// - Parameter url: how people reach it, where that is set.
  private static func greet(
    _ services: Services, at base: String, _ url: WebOrigin?, _ say: @Sendable (String) -> Void
  ) async {
    say(Word("Guanxi 已启动：\(base)", "Guanxi is running: \(base)")[Terminal.language])
    if let url { say(Word("访问地址：\(url)", "People reach it at \(url)")[Terminal.language]) }
    do {
      guard let link = try await Accounts(services).firstAdministratorLink(base: url?.description ?? base) else {
        return
      }
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
    var route = Route(.get, "/health", Word("运行状况", "Health"), audience: .everybody) { _ in
      let isThere: Bool? = try await services.db.read { tx in try tx.value("SELECT 1") }
      return try Reply(json: ["status": isThere == true ? "ok" : "failing"])
    }
    // Load balancers ask by the address of a machine.
    route.answersAnyHost = true
    return route
  }
}
