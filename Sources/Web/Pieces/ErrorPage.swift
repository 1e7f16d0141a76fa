/// The one page that tells of an error: what happened, what was kept, what to do.
enum ErrorPage {
  static func page(_ error: AppError, _ problems: Problems, id: String) -> Page {
    Page(
      error.title,
      """
      <div class='oops'>
        <p class='code'>\(error.status)</p>
        <h1>\(error.title)</h1>
        <p>\(error.detail)</p>
        \(problems.fields.sorted { $0.key < $1.key }.html { "<p><code>\($0.key)</code> \($0.value)</p>" })
        <div class='actions'><a class='button primary' href='/'>\(Word("回到首页", "Go to the start"))</a></div>
        <dl class='facts'><dt>\(Word("请求编号", "Request"))</dt><dd><code>\(id)</code></dd></dl>
      </div>
      """)
  }
}
