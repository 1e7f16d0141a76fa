import CAssets
import Foundation

/// The words that people make passwords of, in the binary: a line each in the order of bytes, with ten times the decimal
/// logarithm of its place among guesses. Made by `scripts/passwords`; without it the rules of ``GuessEstimate`` remain.
/// Looked up where it lies, so that it takes no memory.
enum CommonWords {
  private static let newline = UInt8(ascii: "\n")

  /// The decimal logarithm of a word's place among guesses; nil for one that is not in the list.
  static func magnitude(_ word: ArraySlice<UInt8>) -> Double? {
    var rest = list[...]
    while !rest.isEmpty {
      let line = line(around: rest.startIndex + rest.count / 2)
      let fields = line.split(separator: UInt8(ascii: "\t"))
      guard let found = fields.first else { return nil }
      if found.elementsEqual(word) {
        return fields.last.flatMap { Double(String(decoding: $0, as: UTF8.self)) }.map { $0 / 10 }
      }
      rest =
        found.lexicographicallyPrecedes(word)
        ? rest[min(line.endIndex + 1, rest.endIndex)...] : rest[..<max(line.startIndex, rest.startIndex)]
    }
    return nil
  }

  private static func line(around place: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let start = list[..<place].lastIndex(of: newline).map { $0 + 1 } ?? list.startIndex
    return list[start..<(list[place...].firstIndex(of: newline) ?? list.endIndex)]
  }

  nonisolated(unsafe) private static let list: UnsafeBufferPointer<UInt8> = {
    for index in 0..<guanxi_asset_count() {
      guard let asset = guanxi_asset_at(index)?.pointee, String(cString: asset.name) == "data/passwords.txt" else {
        continue
      }
      return UnsafeBufferPointer(start: asset.bytes, count: asset.count)
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }()
}
