/// Scheme, host and port of a site (RFC 6454), in the one form in which they can be compared.
public struct WebOrigin: Hashable, Sendable {
  public let isSecure: Bool
  /// In small letters; an address of IPv6 without brackets.
  public let host: String
  public let port: Int

  /// - Parameter authority: a host with or without a port, as in the header `Host`: `crm.example.cn:8443`, `[::1]`.
  public init?(isSecure: Bool, authority: String) {
    guard let (host, port) = Self.parts(authority) else { return nil }
    self.init(isSecure: isSecure, host: host, port: port)
  }

  /// - Parameter url: as in the header `Origin`; a slash at the end is left out of account, anything more is refused.
  public init?(_ url: String) {
    let url = url.hasSuffix("/") ? String(url.dropLast()) : url
    let halves = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, ["http", "https"].contains(halves[0].lowercased()) else { return nil }
    self.init(isSecure: halves[0].count == 5, authority: String(halves[1]))
  }

  init(isSecure: Bool, host: String, port: Int?) {
    self.isSecure = isSecure
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
  }

  public var address: IPAddress? { IPAddress(host) }

  private static func parts(_ authority: String) -> (host: String, port: Int?)? {
    guard authority.utf8.count <= 300 else { return nil }
    if authority.hasPrefix("[") {
      let halves = authority.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, halves[0].contains(":"), let address = IPAddress(String(halves[0])),
        halves[1].isEmpty || halves[1].hasPrefix(":"), let port = port(halves[1].dropFirst())
      else { return nil }
      return (address.description, port.number)
    }
    let halves = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = halves.first.flatMap(name), let port = port(halves.dropFirst().first ?? "") else { return nil }
    return (host, port.number)
  }

  /// A name may end in a dot, which means the same.
  private static func name(_ text: Substring) -> String? {
    let name = text.lowercased()
    let host = name.hasSuffix(".") ? String(name.dropLast()) : name
    let isName = host.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
      default: false
      }
    }
    return isName && !host.isEmpty ? host : nil
  }

  private static func port(_ text: Substring) -> (number: Int?, Void)? {
    guard !text.isEmpty else { return (nil, ()) }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), (1...65_535).contains(number)
    else { return nil }
    return (number, ())
  }
}

extension WebOrigin: CustomStringConvertible {
  public var description: String {
    let shown = host.contains(":") ? "[\(host)]" : host
    return (isSecure ? "https://" : "http://") + shown + (port == (isSecure ? 443 : 80) ? "" : ":\(port)")
  }
}
