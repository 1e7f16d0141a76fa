/// Which keys lie side by side.
struct Keyboard {
  struct Step: Equatable {
    let right: Int
    let down: Int
  }

  private var places: [Unicode.Scalar: (row: Int, column: Int)] = [:]

  /// The letters and figures with what stands on the same keys, and the block of figures.
  static let all = [
    Keyboard([["1234567890-=", "!@#$%^&*()_+"], ["qwertyuiop[]\\"], ["asdfghjkl;'"], ["zxcvbnm,./"]]),
    Keyboard([["789"], ["456"], ["123"], ["0"]]),
  ]

  private init(_ rows: [[String]]) {
    for (row, layers) in rows.enumerated() {
      for (column, key) in layers.flatMap({ $0.unicodeScalars.enumerated() }) { places[key] = (row, column) }
    }
  }

  /// How a finger goes from one key to the next; nil when it must jump.
  func step(from: Unicode.Scalar, to: Unicode.Scalar) -> Step? {
    guard let from = places[from], let to = places[to] else { return nil }
    let step = Step(right: to.column - from.column, down: to.row - from.row)
    return abs(step.right) <= 1 && abs(step.down) <= 1 ? step : nil
  }
}
