/// The text of a file as UTF-8 pieces, without its mark. Memory stays at one piece whatever the file's size.
struct TextStream: Sendable {
  private static let chunk = 1 << 18

  let source: ByteSource
  private var decoder: TextDecoder
  private var position: Int
  private var isDone = false
  /// Characters beyond ASCII so far.
  private var characters = 0

  init(_ source: ByteSource, encoding: TextEncoding) throws(ReadingProblem) {
    self.source = source
    let start = try source.read(at: 0, count: encoding.mark.count)
    position = start == encoding.mark ? start.count : 0
    decoder = TextDecoder(encoding: encoding)
  }

  /// Bytes of the file read so far, for progress.
  var bytesRead: Int { position }

  /// Nil at the end. What cannot be read comes as U+FFFD.
  /// - Throws: `badBytes` at the end of a file of which a good part is not of this encoding.
  mutating func next() throws(ReadingProblem) -> [UInt8]? {
    if isDone {
      try requireText()
      return nil
    }
    let bytes = try source.read(at: position, count: Self.chunk)
    position += bytes.count
    isDone = bytes.count < Self.chunk
    let text = try decoder.decode(bytes, isLast: isDone)
    characters += text.count { $0 >= 0xC0 }
    return text
  }

  /// A few bad bytes happen to every file; where one character in ten is bad, the file is of another encoding.
  private func requireText() throws(ReadingProblem) {
    if decoder.faults > 4, decoder.faults * 10 > characters {
      throw .badBytes(encoding: decoder.encoding, faults: decoder.faults, characters: characters)
    }
  }
}
