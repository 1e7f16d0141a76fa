import Analytics
import Store
import Web

/// The customer data card.
enum CustomerCardPages {
  private typealias Words = CardWords

  static func show(_ card: CustomerCard, _: Problems) -> Page {
    Page(
      Word(same: card.name),
      """
      \(head(card))
      <div class='card'>
        <div class='stack value-side'>\(CardWorth.worth(card))\(card.forecast.map { CardForecastPages.panel($0, of: card.id) })</div>
        <div class='stack story'>\(entryBox(card.id))\(TimelinePieces.panel(card))</div>
        <div class='stack facts-side'>\(CardFacts.facts(card))\(CardFacts.contacts(card))\(RelationPages.panel(card.relation, of: card.id))\(CardFacts.tags(card))</div>
        <div class='stack history-side'>\(CardWorth.purchases(card))\(CardWorth.orders(card))</div>
      </div>
      \(confirmDelete(card))
      """)
  }

  private static func head(_ card: CustomerCard) -> HTML {
    """
    <header class='card-head'>
      \(CustomerPieces.avatar(card.name, large: true))
      <div class='who'>
        <h1>\(card.name) \(CustomerPieces.valueClass(card.standing.valueClass))
          \(RFMSegment(rawValue: card.standing.segment).map { "<span class='badge info'>\(SegmentWords.name($0))</span>" })</h1>
        <p class='line'>
          <span>\(icon(card.kind == .company ? "building" : "person"))\(CustomerWords.kind(card.kind))\
          \(card.roles.html { " · \(CustomerWords.role($0))" })</span>
          \(card.owner.isEmpty ? .empty : "<span>\(icon("person"))\(CustomerWords.owner) \(card.owner)</span>")
          \(card.region.isEmpty ? .empty : "<span>\(icon("pin"))\(card.region)</span>")
          \(card.facts.outsideId.map { "<span class='muted'>\(CustomerWords.number) \($0)</span>" })
        </p>
      </div>
      <div class='actions'>
        \(card.phones.first.map { "<a class='button' href='tel:\($0.normal)'>\(icon("phone"))\(Words.call)</a>" })
        <a class='button' href='/customers/\(card.id)/edit' data-key='e'>\(icon("edit"))\(Words.edit)</a>
        <button class='button icon-only' type='button' popovertarget='card-menu' aria-label='\(Words.more)'>\(icon("more"))</button>
        <div class='menu end' id='card-menu' popover>
          <a href='/orders/new?customer=\(card.id)'>\(icon("orders"))\(Words.newOrder)</a>
          <a href='/customers/\(card.id)/contacts/new'>\(icon("person"))\(Words.addContact)</a>
          <button type='button' data-print>\(icon("print"))\(Words.print)</button>
          <hr>
          <button type='button' data-dialog='confirm-delete'>\(icon("trash"))\(Words.delete)</button>
        </div>
      </div>
    </header>
    """
  }

  /// Quick entry: what was said, over which channel, what it tells of the customer.
  private static func entryBox(_ id: Customer.ID) -> HTML {
    """
    <form class='panel entry-box' method='post' action='/customers/\(id)/notes' data-draft='note:\(id)'>
      \(HTML.formToken)
      <textarea name='text' rows='2' required aria-label='\(Words.write)' placeholder='\(Words.writeHint)' data-submit-keys></textarea>
      <footer>
        <span class='kinds' role='radiogroup' aria-label='\(CustomerWords.kind)'>
          \(Note.Kind.allCases.html { kind in
            """
            <label><input type='radio' name='kind' value='\(kind.rawValue)'\(" checked", if: kind == .note)>\
            \(NoteWords.icon(kind))\(NoteWords.kind(kind))</label>
            """
          })
        </span>
        <select class='input small' name='topic' aria-label='\(NoteWords.topic)'>
          \(Note.Topic.allCases.html { "<option value='\($0.rawValue)'>\(NoteWords.topic($0))</option>" })
        </select>
        <input class='input small' type='date' name='happened_on' aria-label='\(NoteWords.happenedOn)' title='\(NoteWords.happenedOn)'>
        <button class='button primary small'>\(Words.record)</button>
      </footer>
    </form>
    """
  }

  private static func confirmDelete(_ card: CustomerCard) -> HTML {
    """
    <dialog class='dialog' id='confirm-delete' aria-labelledby='confirm-delete-title'>
      <header><h2 id='confirm-delete-title'>\(Words.deleteNamed(card.name))</h2></header>
      <div class='body'><p>\(card.totals.orderCount > 0 ? CustomerWords.hasOrders : Words.deleteWhat)</p></div>
      <footer><form method='dialog'><button class='button' autofocus>\(CustomerWords.cancel)</button></form>
        \(card.totals.orderCount > 0 ? .empty : """
          <form method='post' action='/customers/\(card.id)?_method=delete'>\(HTML.formToken)
          <button class='button danger primary'>\(Words.delete)</button></form>
          """)
      </footer>
    </dialog>
    """
  }

  /// The small card that comes up over a name.
  static func peek(_ card: CustomerCard, _: Problems) -> Page {
    Page(
      Word(same: card.name),
      """
      <div class='peek'><header>\(CustomerPieces.avatar(card.name, large: true))<div>
        <h3>\(card.name) \(CustomerPieces.valueClass(card.standing.valueClass))</h3>
        <p>\(RFMSegment(rawValue: card.standing.segment).map(SegmentWords.name)) \(card.region)</p></div></header>
      <dl class='facts'>
        <dt>\(CustomerWords.amount)</dt><dd>\(card.amount)</dd>
        <dt>\(CustomerWords.orders)</dt><dd>\(Count(card.totals.orderCount))</dd>
        <dt>\(CustomerWords.lastOrder)</dt><dd>\(Day(card.totals.lastOn).map(Ago.init))</dd>
        <dt>\(CustomerWords.owner)</dt><dd>\(card.owner)</dd>
        <dt>\(CustomerWords.phones)</dt><dd>\(card.phones.first?.shown)</dd>
      </dl></div>
      """)
  }
}
