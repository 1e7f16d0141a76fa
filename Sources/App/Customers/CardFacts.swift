import Store
import Web

/// The left side of the data card: who they are and how to reach them.
enum CardFacts {
  private typealias Words = CustomerWords

  static func facts(_ card: CustomerCard) -> HTML {
    let facts = card.facts
    let texts: [(Word, String?)] =
      [
        (Words.wechat, facts.wechat), (Words.region, card.region), (Words.address, facts.address),
        (Words.industry, facts.industry), (Words.employer, facts.employer), (Words.occupation, facts.occupation),
        (Words.birthday, facts.birthday), (Words.interests, facts.interests), (Words.source, facts.source),
        (Words.description, facts.description),
      ] + (facts.fields ?? []).map { (Word(same: $0.name ?? ""), $0.value) }
    return """
      <section class='panel'><header><h2>\(CardWords.facts)</h2><a href='/customers/\(card.id)/edit'>\(CardWords.edit)</a></header>
      <div class='body'><dl class='facts'>
        \(card.phones.html { "<dt>\(Words.phones)</dt><dd>\(phone($0))</dd>" })
        \(facts.email.flatMap { $0.isEmpty ? nil : "<dt>\(Words.email)</dt><dd><a href='mailto:\($0)'>\($0)</a></dd>" })
        \(texts.html { word, text in
          guard let text, !text.isEmpty else { return .empty }
          return "<dt>\(word)</dt><dd>\(text)</dd>"
        })
      </dl><p class='as-of'>\(CardWords.asOf) \(card.updatedAt)</p></div></section>
      """
  }

  private static func phone(_ phone: PhoneNumber) -> HTML {
    "<a href='tel:\(phone.normal)'>\(phone.typed)</a>\(phone.note.map { " · \($0)" })"
  }

  static func contacts(_ card: CustomerCard) -> HTML {
    """
    <section class='panel'><header><h2>\(CardWords.contacts)</h2>
      <a href='/customers/\(card.id)/contacts/new'>\(CardWords.add)</a></header>
    <div class='body'>\(card.contacts.isEmpty ? "<p class='muted'>\(CardWords.noContacts)</p>" : .empty)
      <ul class='contacts'>\(card.contacts.html(contact))</ul></div></section>
    """
  }

  private static func contact(_ contact: Contact) -> HTML {
    """
    <li>\(CustomerPieces.avatar(contact.name))<span class='name'><a href='/contacts/\(contact.id)/edit'>\(contact.name)</a>
      <span class='role'>\(ContactWords.role(contact.role)) \(contact.title)</span></span>
      <span class='reach'>\(contact.phones.html { "<a href='tel:\($0.normal)'>\(icon("phone"))\($0.shown)</a>" })\
      \(contact.email.isEmpty ? .empty : "<a href='mailto:\(contact.email)'>\(icon("mail"))\(contact.email)</a>")</span></li>
    """
  }

  static func tags(_ card: CustomerCard) -> HTML {
    """
    <section class='panel' id='tags'><header><h2>\(Words.tags)</h2></header><div class='body'>
      <span class='tags'>\(card.tags.html { tag in
        """
        <span class='tag'>\(tag.name)<form method='post' action='/customers/\(card.id)/tags/\(tag.id)?_method=delete'>\
        \(HTML.formToken)<button class='link' aria-label='\(CardWords.takeOff(tag.name))'>\(icon("close"))</button></form></span>
        """
      })</span>
      <form class='form-row' method='post' action='/customers/\(card.id)/tags'>\(HTML.formToken)
        <input class='input small' name='name' required maxlength='40' aria-label='\(CardWords.newTag)' placeholder='\(CardWords.newTag)'>
        <button class='button small'>\(CardWords.add)</button></form>
    </div></section>
    """
  }
}
