import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a ``Site`` over HTTP/1.1 until its task is cancelled; running requests are finished first.
public struct WebServer: Sendable {
  private let site: Site
  private let host: String
  private let port: Int
  private let started: @Sendable (_ port: Int) async -> Void

  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - started: called once the port is open.
  public init(_ site: Site, host: String, port: Int, started: @escaping @Sendable (_ port: Int) async -> Void) {
    self.site = site
    self.host = host
    self.port = port
    self.started = started
  }

  public func run() async throws {
    let application = Application(
      responder: Gate(site),
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(75),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      onServerRunning: { channel in await started(channel.localAddress?.port ?? port) },
      logger: site.log)
    try await application.runService()
  }
}

/// What Hummingbird keeps of a request.
struct SiteContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}
