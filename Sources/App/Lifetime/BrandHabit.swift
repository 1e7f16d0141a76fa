import Analytics
import Store

/// Which brands a customer bought of the category bought most often, of those in which several brands are sold.
struct BrandHabit: Codable, Equatable, Sendable {
  struct Share: Codable, Equatable, Sendable {
    let brand: String
    let purchases: Int
  }

  let category: String
  let pattern: BrandPattern
  /// The brand bought most often first.
  let shares: [Share]

  /// A brand in an order, once.
  struct Purchase: Hashable, Sendable {
    let order: Int64
    let category: String
    let brand: String

    /// Orders that are looked at: habits of long ago are no more. Part of the text, so that PostgreSQL plans it once.
    private static let mostOrders: SQL = "100"

    /// In the order of time, and the categories in which there was a choice. Cards are asked for all the time, so all in
    /// one statement.
    static func of(_ id: Customer.ID, until day: Day) -> Question<([Purchase], choices: Set<String>)> {
      let rows: Question<[Purchase]> = .map(
        """
        WITH bought AS MATERIALIZED (
          SELECT latest.id, product.category, product.brand, latest.ordered_on, sales_order_line.position FROM (
            SELECT id, ordered_on FROM sales_order
            WHERE customer_id = \(id) AND ordered_on <= \(day) AND \(Order.isPurchase)
            ORDER BY ordered_on DESC, id DESC LIMIT \(mostOrders)) AS latest
          CROSS JOIN sales_order_line JOIN product ON product.id = sales_order_line.product_id
          WHERE sales_order_line.order_id = latest.id AND product.category > '' AND product.brand > ''
            AND sales_order_line.amount >= 0 AND sales_order_line.quantity >= 0)
        SELECT * FROM bought
        UNION ALL SELECT 0, category, '', '', 0 FROM product
        WHERE category IN (SELECT category FROM bought) AND brand > '' GROUP BY category HAVING min(brand) < max(brand)
        ORDER BY 4, 1, 5
        """
      ) { Purchase(order: $0.integer(0), category: try $0[1], brand: try $0[2]) }
      return rows.then { rows in
        (rows.filter { !$0.brand.isEmpty }, Set(rows.filter(\.brand.isEmpty).map(\.category)))
      }
    }
  }

  /// Nil where no category was bought often enough to tell.
  /// - Parameters:
  ///   - purchases: in the order of time; lines of one order may repeat a brand.
  ///   - choices: categories in which several brands are sold.
  init?(_ purchases: [Purchase], choices: Set<String>) {
    var seen: Set<Purchase> = []
    let chosen = purchases.filter { choices.contains($0.category) && seen.insert($0).inserted }
    let categories = Dictionary(grouping: chosen, by: \.category)
    let most = categories.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let (category, bought) = most else { return nil }
    let shares = Dictionary(grouping: bought, by: \.brand).map { Share(brand: $0, purchases: $1.count) }
      .sorted { ($1.purchases, $0.brand) < ($0.purchases, $1.brand) }
    let numbers = Dictionary(uniqueKeysWithValues: zip(shares.map(\.brand), Int64(0)...))
    guard let pattern = BrandPattern(bought.compactMap { numbers[$0.brand] }) else { return nil }
    (self.category, self.pattern, self.shares) = (category, pattern, shares)
  }
}
