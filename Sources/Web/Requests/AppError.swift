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

  public static func tooLarge(limit: Int) -> AppError {
    AppError(
      status: 413, Word("内容太大", "Too large"),
      Word("最多 \(limit / 1_048_576) MB。", "At most \(limit / 1_048_576) MB can be sent."))
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
