import NIOCore
import NIOHTTP1

/// What somebody is told whose request never became one: without a language, a session or a design.
struct BareAnswer {
  let status: HTTPResponseStatus
  let zh: String
  let en: String
  var retryAfter: Int?

  static let busy = BareAnswer(
    status: .serviceUnavailable, zh: "连接太多，请稍后再试。", en: "There are too many connections. Try again in a moment.",
    retryAfter: 5)
  static let busyClient = BareAnswer(
    status: .tooManyRequests, zh: "来自同一地址的连接太多，请稍后再试。如果这是代理的地址，请写进设置 GUANXI_TRUSTED_PROXIES。",
    en:
      "There are too many connections from your address. Try again in a moment. If it is a proxy's, it belongs into the "
      + "setting GUANXI_TRUSTED_PROXIES.",
    retryAfter: 5)
  static let slow = BareAnswer(
    status: .requestTimeout, zh: "请求来得太慢，没有保存任何内容。", en: "The request came too slowly. Nothing was saved.")
  static let longLine = BareAnswer(
    status: .uriTooLong, zh: "网址太长。", en: "The address is too long.")
  static let largeHead = BareAnswer(
    status: .requestHeaderFieldsTooLarge, zh: "请求的标头太多或太大；请清除此网站的 Cookie。",
    en: "The headers of the request are too many or too large; clear this site's cookies.")
  static let malformed = BareAnswer(
    status: .badRequest, zh: "请求无法理解。", en: "The request cannot be understood.")

  var headers: HTTPHeaders {
    var headers: HTTPHeaders = [
      "Content-Type": "text/html; charset=utf-8", "Content-Length": "\(page.utf8.count)",
      "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'", "Connection": "close",
    ]
    if let retryAfter { headers.add(name: "Retry-After", value: "\(retryAfter)") }
    return headers
  }

  var page: String {
    """
    <!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>\(status.code) \(status.reasonPhrase)</title>\
    <meta name='color-scheme' content='light dark'></head>\
    <body><h1>\(status.code)</h1><p>\(zh)</p><p lang='en'>\(en)</p></body></html>

    """
  }

  /// As it goes over the wire, for where nothing speaks HTTP yet.
  var bytes: ByteBuffer {
    let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    return ByteBuffer(string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n\(lines)\r\n\(page)")
  }
}
