import Foundation
import Web

@testable import App

/// Requests byte by byte, over loopback, to the server as it is but for the time that it waits for clients.
struct HeaderTarget: FuzzTarget {
  static let longest = 4_096

  let seeds: [[UInt8]]
  let words: [String]
  private let demo: DemoSite
  private let port: Int

  init(_ folder: URL) throws {
    let demo = try finished { try await DemoSite.open(in: folder) }
    self.demo = demo
    port = try finished { try await Self.serve(demo.site) }
    let common = "Host: 127.0.0.1\r\nAuthorization: Bearer TOKEN\r\n"
    let gets = demo.paths.map { "GET \($0) HTTP/1.1\r\n\(common)\r\n" }
    seeds = (gets + Self.others.map { $0.replacing("COMMON", with: common) }).map { Array($0.utf8) }
    words = demo.paths + Self.signs
  }

  private static let signs = [
    "\r\n", "\r\n\r\n", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "HEAD ", "PUT ", "DELETE ", "OPTIONS * ", "CONNECT ",
    "Cookie: session=TOKEN; language=en; flash=m%3Dx", "X-Forwarded-For: ", "X-Forwarded-Proto: https",
    "Accept-Language: zh-CN;q=0.8,en;q=1e9", "Content-Length: ", "Transfer-Encoding: chunked", "Expect: 100-continue",
    "Connection: close", "Upgrade: websocket", "HX-Request: true", "Accept-Encoding: gzip", "If-None-Match: *",
    "Range: bytes=0-", "Origin: null", "Sec-Fetch-Site: cross-site", "X-Form-Token: ", "Content-Type: ",
    "multipart/form-data; boundary=", "filename=\"", "name=\"file\"", "--x--", "/api/v1", "?_method=put", "%00",
    "Forwarded: for=\"[::1]:80\";host=", "X-Forwarded-Host: ", "Idempotency-Key: ", "If-Match: \"x\", *", "PATCH ",
    "application/merge-patch+json", "\"version\":\"2026-01-01T00:00:00Z\"", "%2e%2e/", "//", "http://there/", "\u{0}",
    "application/json", "{\"name\":null}", "\u{FF}",
  ]

  private static let others = [
    "GET /assets/app.css HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"x\"\r\n\r\n",
    """
    GET /sign-in?to=%2Forders HTTP/1.1\r\nHost: [::1]:80\r\nAccept-Language: de, en-GB;q=0.7, zh;q=0.9\r
    X-Forwarded-For: 1.2.3.4, ::1\r\nX-Forwarded-Proto: https\r\nCookie: session=TOKEN; flash=m%3DHi%26u%3D%2Fx\r\n\r\n
    """,
    post(
      "/imports", "multipart/form-data; boundary=x",
      """
      --x\r\nContent-Disposition: form-data; name="kind"\r\n\r\norders\r\n--x\r
      Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\n1,2\r\n--x--\r\n
      """),
    post(
      "/orders/draft", "application/x-www-form-urlencoded",
      "lines[0][product]=x&lines[0][quantity]=2&lines[1][unit_price]=1.5&currency=CNY&ordered_on=2026-01-01"),
    post("/api/v1/tags", "application/json", "{}"),
    """
    PATCH /api/v1/customers/CUSTOMER HTTP/1.1\r\nCOMMONContent-Type: application/merge-patch+json\r
    Idempotency-Key: "k1"\r\nIf-Match: "x", W/"y", *\r\nContent-Length: 24\r\n\r\n{"industry":null,"a":[]}
    """,
    """
    GET /orders HTTP/1.1\r\nCOMMONForwarded: for=192.0.2.7;proto=https;host="localhost:443", for="[::1]:80"\r
    X-Forwarded-For: 192.0.2.7:80, 10.0.0.1\r\nX-Forwarded-Host: localhost, here\r\n\r\n
    """,
    """
    POST /api/v1/customers?_method=post HTTP/1.1\r\nCOMMONContent-Type: application/json\r
    Transfer-Encoding: chunked\r\n\r\nf\r\n{"name":"Wei"}  \r\n0\r\n\r\n
    """,
    "HEAD /customers HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\nHX-Request: true\r\n\r\n",
  ]

  private static func post(_ path: String, _ type: String, _ body: String) -> String {
    "POST \(path) HTTP/1.1\r\nCOMMONContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private static func serve(_ site: Site) async throws -> Int {
    var patience = Patience()
    patience.head = .milliseconds(50)
    patience.rest = .milliseconds(50)
    patience.late = .milliseconds(50)
    patience.sending.grace = .milliseconds(50)
    patience.sending.stall = .milliseconds(50)
    patience.farewell = .milliseconds(50)
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let server = WebServer(site, host: "127.0.0.1", port: 0, patience: patience) { found.yield($0) }
    Task.detached {
      try await server.run()
      Target.found("the server ended")
    }
    for await port in ports { return port }
    return 0
  }

  private let end = Array("\r\n\r\n".utf8)

  func run(_ bytes: [UInt8]) {
    // A character a byte, so that none is lost.
    let text = demo.filled(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })))
    var sent = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    if !sent.contains(end) { sent += end }
    let answer = ask(sent)
    let sign = Array("HTTP/1.1 5".utf8)
    if answer.contains(sign) && !sent.contains(sign) { Target.found(String(decoding: answer, as: UTF8.self)) }
  }

  /// What the server says until it closes.
  private func ask(_ bytes: [UInt8]) -> [UInt8] {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // libFuzzer's alarm clock may ring meanwhile; the connection is made all the same.
    guard code == 0 || errno == EINTR else { Target.found("no connection: \(errno)") }
    send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
    shutdown(descriptor, CInt(SHUT_WR))
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return all }
      all += buffer[..<count]
    }
  }
}
