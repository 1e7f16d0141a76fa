/// The texts of a workbook, which its cells name by number. Kept in a file, each after its length: there can be millions.
final class SharedStrings {
  private static let blockSize = 1 << 16
  private static let textLimit = 1 << 20
  private static let lengthSize = 4
  /// How many texts lie between two whose places are known.
  private static let stride = 64

  private let texts: ByteSource
  private let count: Int
  private let places: [Int]
  private var block: (start: Int, bytes: [UInt8]) = (0, [])

  init(_ archive: Archive, part: String?) throws(ReadingProblem) {
    let listener = try Listener()
    if let part { try archive.parse(part, listener) }
    if let problem = listener.problem { throw problem }
    texts = try listener.spool.finished()
    (count, places) = (listener.count, listener.places)
  }

  /// Nil for a number that there is none of.
  func text(_ number: Int) throws(ReadingProblem) -> [UInt8]? {
    guard (0..<count).contains(number) else { return nil }
    var place = places[number / Self.stride]
    for _ in 0..<(number % Self.stride) { place += Self.lengthSize + (try length(at: place)) }
    return Array(try bytes(at: place + Self.lengthSize, count: try length(at: place)))
  }

  private func length(at place: Int) throws(ReadingProblem) -> Int {
    try bytes(at: place, count: Self.lengthSize).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func bytes(at place: Int, count: Int) throws(ReadingProblem) -> ArraySlice<UInt8> {
    if place < block.start || place + count > block.start + block.bytes.count {
      block = (place, try texts.read(at: place, count: max(Self.blockSize, count)))
    }
    let start = place - block.start
    guard start + count <= block.bytes.count else { throw .workbookDamaged(part: "sharedStrings") }
    return block.bytes[start..<(start + count)]
  }

  /// Texts can come in runs of different looks, and with readings beside them, which are no part of them.
  private final class Listener: XMLListener {
    var spool: TextSpool
    private(set) var count = 0
    private(set) var places: [Int] = []
    private(set) var problem: ReadingProblem?
    private var text: [UInt8] = []
    private var isText = false
    private var isReading = false

    init() throws(ReadingProblem) { spool = try TextSpool() }

    var isDone: Bool { problem != nil }

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == "t" { isText = !isReading } else if name == "rPh" { isReading = true }
    }

    func ended(_ name: XMLName) {
      if name == "t" {
        isText = false
      } else if name == "rPh" {
        isReading = false
      } else if name == "si" {
        do { try keep() } catch { problem = error }
      }
    }

    private func keep() throws(ReadingProblem) {
      if count % SharedStrings.stride == 0 { places.append(spool.count) }
      count += 1
      let length = UInt32(clamping: text.count)
      try spool.append((0..<SharedStrings.lengthSize).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
      try spool.append(text)
      text.removeAll(keepingCapacity: true)
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
      guard isText else { return }
      guard text.count + bytes.count <= SharedStrings.textLimit else {
        problem = .workbookTooLarge(part: "sharedStrings")
        return
      }
      text += bytes
    }
  }
}
