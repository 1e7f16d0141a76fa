import Foundation

/// What addresses are counted as one.
enum Network {
  /// One client has all the 2⁶⁴ addresses of its IPv6 network, and may reach us by an IPv4 address written as IPv6. What is
  /// no address, as from a proxy that sends none, counts as one place.
  static func of(_ address: String) -> String {
    let bare = String(address.prefix { $0 != "%" })
    var (four, six) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, bare, &four) == 1 { return withUnsafeBytes(of: four) { dotted($0[...]) } }
    guard inet_pton(AF_INET6, bare, &six) == 1 else { return "?" }
    return withUnsafeBytes(of: six) { bytes in
      let isFour = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
      if isFour { return dotted(bytes[12...]) }
      let groups = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
      return groups.joined(separator: ":") + "::/64"
    }
  }

  private static func dotted(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    bytes.map { "\($0)" }.joined(separator: ".")
  }
}
