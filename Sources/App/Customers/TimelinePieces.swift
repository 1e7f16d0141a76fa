import Store
import Web

/// The middle of the data card: all that happened, newest first.
enum TimelinePieces {
  static func panel(_ card: CustomerCard) -> HTML {
    """
    <section class='panel' id='story'><header><h2>\(CardWords.story)</h2></header>
    <div class='body'>
      <ol class='timeline' id='timeline'>
        \(card.pinned.html { note($0, customer: card.id) })
        \(entries(card))
        \(card.timeline.entries.isEmpty && card.pinned.isEmpty ? "<li class='muted'>\(CardWords.noStory)</li>" : .empty)
      </ol>
    </div>
    \(card.timeline.earlier.map { day in
      """
      <footer><a class='button quiet' href='/customers/\(card.id)?before=\(day.description)#story' rel='next'>\
      \(CardWords.earlier)</a></footer>
      """
    })
    </section>
    """
  }

  private static func entries(_ card: CustomerCard) -> HTML {
    var html = HTML.empty
    var month = ""
    for entry in card.timeline.entries where entry.note?.isPinned != true {
      let name = String(entry.day.description.prefix(7))
      if name != month {
        html += "<li class='day'>\(CardWords.month(entry.day))</li>"
        month = name
      }
      if let written = entry.note { html += note(written, customer: card.id) }
      if let order = entry.order { html += line(order) }
    }
    return html
  }

  private static func note(_ note: NoteView, customer: Customer.ID) -> HTML {
    let pin = note.isPinned ? NoteWords.unpin : NoteWords.pin
    return """
      <li class='entry note\(note.isPinned ? " pinned" : "")' id='note-\(note.id)'>
        <span class='dot'>\(note.isPinned ? icon("star") : NoteWords.icon(note.kind))</span>
        <div><header><span class='what'>\(NoteWords.kind(note.kind))\
        \(note.topic == .none ? .empty : " · \(NoteWords.topic(note.topic))")</span>
          <span class='by'>\(note.author) · \(note.happenedAt)</span>
          <button class='button quiet small icon-only' type='button' popovertarget='note-menu-\(note.id)' aria-label='\(CardWords.more)'>\(icon("more"))</button>
          <div class='menu end' id='note-menu-\(note.id)' popover>
            <form method='post' action='/notes/\(note.id)/pin\(note.isPinned ? "?_method=delete" : "")'>\(HTML.formToken)<button>\(icon("pin"))\(pin)</button></form>
            <a href='/notes/\(note.id)/edit'>\(icon("edit"))\(CardWords.edit)</a>
            <form method='post' action='/notes/\(note.id)?_method=delete'>\(HTML.formToken)<button>\(icon("trash"))\(CardWords.delete)</button></form>
          </div></header>
          <p class='text'>\(note.text)</p></div>
      </li>
      """
  }

  private static let linesShown = 4

  private static func line(_ order: Timeline.OrderEntry) -> HTML {
    let shown = order.lines.prefix(linesShown)
    let more = order.lines.count > linesShown ? "…" : ""
    let lines = Word(shown.joined(separator: "，") + more, shown.joined(separator: ", ") + more)
    return """
      <li class='entry \(order.isReturn ? "return" : "order")'><span class='dot'>\(icon(order.isReturn ? "undo" : "orders"))</span>
        <div><header><span class='what'><a href='/orders/\(order.id)'>\(order.isReturn ? CardWords.goodsBack : CardWords.order) \(order.number)</a></span>
          <span class='by'>\(order.orderedOn) · \(Ago(order.orderedOn))</span><span class='money'>\(order.amount)</span></header>
        \(shown.isEmpty ? .empty : "<p class='lines'>\(lines)</p>")
        \(order.note.isEmpty ? .empty : "<p class='text'>\(order.note)</p>")</div></li>
      """
  }
}
