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

  private static let mostShown: SQL = "20"

  /// What the database tells of it.
  struct Facts: Sendable {
    /// Parts of the text, as is the limit, so that PostgreSQL plans it once.
    private enum Part: Int64 {
      case referrer, referred, intent

      var sql: SQL { ["0", "1", "2"][Int(rawValue)] }
    }

    fileprivate private(set) var hasIntent = false
    fileprivate private(set) var referrer: NamedCustomer?
    fileprivate private(set) var referred: [NamedCustomer] = []
    fileprivate private(set) var referredCount = 0

    /// Cards are asked for all the time, so all in one statement.
    static func of(_ id: Customer.ID, _ access: Access) -> Question<Facts> {
      Question<[(Part, NamedCustomer, Int)]>.map(
        """
        SELECT \(Part.referrer.sql) AS part, customer.id, customer.name, customer.sort_name, 1
        FROM customer AS brought JOIN customer ON customer.id = brought.referrer_id
        WHERE brought.id = \(id) AND \(access.customers)
        UNION ALL SELECT \(Part.referred.sql), id, name, sort_name, found FROM (
          SELECT id, name, sort_name, count(*) OVER () AS found FROM customer
          WHERE referrer_id = \(id) AND \(access.customers) ORDER BY sort_name, id LIMIT \(mostShown)) AS referred
        UNION ALL SELECT \(Part.intent.sql), 0, '', '', 1
        WHERE EXISTS (SELECT 1 FROM note WHERE customer_id = \(id) AND topic = \(Note.Topic.demand))
        ORDER BY 1, 4, 2
        """
      ) { row in
        let customer = NamedCustomer(id: try row[1], name: try row[2])
        return (Part(rawValue: row.integer(0)) ?? .intent, customer, Int(row.integer(4)))
      }
      .then { rows in
        rows.reduce(into: Facts()) { facts, row in
          switch row.0 {
          case .referrer: facts.referrer = row.1
          case .referred:
            facts.referred.append(row.1)
            facts.referredCount = row.2
          case .intent: facts.hasIntent = true
          }
        }
      }
    }
  }

  init(_ facts: Facts, purchaseDays: Int) {
    referredCount = facts.referredCount
    stage = RelationStage(hasIntent: facts.hasIntent, occasions: purchaseDays, referrals: referredCount)
    self.purchaseDays = purchaseDays
    hasIntent = facts.hasIntent
    referrer = facts.referrer
    referred = facts.referred
  }
}

extension Customer {
  /// Whether it is that one, or was brought by it, directly or by others it brought.
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
