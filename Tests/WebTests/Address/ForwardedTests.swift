import HTTPTypes
import TestKit
import Testing

@testable import Web

@Suite struct ForwardedTests {
  private static func said(_ fields: [(String, String)], trusted: [String] = ["127.0.0.0/8", "::1", "10.0.0.0/8"])
    throws -> Forwarded.Said
  {
    var headers = HTTPFields()
    for (name, value) in fields { headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
    return Forwarded.said(
      headers, to: try #require(IPAddress("127.0.0.1")), by: trusted.compactMap { IPBlock($0) })
  }

  /// The last that no proxy of ours wrote is who asks, whatever it claims before.
  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("1.1.1.1, 192.0.2.7", "192.0.2.7"), ("1.1.1.1, 192.0.2.7, 10.0.0.3", "192.0.2.7"),
    ("192.0.2.7,10.0.0.3 ,\t10.0.0.4", "192.0.2.7"), ("10.0.0.3", "10.0.0.3"), ("192.0.2.7:4711", "192.0.2.7"),
    ("[2001:db8::7]:4711", "2001:db8::7"), ("2001:db8::7", "2001:db8::7"), ("::ffff:192.0.2.7", "192.0.2.7"),
    ("1.1.1.1, unknown", nil), ("unknown, 10.0.0.3", "10.0.0.3"), ("", nil), (",,,", nil), ("<script>", nil),
  ])
  func whoAsks(_ list: String, _ client: String?) throws {
    expectEqual(try Self.said([("X-Forwarded-For", list)]).client?.description, client)
  }

  @Test(arguments: [
    ("for=192.0.2.7;proto=https;host=crm.example.cn", "192.0.2.7", "crm.example.cn", "https"),
    (
      "For=\"[2001:db8::7]:80\"; Proto=HTTPS; Host=\"crm.example.cn:8443\"", "2001:db8::7", "crm.example.cn:8443",
      "https"
    ),
    (
      "for=1.1.1.1;host=evil.example, for=192.0.2.7;host=crm.example.cn;proto=https", "192.0.2.7", "crm.example.cn",
      "https"
    ),
    ("for=192.0.2.7;host=crm.example.cn, for=10.0.0.3;host=inside", "192.0.2.7", "crm.example.cn", nil),
    ("for=unknown", nil, nil, nil), ("for=_hidden;by=\"a,b;c=\\\"d\"", nil, nil, nil),
    ("for=\"192.0.2.7\";host=\"a\\\\b\\\"c\"", "192.0.2.7", "a\\b\"c", nil),
    (";;;,,,===", nil, nil, nil), ("for=\"", nil, nil, nil), ("for", nil, nil, nil),
  ])
  func theStandard(_ header: String, _ client: String?, _ host: String?, _ scheme: String?) throws {
    let said = try Self.said([("Forwarded", header)])
    #expect(said.client?.description == client)
    #expect(said.host == host)
    #expect(said.scheme == scheme)
  }

  @Test func headersThatComeInPieces() throws {
    let said = try Self.said([("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "192.0.2.7")])
    #expect(said.client?.description == "192.0.2.7")
  }

  /// A client that writes the header which its proxy does not.
  @Test func whoSaysTwoThings() throws {
    let said = try Self.said([("Forwarded", "for=1.1.1.1"), ("X-Forwarded-For", "192.0.2.7")])
    #expect(said.client?.description == "127.0.0.1")
    let same = try Self.said([("Forwarded", "for=192.0.2.7"), ("X-Forwarded-For", "192.0.2.7")])
    #expect(same.client?.description == "192.0.2.7")
  }

  @Test func theOutermostProxyKnowsTheSite() throws {
    let appended = try Self.said([
      ("X-Forwarded-For", "192.0.2.7, 10.0.0.3"), ("X-Forwarded-Host", "evil.example, crm.example.cn, inside"),
      ("X-Forwarded-Proto", "https, http"),
    ])
    #expect(appended.host == "crm.example.cn" && appended.scheme == "https")
    let passedOn = try Self.said([
      ("X-Forwarded-For", "192.0.2.7, 10.0.0.3"), ("X-Forwarded-Host", "crm.example.cn"),
    ])
    #expect(passedOn.host == "crm.example.cn" && passedOn.scheme == nil)
  }

  @Test func veryLongLists() throws {
    let long = Array(repeating: "10.0.0.3", count: 20_000).joined(separator: ",")
    expectEqual(try Self.said([("X-Forwarded-For", long)]).client?.description, "10.0.0.3")
    let quotes = String(repeating: "\"\\", count: 15_000)
    expectEqual(try Self.said([("Forwarded", "for=" + quotes)]).client, nil)
  }
}
