import Testing

@testable import Web

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("::1", "::1"), ("0:0::0:1", "::1"),
    ("2001:DB8::7", "2001:db8::7"), ("::", "::"), ("0.0.0.0", "0.0.0.0"),
  ])
  func oneFormForEach(_ text: String, _ shown: String) { #expect(IPAddress(text)?.description == shown) }

  @Test(arguments: [
    "", "localhost", "1.2.3", "256.1.1.1", "1.2.3.4.5", "[::1]", "::1%eth0", "fe80::1%1", "1.2.3.4\0x", " 1.2.3.4",
    "12345::", String(repeating: "1", count: 5_000), "١.١.١.١",
  ])
  func whatIsNone(_ text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
    ("192.0.2.7", "192.0.2.8", false), ("192.0.2.9/29", "192.0.2.15", true), ("0.0.0.0/0", "203.0.113.9", true),
    ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8:ff::1", true),
    ("2001:db8::/32", "2001:db9::1", false), ("::1", "::1", true), ("::ffff:10.0.0.0/8", "10.1.1.1", true),
    ("192.0.2.7/32", "192.0.2.7", true),
  ])
  func blocks(_ block: String, _ address: String, _ isIn: Bool) throws {
    let address = try #require(IPAddress(address))
    #expect(try #require(IPBlock(block)).contains(address) == isIn)
  }

  @Test(arguments: [
    "", "/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8", "10.0.0.0/", "proxy", "10.0.0.0/x",
  ])
  func blocksThatAreNone(_ text: String) { #expect(IPBlock(text) == nil) }

  @Test(arguments: [
    "127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.5", "169.254.1.1", "100.100.1.1", "fd00::1", "fe80::1",
  ])
  func addressesOfANetwork(_ text: String) throws { #expect(try #require(IPAddress(text)).isPrivate) }

  @Test(arguments: ["203.0.113.5", "172.32.0.1", "192.169.0.1", "0.0.0.0", "2001:db8::1", "::"])
  func addressesOfTheWorld(_ text: String) throws { #expect(try !#require(IPAddress(text)).isPrivate) }

  @Test func aNetworkOfIPv6IsOneClient() throws {
    let clients = try ["2001:db8::1", "2001:db8::2:2:2:2", "2001:db8:0:1::1", "192.0.2.1", "192.0.2.2"].map {
      try #require(IPAddress($0)).client
    }
    #expect(clients[0] == clients[1] && Set(clients).count == 4)
  }
}
