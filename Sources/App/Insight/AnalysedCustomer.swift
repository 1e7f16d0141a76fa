import Analytics
import Store
import Web

/// One customer with inputs and result. What a method does not have is absent.
struct AnalysedCustomer: Codable, Equatable, Sendable {
  let id: Customer.ID
  let name: String
  var outsideId: String?
  /// Place among all in the analysis, 1 for the greatest value.
  var rank: Int
  var value: Figure
  var share: Double?
  var shareBefore: Double?
  var cumulativeShare: Double?
  var `class`: ValueClass?
  var lastOn: Day?
  var recency: Int?
  var frequency: Int?
  var r: Int?
  var f: Int?
  /// Of money, or for RFA of quantity.
  var m: Int?
  var segment: RFMSegment?
}

extension AnalysedCustomer {
  /// The customers at these places of a ranking, with their names of now. Whoever is gone meanwhile is left out.
  static func list(
    _ analysis: Analysis, ranks: [Int], currency: String, _ access: Access, in tx: Transaction
  ) throws -> [AnalysedCustomer] {
    let unit = analysis.parameters.unit(currency)
    let places = ranks.map { (rank: $0 + 1, index: analysis.ranking[$0]) }
    let names = try AnalysedName.find(places.map { analysis.columns.ids[$0.index] }, access, in: tx)
    return places.compactMap { place in
      names[analysis.columns.ids[place.index]].map { name in
        AnalysedCustomer(name, analysis, place.index, rank: place.rank, unit)
      }
    }
  }

  private init(_ name: AnalysedName, _ analysis: Analysis, _ index: Int, rank: Int, _ unit: Figure.Unit) {
    self.init(
      id: name.id, name: name.name, outsideId: name.outsideId, rank: rank,
      value: Figure(analysis.columns.values[index], unit))
    switch analysis.outcome {
    case .abc(let abc):
      let standing = abc.standings[index]
      share = standing.cumulativeShare - standing.shareBefore
      shareBefore = standing.shareBefore
      cumulativeShare = standing.cumulativeShare
      `class` = standing.valueClass
    case .rfm(let rfm):
      let score = rfm.scores[index]
      lastOn = Day(number: analysis.columns.lastDays[index])
      recency = analysis.columns.recency(index, asOf: analysis.asOf)
      frequency = analysis.columns.occasions[index]
      (r, f, m) = (score.r, score.f, score.m)
      segment = score.segment
    }
  }
}

/// What a list shows of a customer.
struct AnalysedName: Codable, Sendable {
  let id: Customer.ID
  let name: String
  let outsideId: String?

  static func find(_ ids: [Int64], _ access: Access, in tx: Transaction) throws -> [Int64: AnalysedName] {
    let found: [AnalysedName] = try tx.all(
      "SELECT id, name, outside_id FROM customer WHERE id IN \(in: ids) AND \(access.customers)")
    return Dictionary(found.map { ($0.id.raw, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// A part of an analysis: a class, a cell of the grid, a segment. Everything given must hold.
struct Selection: Codable, Equatable, Sendable {
  var `class`: ValueClass?
  var r: Int?
  var f: Int?
  var m: Int?
  var segment: RFMSegment?

  /// Positions in the ranking, best first.
  func ranks(in analysis: Analysis) -> [Int] {
    analysis.ranking.indices.filter { holds(analysis.ranking[$0], analysis) }
  }

  private func holds(_ index: Int, _ analysis: Analysis) -> Bool {
    switch analysis.outcome {
    case .abc(let abc): `class` == nil || abc.standings[index].valueClass == `class`
    case .rfm(let rfm): holds(rfm.scores[index])
    }
  }

  private func holds(_ score: RFM.Score) -> Bool {
    guard r == nil || r == score.r, f == nil || f == score.f, m == nil || m == score.m else { return false }
    return segment == nil || segment == score.segment
  }

  /// As fields of an address.
  var fields: [(name: String, value: String)] {
    let numbers = [("r", r), ("f", f), ("m", m)].compactMap { field in
      field.1.map { (name: field.0, value: "\($0)") }
    }
    let names = [("class", `class`?.rawValue), ("segment", segment?.rawValue)].compactMap { field in
      field.1.map { (name: field.0, value: $0) }
    }
    return names + numbers
  }
}
