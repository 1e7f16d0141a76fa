/// The one page that tells of an error: what happened, what was kept, what to do.
enum ErrorPage {
  static func page(_ error: AppError, _ problems: Problems, id: String) -> Page {
    Page(
      error.title,
      """
      <section class='empty error'>
        <svg class='icon' aria-hidden='true'><use href='\(Assets.shared.path("icons.svg"))#warning'/></svg>
        <h1>\(error.title)</h1>
        <p>\(error.detail)</p>
        \(problems.fields.sorted { $0.key < $1.key }.html { "<p><code>\($0.key)</code> \($0.value)</p>" })
        <p class='muted'>\(error.status) · <code>\(id)</code></p>
        <p><a class='button primary' href='/'>\(Word("回到首页", "Go to the start"))</a></p>
      </section>
      """)
  }
}
