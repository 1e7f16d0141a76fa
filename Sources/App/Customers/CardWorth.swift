import Store
import Web

/// The right side of the data card: what the customer is worth and why.
enum CardWorth {
  static func worth(_ card: CustomerCard) -> HTML {
    """
    <section class='panel'><header><h2>\(CardWords.worth)</h2>
      <span class='muted'>\(card.explanation.map { "\(CardWords.asOf) \($0.asOf)" })</span></header>
    \(card.explanation.map(StandingPages.worth) ?? "<div class='body'><p class='muted'>\(card.kind == .walkIn ? CardWords.nobody : CardWords.notValued)</p></div>")
    </section>
    """
  }

  static func purchases(_ card: CustomerCard) -> HTML {
    let highest = max(card.months.map(\.amount.minor).max() ?? 0, 1)
    return """
      <section class='panel'><header><h2>\(CardWords.purchases)</h2><span class='muted'>\(CardWords.byMonth)</span></header>
      <div class='body'>
      <svg class='bars' viewBox='0 0 240 71' preserveAspectRatio='none' role='img' aria-label='\(CardWords.monthsShown)'>
      \(card.months.enumerated().html { bar($1, at: $0, highest: highest) })<line x1='0' x2='240' y1='70.5' y2='70.5'/></svg>
      <p class='bars-axis'><span>\(card.months.first?.month)</span><span>\(card.months.last?.month)</span></p>
      </div></section>
      """
  }

  private static func bar(_ month: CustomerCard.Month, at index: Int, highest: Int64) -> HTML {
    let share = Double(max(month.amount.minor, 0)) / Double(highest)
    let height = month.amount.minor > 0 ? max(2, Int((share * 64).rounded())) : 0
    let style: HTML = index < CustomerCard.monthsShown - 12 ? " class='soft'" : .empty
    return """
      <rect\(style) x='\(index * 10 + 1)' y='\(70 - height)' width='8' height='\(height)'><title>\(month.month) \(month.amount)</title></rect>
      """
  }

  static func orders(_ card: CustomerCard) -> HTML {
    """
    <section class='panel'><header><h2>\(CardWords.latestOrders)</h2>
      <a href='/orders?customer=\(card.id)'>\(CardWords.allOrders(card.totals.orderCount))</a></header>
    <div class='body'><ul class='short-list'>
      \(card.latestOrders.html { order in
        """
        <li><a href='/orders/\(order.id)'>\(order.number)</a><span class='soft'>\(Ago(order.orderedOn))</span>\
        <span class='end\(order.isReturn ? " minus" : "")'>\(order.amount)</span></li>
        """
      })
      \(card.latestOrders.isEmpty ? "<li class='muted'>\(CardWords.noOrders)</li>" : .empty)
    </ul></div></section>
    """
  }
}
