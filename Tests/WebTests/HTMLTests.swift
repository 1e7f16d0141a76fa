import Testing

@testable import Web

@Suite struct HTMLTests {
  private let zh = Reader(language: .zh)

  private func text(_ html: HTML, _ reader: Reader? = nil) -> String {
    String(decoding: html.rendered(for: reader ?? zh), as: UTF8.self)
  }

  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "&amp;", "</textarea>",
    "\u{0}<b>", "张伟<>", "`${1}`", "]]>", "<!--", "\u{2028}",
  ]

  @Test(arguments: hostile) func textCannotLeaveItsPlace(_ hostile: String) {
    let inText = text("<p>\(hostile)</p>")
    #expect(inText.hasPrefix("<p>") && inText.hasSuffix("</p>"))
    #expect(!inText.dropFirst(3).dropLast(4).contains { "<>\"'\0".contains($0) })
    for attribute in [text("<a title='\(hostile)'>"), text("<a title=\"\(hostile)\">")] {
      #expect(!attribute.dropFirst(10).dropLast(2).contains { "<>\"'\0".contains($0) })
    }
    let unquoted = text("<a title=\(hostile)>")
    #expect(unquoted.hasPrefix("<a title=\"") && unquoted.hasSuffix("\">"))
    #expect(!unquoted.dropFirst(10).dropLast(2).contains { "<>\"'".contains($0) })
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " java\nscript:alert(1)", "\u{1}javascript:x", "data:text/html,x",
    "vbscript:x", "//evil.example/x", "/\\evil.example", "file:///etc/passwd", "blob:x",
  ])
  func addressesCannotRunCodeOrLeave(_ address: String) {
    for attribute in ["href", "src", "action", "formaction", "hx-get", "hx-post"] {
      var interpolation = HTML.Interpolation(literalCapacity: 0, interpolationCount: 1)
      interpolation.appendLiteral("<a \(attribute)='")
      interpolation.appendInterpolation(address)
      interpolation.appendLiteral("'>")
      #expect(text(HTML(stringInterpolation: interpolation)) == "<a \(attribute)='#'>")
    }
  }

  @Test(arguments: ["javascript:alert(1)", "//evil.example/x"])
  func addressesAreLookedAtInPiecesToo(_ address: String) {
    let piece: HTML = "\(address)"
    #expect(text("<a href='\(piece)'>") == "<a href='#'>")
    #expect(text("<a href='\(true ? "\(address)" : "/")'>") == "<a href='#'>")
    #expect(text("<a title='\(piece)'>") == "<a title='\(address)'>")
  }

  /// A literal in an interpolation is markup like the one around it; only what it holds is escaped.
  @Test func literalsWithinAreMarkup() {
    let (name, none) = (Optional("<x>"), Optional<String>.none)
    #expect(text("\(name == nil ? "" : "<b>\(name)</b>")") == "<b>&lt;x&gt;</b>")
    #expect(text("\(name.map { "<i>\($0)</i>" })\(none.map { "<i>\($0)</i>" })") == "<i>&lt;x&gt;</i>")
    #expect(text("\(["<", ">"].map { "<li>\($0)" })") == "<li>&lt;<li>&gt;")
    #expect(text("<p>\(none ?? "&")</p>") == "<p>&amp;</p>")
    let id = Optional("0CX\"")
    #expect(text("<a href='/new\(id.map { "?return_of=\($0)" } ?? "")'>") == "<a href='/new?return_of=0CX&quot;'>")
  }

  @Test(arguments: [
    "/customers", "/customers?q=a:b", "#top", "https://example.cn/a", "mailto:a@b.cn", "tel:+8610", "customers/1",
  ])
  func plainAddressesStay(_ address: String) {
    #expect(text("<a href='\(address)'>") == "<a href='\(address)'>")
  }

  @Test func wordsSpeakTheReadersLanguage() {
    let html: HTML = "<b title='\(Word("名'称", "Na'me"))'>\(Word("客户<", "Customer<"))</b>\(Count(1234567))"
    #expect(text(html) == "<b title='名&#39;称'>客户&lt;</b>1,234,567")
    #expect(text(html, Reader(language: .en)) == "<b title='Na&#39;me'>Customer&lt;</b>1,234,567")
  }

  @Test func piecesKeepTheirWordsInPlace() {
    let row: HTML = "<i>\(Word("甲", "a"))</i>"
    let all: HTML = "<p>\([row, row])\(row)x\(Optional<HTML>.none)</p>" + row
    #expect(text(all) == "<p><i>甲</i><i>甲</i><i>甲</i>x</p><i>甲</i>")
  }

  @Test func dataForScriptsCannotEndTheScript() {
    let json = text("<script type='application/json'>\(json: ["</script><b>&": 1])</script>")
    #expect(json == "<script type='application/json'>{\"\\u003c/script>\\u003cb>\\u0026\":1}</script>")
  }

  @Test func flagsStandOnlyWhenTrue() {
    #expect(text("<input\(" checked", if: true)>") == "<input checked>")
    #expect(text("<input\(" checked", if: false)>") == "<input>")
  }
}
