import Analytics
import Store

extension Standing: Hashable {
  func hash(into hasher: inout Hasher) {
    hasher.combine(valueClass)
    hasher.combine(recencyScore)
    hasher.combine(frequencyScore)
    hasher.combine(monetaryScore)
    hasher.combine(segment)
  }
}

/// The standings that differ from those of the customers.
struct StandingChanges: Sendable {
  let run: StandingRun
  /// Customers by what they shall be; many share a standing.
  let customers: [Standing: [Int64]]

  /// Analyses everybody and compares with what is written.
  static func find(today: Day, currency: String, at now: Instant, in tx: Transaction) throws
    -> StandingChanges
  {
    let abc = try Analysis.run(.standard(.abc), today: today, .system, in: tx)
    let rfm = Analysis(.standard(.rfm), asOf: abc.asOf, abc.columns)
    var changed: [Standing: [Int64]] = [:]
    var places = (abc: 0, rfm: 0)
    // All three are in the order of ids.
    try tx.each(
      """
      SELECT customer_id, recency_score, frequency_score, monetary_score, value_class, segment FROM customer_total
      ORDER BY customer_id
      """
    ) { row in
      let id = row.integer(0)
      let due = Standing.next(id, abc, rfm, &places)
      let present = Standing(
        valueClass: try row[4], recencyScore: Int(row.integer(1)), frequencyScore: Int(row.integer(2)),
        monetaryScore: Int(row.integer(3)), segment: try row[5])
      if due != present { changed[due, default: []].append(id) }
    }
    return StandingChanges(run: StandingRun(abc, rfm, currency: currency, at: now), customers: changed)
  }
}

extension StandingChanges {
  typealias Part = (standing: Standing, customers: [Int64])

  /// The same in portions of so many customers.
  func batches(of size: Int) -> [[Part]] {
    var batches: [[Part]] = []
    var batch: [Part] = []
    var room = size
    for (standing, customers) in customers {
      var rest = customers[...]
      while !rest.isEmpty {
        batch.append((standing, Array(rest.prefix(room))))
        rest = rest.dropFirst(room)
        room -= batch.last?.customers.count ?? 0
        guard room == 0 else { continue }
        batches.append(batch)
        (batch, room) = ([], size)
      }
    }
    return batch.isEmpty ? batches : batches + [batch]
  }
}

extension Standing {
  /// What an analysis makes of a customer, going forward through both.
  fileprivate static func next(
    _ id: Int64, _ abc: Analysis, _ rfm: Analysis, _ places: inout (abc: Int, rfm: Int)
  ) -> Standing {
    var standing = Standing.none
    places.abc = abc.columns.place(of: id, from: places.abc)
    places.rfm = rfm.columns.place(of: id, from: places.rfm)
    if let outcome = abc.abc, abc.columns.holds(id, at: places.abc) {
      standing.valueClass = outcome.standings[places.abc].valueClass.rawValue
    }
    if let outcome = rfm.rfm, rfm.columns.holds(id, at: places.rfm) {
      let score = outcome.scores[places.rfm]
      standing.recencyScore = score.r
      standing.frequencyScore = score.f
      standing.monetaryScore = score.m
      standing.segment = score.segment.rawValue
    }
    return standing
  }

  /// Writes this standing to customers.
  func write(to customers: [Int64], in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE customer_total SET value_class = \(valueClass), recency_score = \(recencyScore),
        frequency_score = \(frequencyScore), monetary_score = \(monetaryScore), segment = \(segment)
      WHERE customer_id IN \(in: customers)
      """)
  }
}

extension PurchaseColumns {
  /// The first place at or after `start` whose id is not below `id`.
  fileprivate func place(of id: Int64, from start: Int) -> Int {
    var place = start
    while place < ids.count, ids[place] < id { place += 1 }
    return place
  }

  fileprivate func holds(_ id: Int64, at place: Int) -> Bool { place < ids.count && ids[place] == id }
}
