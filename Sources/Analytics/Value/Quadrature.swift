/// Gauss–Legendre quadrature with ten nodes a panel: exact for polynomials of degree 19.
///
/// Source: Abramowitz & Stegun 25.4.30, nodes and weights from table 25.4.
enum GaussLegendre {
  /// Calls `visit` with every node and its weight for an integral from `lower` to `upper` in `panels` equal parts.
  @inline(__always)
  static func forEachNode(
    from lower: Double, to upper: Double, panels: Int, _ visit: (_ node: Double, _ weight: Double) -> Void
  ) {
    let half = (upper - lower) / Double(2 * panels)
    for panel in 0..<panels {
      let middle = lower + half * Double(2 * panel + 1)
      for index in 0..<5 {
        visit(middle - half * nodes[index], half * weights[index])
        visit(middle + half * nodes[index], half * weights[index])
      }
    }
  }

  private static let nodes = SIMD8(
    0.148874338981631211, 0.433395394129247191, 0.679409568299024406, 0.865063366688984511, 0.973906528517171720, 0, 0,
    0)
  private static let weights = SIMD8(
    0.295524224714752870, 0.269266719309996355, 0.219086362515982044, 0.149451349150580593, 0.066671344308688138, 0, 0,
    0)
}
