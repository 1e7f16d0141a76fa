import Web

/// The button beside a number and the popover that gives its reason.
struct Why {
  /// Unique on the page.
  let id: String
  let title: Word
  var text: Word?
  var formula: HTML?
  var facts: [(name: Word, value: HTML)] = []
  let asOf: Word

  var html: HTML {
    """
    <button class='why' type='button' popovertarget='\(id)' aria-label='\(WhyWords.label(title))'>\(icon("question"))</button>
    <div class='why-card' id='\(id)' popover>
      <h3>\(title)</h3>
      \(text.map { "<p>\($0)</p>" })
      \(formula.map { "<p class='formula'>\($0)</p>" })
      \(facts.isEmpty ? nil : "<dl class='facts'>\(facts.html { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" })</dl>")
      <p class='as-of'>\(asOf)</p>
    </div>
    """
  }
}
