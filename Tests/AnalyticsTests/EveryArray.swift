/// All arrays of the given values with 0 to `length` elements, for checking exhaustively on small cases.
func everyArray(of values: ClosedRange<Int64>, upTo length: Int) -> [[Int64]] {
  var longest: [[Int64]] = [[]]
  var all = longest
  for _ in 0..<length {
    longest = longest.flatMap { start in values.map { start + [$0] } }
    all += longest
  }
  return all
}
