/// Something that ends a request: what to tell the person, and the hidden cause, which is only logged.
public struct AppError: Error, Sendable {
  public let status: Int
  public let title: Word
  public let detail: Word
  public let cause: (any Error)?
  /// Seconds after which trying again makes sense.
  public let retryAfter: Int?

  public init(status: Int, _ title: Word, _ detail: Word, cause: (any Error)? = nil, retryAfter: Int? = nil) {
    self.status = status
    self.title = title
    self.detail = detail
    self.cause = cause
    self.retryAfter = retryAfter
  }

  public static let notFound = AppError(
    status: 404, Word("找不到这一页", "There is nothing here"),
    Word("它可能已被删除，或者链接有误。", "It may have been removed, or the link is wrong."))

  static let wrongMethod = AppError(
    status: 405, Word("这个地址不支持此操作", "That cannot be done here"),
    Word("可用的方法见 Allow 标头。", "The header Allow names the methods that can be used."))

  static let unknownType = AppError(
    status: 415, Word("不支持这种内容", "This kind of content is not understood"),
    Word("请发送 JSON 或表单。", "Send JSON or a form."))

  static let notAnObject = badRequest(Word("请发送一个 JSON 对象。", "Send one JSON object."))

  static let cutOff = AppError(
    status: 400, Word("请求不完整", "The request is not complete"),
    Word("没有保存任何内容，请再发送一次。", "Nothing was saved. Send it again."))

  public static func badRequest(_ detail: Word) -> AppError {
    AppError(status: 400, Word("请求无法理解", "The request cannot be understood"), detail)
  }

  public static let signInFirst = AppError(
    status: 401, Word("请先登录", "Sign in first"), Word("登录后才能查看这一页。", "This page is for people who are signed in."))

  public static let forbidden = AppError(
    status: 403, Word("没有权限", "Not allowed"), Word("请联系管理员开通权限。", "Ask an administrator for the right to do this."))

  static let browserOnly = AppError(
    status: 403, Word("令牌不能这样做", "No token may do this"),
    Word(
      "账户、邀请和令牌只能由登录的人在浏览器中更改。",
      "Accounts, invitations and tokens are changed by people who are signed in with a browser."))

  static let readOnlyToken = AppError(
    status: 403, Word("这个令牌只能读取", "This token only reads"),
    Word("更改数据需要可以修改的令牌。", "A token that may change data is needed for this."))

  public static let stale = AppError(
    status: 403, Word("页面已过期", "The page is out of date"),
    Word("请返回、刷新页面后再提交，填写的内容不会丢失。", "Go back, reload the page and send it again; what you typed is kept."))

  static let noHost = AppError(
    status: 400, Word("请求无法理解", "The request cannot be understood"),
    Word("请求必须有且只有一个 Host 标头，指明要访问的网站。", "A request must name the site it is for, in one header Host."))

  /// A name that nobody told this server: perhaps a stranger's, who makes a browser ask here.
  static let otherHost = AppError(
    status: 421, Word("这不是本系统的地址", "This site is not known by this address"),
    Word(
      "请用本系统自己的地址打开。如果地址栏里的就是，请管理员把它写进设置 GUANXI_URL，例如 GUANXI_URL=https://crm.example.cn。"
        + "如果前面有代理，它必须把 Host 标头原样传过来（nginx：proxy_set_header Host $http_host;）。",
      "Open it by an address of its own. If the one in your browser is meant to be that, your administrator writes it "
        + "into the setting GUANXI_URL, such as GUANXI_URL=https://crm.example.cn. A proxy in front must pass on the "
        + "header Host as it came (nginx: proxy_set_header Host $http_host;)."))

  static let otherSite = AppError(
    status: 403, fromElsewhere,
    Word("没有更改任何内容：只接受从本系统的页面提交的内容。", "Nothing was changed: only what pages of this site send is taken."))

  private static let fromElsewhere = Word("内容来自另一个网站", "This came from another site")

  /// What a form sends came from a page of another address than it was sent to: another site's, or this one's behind a
  /// proxy that does not tell of it.
  /// - Parameter header: which then is missing.
  static func otherOrigin(missing header: String) -> AppError {
    AppError(
      status: 403, fromElsewhere,
      Word(
        "没有更改任何内容。如果您是从本系统的页面提交的，则是前面的代理没有把 \(header) 标头传过来："
          + "请管理员设置代理，或者写明设置 GUANXI_URL。",
        "Nothing was changed. If you sent it from a page of this site, the proxy in front does not pass on the header "
          + "\(header): your administrator sets up the proxy, or the setting GUANXI_URL."))
  }

  public static func tooLarge(limit: Int) -> AppError {
    let most = limit < 1_048_576 ? "\(limit / 1_024) kB" : "\(limit / 1_048_576) MB"
    return AppError(
      status: 413, Word("内容太大", "Too large"), Word("最多 \(most)。", "At most \(most) can be sent."))
  }

  public static func conflict(_ detail: Word) -> AppError {
    AppError(status: 409, Word("与现有数据冲突", "This does not fit what is there"), detail)
  }

  public static func unexpected(_ cause: any Error) -> AppError {
    AppError(
      status: 500, Word("出错了", "Something went wrong"),
      Word(
        "没有保存任何更改。请稍后再试；如果一直出现，请把下面的编号告诉管理员。",
        "Nothing was changed. Try again in a moment; if it stays, tell your administrator the number below."),
      cause: cause)
  }
}
