import Testing

@testable import Web

@Suite struct WebOriginTests {
  @Test(arguments: [
    ("https://crm.example.cn", "https://crm.example.cn:443"), ("http://crm.example.cn", "http://crm.example.cn:80"),
    ("HTTPS://CRM.example.cn/", "https://crm.example.cn"), ("https://crm.example.cn.", "https://crm.example.cn"),
    ("http://[::1]:8080", "http://[0:0::1]:8080"), ("http://[::1]", "http://[::1]:80"),
    ("https://crm.example.cn:", "https://crm.example.cn"),
  ])
  func areTheSame(_ a: String, _ b: String) {
    #expect(WebOrigin(a) != nil)
    #expect(WebOrigin(a) == WebOrigin(b))
  }

  @Test(arguments: [
    ("https://crm.example.cn", "http://crm.example.cn"), ("http://crm.example.cn:443", "https://crm.example.cn"),
    ("https://crm.example.cn:8443", "https://crm.example.cn"), ("http://[::1]", "http://[::2]"),
    ("https://crm.example.cn", "https://crm.example.com"),
  ])
  func differ(_ a: String, _ b: String) {
    #expect(WebOrigin(a) != nil && WebOrigin(b) != nil)
    #expect(WebOrigin(a) != WebOrigin(b))
  }

  @Test(arguments: [
    "", "null", "crm.example.cn", "ftp://crm.example.cn", "https://", "https://.", "https://:443", "https://a b",
    "https://a/b", "https://a?b", "https://a#b", "https://me@a", "https://a:0", "https://a:65536", "https://a:8x",
    "https://a:80:80", "https://a:99999999999999999999", "https://[::1", "https://[1.2.3.4]", "https://[::1]x",
    "https://[::1]:x", "https://::1", "https://客户.cn", "https://a\0", "https://a\n", "javascript://a",
    "https://\(String(repeating: "a", count: 5_000))", "https://a//",
  ])
  func whatIsNone(_ url: String) { #expect(WebOrigin(url) == nil) }

  @Test func usualPortsAreNotShown() {
    for text in ["https://crm.example.cn", "http://crm.example.cn:8080", "http://[::1]", "https://[::1]:8443"] {
      #expect(WebOrigin(text)?.description == text)
    }
  }
}
