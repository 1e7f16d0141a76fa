/// The texts of a workbook, which its cells name by number. Kept in a file: there can be millions.
final class SharedStrings {
  private static let blockSize = 1 << 16
  private static let textLimit = 1 << 20

  private let texts: ByteSource
  private let ends: [Int]
  private var block: (start: Int, bytes: [UInt8]) = (0, [])

  init(_ archive: Archive, part: String?) throws(ReadingProblem) {
    let listener = try Listener()
    if let part { try archive.parse(part, listener) }
    if let problem = listener.problem { throw problem }
    texts = try listener.spool.finished()
    ends = listener.ends
  }

  /// Nil for a number that there is none of.
  func text(_ number: Int) throws(ReadingProblem) -> [UInt8]? {
    guard ends.indices.contains(number) else { return nil }
    let (start, end) = (number == 0 ? 0 : ends[number - 1], ends[number])
    if start < block.start || end > block.start + block.bytes.count {
      block = (start, try texts.read(at: start, count: max(Self.blockSize, end - start)))
    }
    guard end <= block.start + block.bytes.count else { throw .workbookDamaged(part: "sharedStrings") }
    return Array(block.bytes[(start - block.start)..<(end - block.start)])
  }

  /// Texts can come in runs of different looks, and with readings beside them, which are no part of them.
  private final class Listener: XMLListener {
    var spool: TextSpool
    private(set) var ends: [Int] = []
    private(set) var problem: ReadingProblem?
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
        ends.append(spool.count)
      }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
      guard isText else { return }
      if spool.count - (ends.last ?? 0) > SharedStrings.textLimit {
        problem = .workbookTooLarge(part: "sharedStrings")
        return
      }
      do { try spool.append(bytes) } catch { problem = error }
    }
  }
}
