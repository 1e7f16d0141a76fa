import Synchronization

/// The identity of a record: 63 bits sorted by time, typed by what it names.
///
/// 42 bits of milliseconds since 2020-01-01 UTC, 21 bits of node and sequence. Shown and read as 13
/// characters of Crockford base 32, which is short in a URL and safe in JavaScript.
public struct ID<Named>: Hashable, Comparable, Sendable {
  public let raw: Int64

  public init(raw: Int64) { self.raw = raw }

  public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

private let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

extension ID: LosslessStringConvertible {
  public var description: String {
    let bits = UInt64(bitPattern: raw)
    return String(
      decoding: (0..<13).reversed().map { digits[Int(bits >> UInt64($0 * 5) & 31)] }, as: UTF8.self)
  }

  /// Reads the thirteen characters; letters in either case, O as 0, I and L as 1. Nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 13 else { return nil }
    var bits: UInt64 = 0
    for byte in text.utf8 {
      guard let digit = Self.digit(byte), bits >> 59 == 0 else { return nil }
      bits = bits << 5 | UInt64(digit)
    }
    guard let raw = Int64(exactly: bits) else { return nil }
    self.init(raw: raw)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte & 0xDF {
    case UInt8(ascii: "O"): 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
    case let letter where letter >= UInt8(ascii: "A"): digits.firstIndex(of: letter)
    default: digits.firstIndex(of: byte)
    }
  }
}

extension ID: Bindable {
  public var value: Value { .integer(raw) }
  public init?(value: Value) {
    guard case .integer(let number) = value else { return nil }
    self.init(raw: number)
  }
}

/// In JSON an id is its text; in a column it is the number.
extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\"\(text)\" is not an id"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Makes ids: ever rising within a process, distinct between processes by a random node number.
public final class IDSource: Sendable {
  private static let epoch: Int64 = 1_577_836_800_000
  private static let nodeBits: Int64 = 9
  private static let sequenceBits: Int64 = 12

  private let node: Int64
  private let now: @Sendable () -> Instant
  private let last: Mutex<Int64>

  public init(
    node: Int64 = Int64.random(in: 0..<512), now: @escaping @Sendable () -> Instant = Instant.now
  ) {
    self.node = node & ((1 << Self.nodeBits) - 1)
    self.now = now
    last = Mutex(0)
  }

  /// The next id. A burst of more than 4,096 in a millisecond borrows from the following ones.
  public func next<Named>() -> ID<Named> {
    let tick = max(0, now().milliseconds - Self.epoch) << Self.sequenceBits
    let slot = last.withLock { last in
      last = max(last &+ 1, tick)
      return last
    }
    let sequence = slot & ((1 << Self.sequenceBits) - 1)
    let milliseconds = slot >> Self.sequenceBits
    return ID(raw: milliseconds << 21 | node << Self.sequenceBits | sequence)
  }
}
