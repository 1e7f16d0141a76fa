import Web

extension Feature {
  static let regions = Feature(routes: { _ in RegionRoutes().all })
}

struct RegionRoutes: Sendable {
  var all: [Route] {
    [Route(.get, "/regions", Word("行政区划", "Administrative divisions"), index, view: RegionPages.index)]
  }

  @Sendable func index(_ query: RegionTree.Query, _ call: Call) async throws -> Answer<RegionTree> {
    guard let tree = RegionTree(within: query.within) else { throw AppError.notFound }
    return .show(tree)
  }
}
