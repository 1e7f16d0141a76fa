import Analytics
import Store
import Web

/// What is asked of a list of customers: an analysis, a part of it, and which page.
struct CustomersQuery: Decodable, Equatable, Sendable {
  var analysis: AnalysisQuery
  var selection: Selection
  /// From 1.
  var page: Int?

  private enum CodingKeys: CodingKey { case page }

  init(from decoder: any Decoder) throws {
    analysis = try AnalysisQuery(from: decoder)
    selection = try Selection(from: decoder)
    page = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Int.self, forKey: .page)
  }
}

/// The customers of a class, a cell or a segment.
struct CustomersPage: Codable, Equatable, Sendable {
  let method: AnalysisParameters.Method
  var parameters: AnalysisQuery
  let selection: Selection
  let asOf: Day
  /// Customers in the selection, and in the whole analysis.
  let count: Int
  let outOf: Int
  /// Of the selection, not of this page alone.
  let total: Figure
  let page: Int
  let pages: Int
  let customers: [AnalysedCustomer]
}

extension CustomersPage {
  static let size = 50

  init(
    _ analysis: Analysis, _ query: CustomersQuery, currency: String, _ access: Access, in tx: Transaction
  ) throws {
    let unit = analysis.parameters.unit(currency)
    let ranks = query.selection.ranks(in: analysis)
    method = analysis.parameters.method
    parameters = query.analysis
    selection = query.selection
    asOf = analysis.asOf
    count = ranks.count
    outOf = analysis.count
    total = ranks.reduce(Figure(0, unit)) { sum, rank in
      sum + Figure(analysis.columns.values[analysis.ranking[rank]], unit)
    }
    let part = try RankPage(query.page, of: ranks.count, size: Self.size)
    (page, pages) = (part.page, part.pages)
    customers = try AnalysedCustomer.list(
      analysis, ranks: part.shown(ranks), currency: currency, access, in: tx)
  }
}
