import Analytics
import Store
import Web

/// The bar above the customer list: search and filters in plain words.
enum CustomerFilterPieces {
  /// One thing the list can be narrowed by.
  private struct Facet {
    let field: String
    let word: Word
    let choices: [(value: String, name: Word)]
    let chosen: String?
  }

  static func bar(_ list: CustomerList) -> HTML {
    let all = facets(list)
    return """
      <div class='list-bar'>
        <form class='seek' role='search' action='/customers' hx-get='/customers' hx-target='#customers'
          hx-select='#customers' hx-select-oob='#count' hx-swap='outerHTML' hx-push-url='true' hx-sync='#main:replace'
          hx-trigger='input changed delay:250ms from:find input, submit'>
          \(icon("search"))<input class='input' type='search' name='q' id='seek' value='\(list.filter.q)'
            aria-label='\(CustomerWords.find)' placeholder='\(CustomerWords.find)'>
          \(list.filter.fields.with("q", nil).pairs.html {
            "<input type='hidden' name='\($0.name)' value='\($0.value)'>"
          })
        </form>
        <div class='chips scroll' role='group' aria-label='\(CustomerWords.filters)'>
          \(all.filter { $0.chosen != nil }.html { chosen($0, list.filter) })
          \(all.filter { $0.chosen == nil && !$0.choices.isEmpty }.html { opener($0) })
        </div>
        \(all.filter { $0.chosen == nil }.html { menu($0, list.filter) })
      </div>
      """
  }

  private static func facets(_ list: CustomerList) -> [Facet] {
    let filter = list.filter
    func same(_ choices: [CustomerList.Choice]) -> [(String, Word)] { choices.map { ($0.value, Word(same: $0.name)) } }
    return [
      Facet(
        field: "value_class", word: CustomerWords.valueClass,
        choices: ValueClass.allCases.map { ($0.rawValue, CustomerWords.classed($0.rawValue)) },
        chosen: filter.valueClass?.rawValue),
      Facet(
        field: "segment", word: CustomerWords.segment,
        choices: RFMSegment.allCases.map { ($0.rawValue, SegmentWords.name($0)) }, chosen: filter.segment?.rawValue),
      Facet(
        field: "bought", word: CustomerWords.lastOrder,
        choices: CustomerFilter.Bought.allCases.map { ($0.rawValue, CustomerWords.bought($0)) },
        chosen: filter.bought?.rawValue),
      Facet(field: "region", word: CustomerWords.region, choices: same(list.regions), chosen: filter.region),
      Facet(
        field: "owner", word: CustomerWords.owner, choices: same(list.owners), chosen: filter.owner?.description),
      Facet(field: "tag", word: CustomerWords.tags, choices: same(list.tags), chosen: filter.tag?.description),
      Facet(
        field: "kind", word: CustomerWords.kind,
        choices: Customer.Kind.allCases.map { ($0.rawValue, CustomerWords.kind($0)) }, chosen: filter.kind?.rawValue),
      Facet(
        field: "role", word: CustomerWords.roles,
        choices: Customer.Role.allCases.map { ($0.rawValue, CustomerWords.role($0)) }, chosen: filter.role?.rawValue),
    ]
  }

  private static func chosen(_ facet: Facet, _ filter: CustomerFilter) -> HTML {
    let name = facet.choices.first { $0.value == facet.chosen }?.name ?? Word(same: facet.chosen ?? "")
    return """
      <a class='chip on' href='\(filter.fields.with(facet.field, nil).link("/customers"))'>\(facet.word)\
      <b>\(name)</b>\(icon("close"))<span class='aside'>\(CustomerWords.remove)</span></a>
      """
  }

  private static func opener(_ facet: Facet) -> HTML {
    """
    <button class='chip' type='button' popovertarget='facet-\(facet.field)'>\(facet.word)\(icon("chevron-down"))</button>
    """
  }

  private static func menu(_ facet: Facet, _ filter: CustomerFilter) -> HTML {
    """
    <div class='menu' id='facet-\(facet.field)' popover>
      \(facet.choices.html { choice in
        "<a href='\(filter.fields.with(facet.field, choice.value).link("/customers"))'>\(choice.name)</a>"
      })
    </div>
    """
  }
}
