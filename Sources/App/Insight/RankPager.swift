import Web

/// Steps through the pages of a ranking.
struct RankPager {
  let position: Word
  let page: Int
  let pages: Int
  let link: (Int) -> String

  init(position: Word, page: Int, pages: Int, link: @escaping (Int) -> String) {
    self.position = position
    self.page = page
    self.pages = pages
    self.link = link
  }

  var html: HTML {
    """
    <nav class='pager' aria-label='\(InsightWords.pages)'><span>\(position)</span><div class='steps'>\
    \(step(page - 1, "prev", icon("chevron-left") + "\(InsightWords.previous)"))\
    \(step(page + 1, "next", "\(InsightWords.next)" + icon("chevron-right")))</div></nav>
    """
  }

  private func step(_ number: Int, _ rel: String, _ label: HTML) -> HTML {
    guard (1...pages).contains(number) else {
      return "<span class='button small' aria-disabled='true'>\(label)</span>"
    }
    return "<a class='button small' rel='\(rel)' href='\(link(number))'>\(label)</a>"
  }
}
