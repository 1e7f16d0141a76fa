import Store
import Web

/// The bar above the list of orders: search and filters in plain words.
enum OrderFilterPieces {
  private typealias Words = OrderWords

  static func bar(_ list: OrderList) -> HTML {
    """
    <div class='list-bar'>\(seek(list.filter))
      <div class='chips scroll' role='group' aria-label='\(Words.filters)'>
        \(chosen(list).html { chip($0.fields, $0.word, $0.value, list.filter) })
        \(list.filter.period == nil ? period : .empty)
        \(list.filter.returns == true ? .empty : returns(list.filter))
      </div>
      \(list.filter.period == nil ? periods(list.filter) : .empty)
    </div>
    """
  }

  private static func seek(_ filter: OrderFilter) -> HTML {
    """
    <form class='seek' role='search' action='/orders' hx-get='/orders' hx-target='#orders' hx-select='#orders'
      hx-select-oob='#count' hx-swap='outerHTML' hx-push-url='true' hx-sync='#main:replace'
      hx-trigger='input changed delay:250ms from:find input, submit'>
      \(icon("search"))<input class='input' type='search' name='q' id='seek' value='\(filter.q)'
        aria-label='\(Words.find)' placeholder='\(Words.find)'>
      \(filter.fields.with("q", nil).pairs.html { "<input type='hidden' name='\($0.name)' value='\($0.value)'>" })
    </form>
    """
  }

  /// The conditions that hold now; taking one away takes its fields out of the address.
  private static func chosen(_ list: OrderList) -> [(fields: [String], word: Word, value: Word)] {
    let filter = list.filter
    var chosen: [([String], Word, Word)] = []
    if let period = filter.period { chosen.append((["period"], Words.date, Words.period(period))) }
    if filter.from != nil || filter.to != nil {
      chosen.append((["from", "to"], Words.date, Words.range(filter.from, filter.to)))
    }
    if filter.customer != nil {
      chosen.append((["customer"], Words.customer, Word(same: list.customerName ?? "–")))
    }
    if filter.product != nil {
      chosen.append((["product"], Words.product, Word(same: list.productName ?? "–")))
    }
    if filter.returns == true { chosen.append((["returns"], Words.kind, Words.returnsOnly)) }
    return chosen
  }

  private static func chip(_ fields: [String], _ word: Word, _ value: Word, _ filter: OrderFilter) -> HTML {
    let link = fields.reduce(filter.fields) { $0.with($1, nil) }.link("/orders")
    return """
      <a class='chip on' href='\(link)'>\(word) <b>\(value)</b>\(icon("close"))\
      <span class='aside'>\(Words.remove)</span></a>
      """
  }

  private static let period: HTML = """
    <button class='chip' type='button' popovertarget='facet-period'>\(Words.date)\(icon("chevron-down"))</button>
    """

  private static func periods(_ filter: OrderFilter) -> HTML {
    let bare = filter.fields.with("from", nil).with("to", nil)
    return """
      <div class='menu' id='facet-period' popover>\(OrderFilter.Period.allCases.html {
        "<a href='\(bare.with("period", $0.rawValue).link("/orders"))'>\(Words.period($0))</a>"
      })</div>
      """
  }

  private static func returns(_ filter: OrderFilter) -> HTML {
    "<a class='chip' href='\(filter.fields.with("returns", "true").link("/orders"))'>\(Words.returnsOnly)</a>"
  }
}
