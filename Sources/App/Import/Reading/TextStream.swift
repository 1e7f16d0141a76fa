/// The text of a file as UTF-8 pieces, without its mark. Memory stays at one piece whatever the file's size.
struct TextStream: Sendable {
  private static let chunk = 1 << 18

  let source: ByteSource
  private var decoder: TextDecoder
  private var position: Int
  private var isDone = false
  private var isFaulty = false

  init(_ source: ByteSource, encoding: TextEncoding) throws(ReadingProblem) {
    self.source = source
    let start = try source.read(at: 0, count: encoding.mark.count)
    let skipped = start == encoding.mark ? start.count : 0
    position = skipped
    decoder = TextDecoder(encoding: encoding, startingAt: skipped)
  }

  /// Bytes of the file read so far, for progress.
  var bytesRead: Int { position }

  /// Nil at the end. Bytes that are not valid come as `badBytes` after all text before them has been given
  /// out; the reader, who knows the line, fills it in.
  mutating func next() throws(ReadingProblem) -> [UInt8]? {
    if isFaulty { throw .badBytes(encoding: decoder.encoding, offset: decoder.offset, line: 0) }
    if isDone { return nil }
    let bytes = try source.read(at: position, count: Self.chunk)
    position += bytes.count
    isDone = bytes.count < Self.chunk
    let outcome = try decoder.decode(bytes, isLast: isDone)
    isFaulty = outcome.isFaulty
    return outcome.text
  }
}
