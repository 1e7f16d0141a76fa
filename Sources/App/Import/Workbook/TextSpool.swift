import Foundation

/// Bytes on their way to a temporary file that has no name: gone when nobody reads it any more, and never more in
/// memory than a piece.
struct TextSpool: ~Copyable {
  private static let pieceSize = 1 << 18

  private let file: FileHandle
  private let source: ByteSource
  private let limit: Int
  /// What grows beyond the limit, for the message.
  private let part: String
  private var buffer: [UInt8] = []
  private(set) var count = 0

  /// - Parameter limit: so many bytes are more than ``part`` can honestly hold.
  init(limit: Int = .max, of part: String = "") throws(ReadingProblem) {
    (file, source) = try Self.opened()
    (self.limit, self.part) = (limit, part)
  }

  private static func opened() throws(ReadingProblem) -> (FileHandle, ByteSource) {
    let descriptor = TemporaryPlace.unnamedFile()
    guard descriptor >= 0 else { throw noRoom }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return (file, try ByteSource(path: "/proc/self/fd/\(descriptor)"))
  }

  mutating func append(_ bytes: some Collection<UInt8>) throws(ReadingProblem) {
    guard bytes.count <= limit - count else { throw .workbookTooLarge(part: part) }
    buffer += bytes
    count += bytes.count
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// What was written, to be read from now on.
  mutating func finished() throws(ReadingProblem) -> ByteSource {
    try flush()
    return source
  }

  private mutating func flush() throws(ReadingProblem) {
    do { try file.write(contentsOf: buffer) } catch { throw Self.noRoom }
    buffer.removeAll(keepingCapacity: true)
  }

  private static let noRoom = ReadingProblem.cannotRead(reason: "no room for temporary files")
}
