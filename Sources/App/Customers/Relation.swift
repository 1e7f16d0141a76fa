import Analytics
import Store
import Web

/// How far the relation with a customer has come, who brought it, and whom it brought.
struct Relation: Codable, Equatable, Sendable {
  let stage: RelationStage
  /// Days with a purchase.
  let purchaseDays: Int
  /// Whether a note tells something that is wanted.
  let hasIntent: Bool
  let referrer: NamedCustomer?
  /// The first of those it brought, by name, and how many they are.
  let referred: [NamedCustomer]
  let referredCount: Int

  static let mostShown = 20

  /// What the database tells of it.
  struct Facts: Sendable {
    fileprivate let hasIntent: Bool
    fileprivate let referrer: NamedCustomer?
    fileprivate let referred: [(customer: NamedCustomer, count: Int)]

    static func of(_ id: Customer.ID, _ access: Access) -> Question<Facts> {
      let intent: Question<Bool> = .exists(
        "SELECT 1 FROM note WHERE customer_id = \(id) AND topic = \(Note.Topic.demand)")
      let referrer: Question<[NamedCustomer]> = .all(
        """
        SELECT customer.id, customer.name FROM customer AS brought JOIN customer ON customer.id = brought.referrer_id
        WHERE brought.id = \(id) AND \(access.customers)
        """)
      let referred: Question<[(NamedCustomer, Int)]> = .map(
        """
        SELECT id, name, count(*) OVER () FROM customer WHERE referrer_id = \(id) AND \(access.customers)
        ORDER BY sort_name, id LIMIT \(mostShown)
        """
      ) { (NamedCustomer(id: try $0[0], name: try $0[1]), Int($0.integer(2))) }
      return intent.and(referrer).and(referred).then { known, referred in
        Facts(hasIntent: known.0, referrer: known.1.first, referred: referred)
      }
    }
  }

  init(_ facts: Facts, purchaseDays: Int) {
    referredCount = facts.referred.first?.count ?? 0
    stage = RelationStage(hasIntent: facts.hasIntent, occasions: purchaseDays, referrals: referredCount)
    self.purchaseDays = purchaseDays
    hasIntent = facts.hasIntent
    referrer = facts.referrer
    referred = facts.referred.map(\.customer)
  }
}

extension Customer {
  /// Whether this one, or somebody it brought, down the chain, brought a customer.
  func wasBrought(by id: ID, in tx: Transaction) throws -> Bool {
    var (next, seen): (ID?, Set<ID>) = (self.id, [])
    while let current = next, seen.insert(current).inserted {
      if current == id { return true }
      next = try tx.value("SELECT referrer_id FROM customer WHERE id = \(current)")
    }
    return false
  }
}

/// The panel of the data card that shows it.
enum RelationPages {
  private typealias Words = RelationWords

  static func panel(_ relation: Relation, of id: Customer.ID) -> HTML {
    """
    <section class='panel' id='relation'><header><h2>\(Words.relation)</h2>
      <a href='/customers/new?referrer=\(id)'>\(Words.addReferred)</a></header><div class='body'>
      <p class='badges'><span class='badge'>\(Words.stage(relation.stage))</span>\(why(relation))</p>
      \(relation.referrer == nil && relation.referred.isEmpty ? nil : people(relation))</div></section>
    """
  }

  private static func people(_ relation: Relation) -> HTML {
    let rest = relation.referredCount - relation.referred.count
    let referred: HTML = """
      <dt>\(Words.referred)</dt><dd>\(relation.referred.html { "\(link($0)) " })\
      \(rest > 0 ? "<span class='muted'>\(Words.more(rest))</span>" : nil)</dd>
      """
    return """
      <dl class='facts'>\(relation.referrer.map { "<dt>\(CustomerWords.referrer)</dt><dd>\(link($0))</dd>" })\
      \(relation.referred.isEmpty ? nil : referred)</dl>
      """
  }

  private static func link(_ customer: NamedCustomer) -> HTML { CustomerPieces.link(customer.id, customer.name) }

  private static func why(_ relation: Relation) -> HTML {
    Why(
      id: "why-relation", title: Words.relation, text: Words.stageText,
      facts: [
        (LifetimeWords.purchaseDays, "\(Count(relation.purchaseDays))"),
        (Words.intent, "\(relation.hasIntent ? Words.isNoted : Words.isNotNoted)"),
        (Words.referred, "\(Count(relation.referredCount))"),
      ], asOf: Words.asOfNow
    ).html
  }
}
