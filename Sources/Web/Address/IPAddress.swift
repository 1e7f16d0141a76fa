import Foundation

/// An address of IPv4 or IPv6, in the one form in which it can be compared: IPv4 as IPv6 maps it (`::ffff:a.b.c.d`).
public struct IPAddress: Hashable, Sendable {
  fileprivate let bits: UInt128

  public init?(_ text: String) {
    guard text.utf8.count <= 45, text.utf8.allSatisfy(Self.mayStand) else { return nil }
    var (old, new) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &old) == 1 {
      bits = Self.mapped | UInt128(UInt32(bigEndian: old.s_addr))
    } else if inet_pton(AF_INET6, text, &new) == 1 {
      bits = withUnsafeBytes(of: &new) { $0.reduce(0) { $0 << 8 | UInt128($1) } }
    } else {
      return nil
    }
  }

  fileprivate init(bits: UInt128) { self.bits = bits }

  private static let mapped: UInt128 = 0xFFFF << 32
  var isIPv4: Bool { bits >> 32 == 0xFFFF }

  private static func mayStand(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...70, 97...102, UInt8(ascii: "."), UInt8(ascii: ":"): true
    default: false
    }
  }

  public var isLoopback: Bool { IPBlock.loopback.contains { $0.contains(self) } }

  /// Whether it means something only within a network: nobody can make a name of the internet stand for a stranger by it.
  public var isPrivate: Bool { IPBlock.privateUse.contains { $0.contains(self) } }

  /// What one client has: an address of IPv4, or all of a network of IPv6, which is given out whole.
  var client: IPAddress { isIPv4 ? self : IPAddress(bits: bits & (UInt128.max << 64)) }
}

extension IPAddress: CustomStringConvertible {
  public var description: String {
    if isIPv4 { return (0..<4).map { "\(UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)))" }.joined(separator: ".") }
    var address = in6_addr()
    withUnsafeMutableBytes(of: &address) { bytes in
      for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: bits >> (120 - 8 * index)) }
    }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "::" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Addresses that begin alike: `10.0.0.0/8`, `fd00::/8`, or a single one.
public struct IPBlock: Equatable, Sendable {
  private let first: UInt128
  private let mask: UInt128

  public init?(_ text: String) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let address = halves.first.flatMap(IPAddress.init) else { return nil }
    let width = address.isIPv4 ? 32 : 128
    var length = width
    if halves.count > 1 {
      guard let typed = Int(halves[1]), (0...width).contains(typed) else { return nil }
      length = typed
    }
    mask = length + 128 - width == 0 ? 0 : UInt128.max << UInt128(width - length)
    first = address.bits & mask
  }

  public func contains(_ address: IPAddress) -> Bool { address.bits & mask == first }

  public static let loopback = ["127.0.0.0/8", "::1"].compactMap { IPBlock($0) }

  /// Of private use, of the same link, and of a provider's own network.
  static let privateUse =
    loopback
    + ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10"]
    .compactMap { IPBlock($0) }
}
