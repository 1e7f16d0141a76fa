/// How people reach the site: what links to it begin with, which hosts a request may name, and which proxies are believed.
///
/// A request names the host that its client wants. A stranger's page can make a browser ask this server under a name of
/// the stranger's (DNS rebinding), so that names must be known; an address in figures leads nowhere else. And what a
/// request names never gets into a link that somebody else follows.
public struct PublicAddress: Equatable, Sendable {
  /// As the administrator says; the first stands in links.
  public let urls: [WebOrigin]
  /// What this machine is called, in small letters.
  let names: Set<String>
  let proxies: [IPBlock]

  public init(_ urls: [WebOrigin] = [], names: Set<String> = [], proxies: [IPBlock] = IPBlock.loopback) {
    self.urls = urls
    self.names = names
    self.proxies = proxies
  }

  func isProxy(_ peer: IPAddress) -> Bool { proxies.contains { $0.contains(peer) } }

  /// The site as a request asks for it; nil where it asks for another, or for none that can be understood.
  /// - Parameter local: the address that the client connected to.
  func known(_ asked: WebOrigin, local: IPAddress?) -> WebOrigin? {
    let ours = urls.filter { $0.host == asked.host }
    // Proxies leave out the port, or name one of theirs; and the administrator knows whether there is TLS.
    if let first = ours.first { return ours.contains(asked) ? asked : first }
    let isHere = asked.host == "localhost" || asked.address?.isLoopback == true
    guard urls.isEmpty else { return isHere ? asked : nil }
    let isOfNetwork = asked.address.map { $0.isPrivate || $0 == local } ?? names.contains(asked.host)
    return isHere || isOfNetwork ? asked : nil
  }

  /// What links begin with.
  public func base(port: Int, local: String) -> WebOrigin {
    urls.first ?? WebOrigin(isSecure: false, host: local, port: port)
  }
}
