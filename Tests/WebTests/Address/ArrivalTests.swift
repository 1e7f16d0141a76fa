import HTTPTypes
import Hummingbird
import NIOCore
import TestKit
import Testing

@testable import Web

@Suite struct ArrivalTests {
  private static let firm = PublicAddress(
    ["https://crm.example.cn", "http://192.168.1.5:8080"].compactMap { WebOrigin($0) })

  private static func arrival(
    _ host: String?, _ address: PublicAddress, headers: [String: String] = [:], peer: String = "192.0.2.9",
    local: String = "203.0.113.5"
  ) throws -> Arrival {
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/", headerFields: fields)
    return Arrival(
      Request(head: head, body: RequestBody(buffer: ByteBuffer())),
      peer: try SocketAddress(ipAddress: peer, port: 5_000),
      local: try SocketAddress(ipAddress: local, port: 8_080), address)
  }

  @Test(arguments: [
    "localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080", "[::1]",
    "192.168.1.5:8080",
    "10.1.1.1", "[fd00::1]", "203.0.113.5:8080", "office:8080", "office.local", "office.",
  ])
  func withoutASetting(_ host: String) throws {
    let arrival = try Self.arrival(host, PublicAddress(names: ["office", "office.local"]))
    #expect(arrival.origin != nil)
    // Links have the address that was connected to, whatever was asked for.
    #expect(arrival.base.description == "http://203.0.113.5:8080")
  }

  @Test(arguments: [
    "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "office.evil.example",
    "8.8.8.8",
    "203.0.113.6", "[2001:db8::1]", "0.0.0.0", "2130706433", "0x7f.1", "crm.example.cn",
  ])
  func withoutASettingStrangersAreRefused(_ host: String) throws {
    let arrival = try Self.arrival(host, PublicAddress(names: ["office"]))
    #expect(arrival.origin == nil && arrival.namesHost)
    #expect(throws: AppError.self) { try arrival.checkHost() }
  }

  @Test(arguments: [nil, "", " ", "a b", "a/b", "me@localhost", "localhost:x", "localhost:0", "[::1", "客户", "a\0b"])
  func hostsThatAreNone(_ host: String?) throws {
    let arrival = try Self.arrival(host, PublicAddress())
    #expect(arrival.origin == nil && !arrival.namesHost)
  }

  /// A port that a proxy leaves out or names for its own does not matter; the scheme is as the setting says.
  @Test(arguments: ["crm.example.cn", "crm.example.cn:443", "CRM.EXAMPLE.CN:8443", "crm.example.cn.:80"])
  func asSet(_ host: String) throws {
    let arrival = try Self.arrival(host, Self.firm)
    #expect(arrival.origin?.description == "https://crm.example.cn")
    #expect(arrival.isSecure)
    #expect(arrival.base.description == "https://crm.example.cn")
  }

  @Test func severalAddresses() throws {
    let inside = try Self.arrival("192.168.1.5:8080", Self.firm)
    #expect(inside.origin?.description == "http://192.168.1.5:8080" && !inside.isSecure)
    #expect(inside.base.description == "https://crm.example.cn")
    let both = PublicAddress(["https://crm.example.cn", "http://crm.example.cn"].compactMap { WebOrigin($0) })
    expectEqual(try Self.arrival("crm.example.cn", both).isSecure, false)
    let forwarded = ["X-Forwarded-Proto": "https"]
    expectEqual(try Self.arrival("crm.example.cn", both, headers: forwarded, peer: "127.0.0.1").isSecure, true)
  }

  @Test(arguments: ["evil.example", "10.1.1.1", "203.0.113.5", "office"])
  func othersThanSet(_ host: String) throws { expectEqual(try Self.arrival(host, Self.firm).origin, nil) }

  /// The machine itself may always ask.
  @Test func theMachineItself() throws {
    expectEqual(try Self.arrival("127.0.0.1:8080", Self.firm).origin?.description, "http://127.0.0.1:8080")
  }

  @Test func onlyProxiesAreBelieved() throws {
    let headers = [
      "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Host": "crm.example.cn", "X-Forwarded-Proto": "https",
    ]
    let stranger = try Self.arrival("localhost", Self.firm, headers: headers)
    #expect(stranger.client == "192.0.2.9" && stranger.origin?.description == "http://localhost")
    for peer in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
      let proxy = try Self.arrival("localhost", Self.firm, headers: headers, peer: peer)
      #expect(proxy.client == "192.0.2.7" && proxy.origin?.description == "https://crm.example.cn")
    }
    let nobody = PublicAddress(proxies: [])
    expectEqual(try Self.arrival("localhost", nobody, headers: headers, peer: "127.0.0.1").client, "127.0.0.1")
    let elsewhere = PublicAddress(proxies: [try #require(IPBlock("192.0.2.0/24"))])
    expectEqual(try Self.arrival("localhost", elsewhere, headers: headers).client, "192.0.2.7")
  }

  @Test func twoHosts() throws {
    let arrival = try Self.arrival("localhost", PublicAddress(), headers: ["Host": "localhost"])
    #expect(arrival.origin == nil)
  }
}
