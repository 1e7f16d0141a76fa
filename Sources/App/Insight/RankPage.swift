import Store

/// Which part of a ranking is shown: pages of so many, by their numbers.
struct RankPage {
  /// From 1.
  let page: Int
  let pages: Int
  private let size: Int

  /// More than any ranking has, at any size of its pages.
  private static let most = 10_000_000

  /// - Parameter asked: the last page stands in for one that is there no more.
  /// - Throws: ``StoreError/position`` for what no ranking ever has.
  init(_ asked: Int?, of count: Int, size: Int) throws {
    let asked = asked ?? 1
    guard (1...Self.most).contains(asked) else { throw StoreError.position }
    pages = max(1, (count + size - 1) / size)
    page = min(asked, pages)
    self.size = size
  }

  func shown<Item>(_ ranking: some Collection<Item>) -> [Item] {
    Array(ranking.dropFirst((page - 1) * size).prefix(size))
  }
}
