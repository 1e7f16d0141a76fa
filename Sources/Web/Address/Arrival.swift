import HTTPTypes
import Hummingbird
import NIOCore

/// How a request came here: who sent it, and which site it asks for.
struct Arrival: Sendable {
  /// The address of whoever asked; that of a proxy only where it does not say for whom.
  let client: String
  /// This site as it was asked for; nil where another was, or none that can be understood.
  let origin: WebOrigin?
  /// What links begin with.
  let base: WebOrigin
  /// Whether the request named any host at all.
  let namesHost: Bool

  init(_ request: Request, peer: SocketAddress?, local: SocketAddress?, _ address: PublicAddress) {
    let sender = peer?.host
    var said = Forwarded.Said()
    if let sender, address.isProxy(sender) {
      said = Forwarded.said(request.headers, to: sender, by: address.proxies)
    }
    client = (said.client ?? sender)?.description ?? ""
    // Of two hosts nobody knows which one a proxy in front looked at.
    let host = request.headers[.furtherHost] == nil ? said.host ?? request.head.authority : nil
    let asked = host.flatMap { WebOrigin(isSecure: said.scheme == "https", authority: $0) }
    let here = local?.host
    namesHost = asked != nil
    origin = asked.flatMap { address.known($0, local: here) }
    base = address.base(port: local?.port ?? 80, local: here?.description ?? "localhost")
  }

  private init() {
    (client, origin, namesHost) = ("", nil, false)
    base = WebOrigin(isSecure: false, host: "localhost", port: nil)
  }

  /// Of a request that nobody looked at yet.
  static let unknown = Arrival()

  /// Whether the browser reached this site by TLS.
  var isSecure: Bool { origin?.isSecure ?? false }

  /// - Throws: ``AppError/otherHost`` where the request asks for another site.
  func checkHost() throws {
    if origin == nil { throw namesHost ? AppError.otherHost : AppError.noHost }
  }
}

extension SocketAddress {
  /// Without the name of the device by which an address of the same link is reached.
  var host: IPAddress? { ipAddress.flatMap { IPAddress(String($0.prefix { $0 != "%" })) } }
}
