import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Serves a ``Site`` over HTTP/1.1 until its task is cancelled; running requests are finished first.
public struct WebServer: Sendable {
  private let site: Site
  private let host: String
  private let port: Int
  private let patience: Patience
  private let started: @Sendable (_ port: Int) async -> Void

  /// - Parameters:
  ///   - port: 0 for any free one.
  ///   - started: called once the port is open.
  public init(
    _ site: Site, host: String, port: Int, patience: Patience = Patience(),
    started: @escaping @Sendable (_ port: Int) async -> Void
  ) {
    self.site = site
    self.host = host
    self.port = port
    self.patience = patience
    self.started = started
  }

  public func run() async throws {
    let (patience, traffic, address) = (patience, site.traffic, site.address)
    let http = HTTP1Channel.Configuration(
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: patience.headers, maxHeaderListSize: patience.headers,
        maxHeaderFieldCount: patience.headerCount))
    let application = Application(
      responder: Gate(site),
      server: HTTPServerBuilder { responder in
        Door(
          http: HTTP1Channel(responder: responder, configuration: http), patience: patience, traffic: traffic,
          address: address)
      },
      configuration: .init(address: .hostname(host, port: port), serverName: nil, backlog: 1_024),
      onServerRunning: { channel in await started(channel.localAddress?.port ?? port) },
      logger: site.log)
    try await application.runService()
  }
}

/// What Hummingbird keeps of a request.
struct SiteContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?
  let localAddress: SocketAddress?
  let channel: any Channel
  /// How the request came here; known once it passed the gate.
  var arrival: Arrival

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
    (remoteAddress, localAddress) = (channel.remoteAddress, channel.localAddress)
    arrival = .unknown
  }
}
