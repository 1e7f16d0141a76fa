import NIOCore

/// A piece of what is said over a socket of this machine: what it is, how long it is, and its bytes.
public struct LocalFrame: Sendable, Equatable {
  /// A letter that says what it is.
  public let kind: UInt8
  public let bytes: [UInt8]

  public init(_ kind: Character, _ bytes: some Sequence<UInt8> = []) {
    (self.kind, self.bytes) = (kind.asciiValue ?? 0, Array(bytes))
  }

  init(kind: UInt8, bytes: [UInt8]) { (self.kind, self.bytes) = (kind, bytes) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
  public func isA(_ kind: Character) -> Bool { self.kind == kind.asciiValue }

  /// The most bytes that one may have.
  public static let most = 1 << 20
  /// Of its kind and its length.
  public static let headSize = 5

  public var encoded: [UInt8] {
    let count = UInt32(clamping: bytes.count)
    return [kind] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + bytes
  }

  /// What a head tells.
  /// - Parameter head: ``headSize`` bytes.
  /// - Throws: ``TooLong``.
  public static func head(_ head: some Collection<UInt8>) throws -> (kind: UInt8, count: Int) {
    let count = head.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard let kind = head.first, count <= most else { throw TooLong() }
    return (kind, count)
  }

  public struct TooLong: Error {}

  /// Cuts what arrives into frames, and makes bytes of them.
  final class Codec: ByteToMessageDecoder, MessageToByteEncoder {
    typealias InboundOut = LocalFrame
    typealias OutboundIn = LocalFrame

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
      guard let head = buffer.getBytes(at: buffer.readerIndex, length: LocalFrame.headSize) else {
        return .needMoreData
      }
      let (kind, count) = try LocalFrame.head(head)
      guard buffer.readableBytes >= LocalFrame.headSize + count else { return .needMoreData }
      buffer.moveReaderIndex(forwardBy: LocalFrame.headSize)
      guard let bytes = buffer.readBytes(length: count) else { return .needMoreData }
      context.fireChannelRead(wrapInboundOut(LocalFrame(kind: kind, bytes: bytes)))
      return .continue
    }

    func decodeLast(
      context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
      // What is incomplete stays so.
      while try decode(context: context, buffer: &buffer) == .continue {}
      return .needMoreData
    }

    func encode(data: LocalFrame, out: inout ByteBuffer) { out.writeBytes(data.encoded) }
  }
}
