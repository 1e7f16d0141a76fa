import Store
import Web

/// The ways on from a page of a list.
enum Pager {
  static func steps<Item>(_ slice: Slice<Item>, fields: Fields, path: String) -> HTML {
    guard slice.previous != nil || slice.next != nil else { return .empty }
    return """
      <nav class='pager' aria-label='\(Word("翻页", "Pages"))'><span></span><div class='steps'>
        \(step(slice.previous, Word("上一页", "Previous"), "prev", fields, path))
        \(step(slice.next, Word("下一页", "Next"), "next", fields, path))
      </div></nav>
      """
  }

  private static func step(
    _ position: Position?, _ word: Word, _ relation: StaticString, _ fields: Fields, _ path: String
  ) -> HTML {
    guard let position else { return "<span class='button small' aria-disabled='true'>\(word)</span>" }
    let link = fields.with("position", position.description).link(path)
    return "<a class='button small' rel='\(relation)' href='\(link)'>\(word)</a>"
  }
}
