import Foundation
import HTTPTypes

/// What proxies say of a request that they passed on: in `Forwarded` (RFC 7239) or in `X-Forwarded-For`, `-Host` and
/// `-Proto`. In each list the proxy nearest to this server stands last.
struct Forwarded {
  private var clients: [String] = []
  private var hosts: [String] = []
  private var schemes: [String] = []

  /// Who asked, and for what.
  struct Said {
    /// Nil where it is not told.
    var client: IPAddress?
    var host: String?
    var scheme: String?
  }

  /// What is to be believed when the peer is a proxy that is trusted.
  static func said(_ headers: HTTPFields, to peer: IPAddress, by trusted: [IPBlock]) -> Said {
    let standard = headers[.forwarded].map { Forwarded(standard: $0).said(trusted) }
    let usual = Forwarded(
      clients: list(headers[.forwardedFor]), hosts: list(headers[.forwardedHost]),
      schemes: list(headers[.forwardedProto])
    ).said(trusted)
    guard var said = standard else { return usual }
    // A proxy sets one of them and lets pass what its client claims in the other: who says two things is not believed.
    if let other = usual.client, let client = said.client, other != client { said.client = peer }
    said.client = said.client ?? usual.client
    said.host = said.host ?? usual.host
    said.scheme = said.scheme ?? usual.scheme
    return said
  }

  /// The first from the right that is no proxy of ours, and what the outermost of those that are says of the rest.
  private func said(_ trusted: [IPBlock]) -> Said {
    var said = Said()
    var hops = 1
    for text in clients.reversed() {
      // What is no address hides whoever stands there.
      guard let address = Self.address(text) else { break }
      said.client = address
      guard trusted.contains(where: { $0.contains(address) }) else { break }
      hops += 1
    }
    said.host = Self.told(hosts, hops)
    said.scheme = Self.told(schemes, hops)?.lowercased()
    return said
  }

  /// Each proxy may have added its own, or only the outermost.
  private static func told(_ list: [String], _ hops: Int) -> String? { list.suffix(hops).first }

  private static func list(_ header: String?) -> [String] {
    header?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } ?? []
  }

  /// An address may have a port: `192.0.2.4:80`, `[::1]:80`.
  private static func address(_ text: String) -> IPAddress? {
    IPAddress(text) ?? WebOrigin(isSecure: false, authority: text)?.address
  }
}

extension Forwarded {
  /// `for=192.0.2.4;proto=https;host="crm.example.cn:8443", for="[::1]:80"`
  fileprivate init(standard header: String) {
    for element in Self.split(header, at: ",") {
      for pair in Self.split(element, at: ";") {
        let halves = pair.split(separator: "=", maxSplits: 1)
        guard halves.count == 2 else { continue }
        let value = Self.unquoted(halves[1].trimmingCharacters(in: .whitespaces))
        switch halves[0].trimmingCharacters(in: .whitespaces).lowercased() {
        case "for": clients.append(value)
        case "host": hosts.append(value)
        case "proto": schemes.append(value)
        default: break
        }
      }
    }
  }

  /// Cut at a mark that does not stand within quotes.
  private static func split(_ text: String, at mark: Character) -> [String] {
    var (parts, isQuoted, isEscaped) = ([""], false, false)
    for character in text {
      switch character {
      case _ where isEscaped: isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"": isQuoted.toggle()
      case mark where !isQuoted:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    var (plain, isEscaped) = ("", false)
    for character in text.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        plain.append(character)
        isEscaped = false
      }
    }
    return plain
  }
}

extension HTTPField.Name {
  /// The first is the authority of the request.
  static let furtherHost = Self("Host")!
  static let forwarded = Self("Forwarded")!
  static let forwardedFor = Self("X-Forwarded-For")!
  static let forwardedHost = Self("X-Forwarded-Host")!
  static let forwardedProto = Self("X-Forwarded-Proto")!
}
