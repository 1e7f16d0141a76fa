import Testing

@testable import App

@Suite struct EncodingTests {
  private static let gbk: [UInt8] = [0xD5, 0xC5, 0xCE, 0xB0, 0x2C, 0xC9, 0xCF, 0xBA, 0xA3]  // 张伟,上海
  private static let big5: [UInt8] = [0xB1, 0x69, 0xB0, 0xB6, 0x2C, 0xA4, 0x57, 0xAE, 0xFC]  // 張偉,上海

  private static let samples: [(bytes: [UInt8], encoding: TextEncoding)] = [
    (Array("plain".utf8), .utf8),
    (Array("姓名,电话".utf8), .utf8),
    ([0xEF, 0xBB, 0xBF, 0x61], .utf8),
    ([0xFF, 0xFE, 0x60, 0x4F], .utf16LE),
    ([0xFE, 0xFF, 0x4F, 0x60], .utf16BE),
    (Array("n\0a\0m\0e\0,\0t\0e\0l\0".utf8), .utf16LE),
    (Array("\0n\0a\0m\0e\0,\0t\0e\0l".utf8), .utf16BE),
    (gbk, .gb18030),
    (big5, .big5),
    (latin("café"), .windows1252),
    (latin("Grüße, Müller, Köln"), .windows1252),
  ]

  private static func latin(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  @Test(arguments: samples) func detected(bytes: [UInt8], encoding: TextEncoding) {
    #expect(TextEncoding.detect(bytes, isWhole: true).encoding == encoding)
  }

  @Test func farDownChineseIsFound() throws {
    var bytes: [UInt8] = []
    while bytes.count < 700_000 { bytes += Array("1234567,some plain ascii\n".utf8) }
    #expect(try TextEncoding.detect(in: ByteSource(bytes)).encoding == .utf8)
    #expect(try TextEncoding.detect(in: ByteSource(bytes + Self.gbk + [0x0A])).encoding == .gb18030)
  }

  private static let texts: [(encoding: TextEncoding, bytes: [UInt8], text: String)] = [
    (.gb18030, gbk, "张伟,上海"),
    (.gb18030, [0x84, 0x31, 0x95, 0x33, 0xD5, 0xC5], "张"),
    (.gb18030, [0x82, 0x31, 0xB3, 0x37], "\u{3B94}"),
    (.big5, big5, "張偉,上海"),
    (.utf8, [0xEF, 0xBB, 0xBF, 0x41], "A"),
    (.utf16LE, [0xFF, 0xFE, 0x60, 0x4F, 0x3D, 0xD8, 0x00, 0xDE], "你😀"),
    (.utf16BE, [0x4F, 0x60], "你"),
    (.windows1252, [0x80, 0x41, 0xE9, 0x93, 0xFF, 0x81], "€Aé“ÿ\u{81}"),
  ]

  @Test(arguments: texts) func decoded(encoding: TextEncoding, bytes: [UInt8], text: String) throws {
    var stream = try TextStream(ByteSource(bytes), encoding: encoding)
    #expect(String(decoding: try stream.next() ?? [], as: UTF8.self) == text)
    #expect(try stream.next() == nil)
  }

  @Test func everyWindowsByteDecodes() throws {
    var decoder = TextDecoder(encoding: .windows1252)
    let text = try decoder.decode(Array(0...255), isLast: true)
    #expect(decoder.faults == 0)
    #expect(String(decoding: text, as: UTF8.self).unicodeScalars.count == 256)
    var cyrillic = TextDecoder(encoding: .windows1251)
    let letters = String(decoding: try cyrillic.decode(Array(0...255), isLast: true), as: UTF8.self)
    #expect(letters.unicodeScalars.count == 256 && letters.hasSuffix("эюя"))
  }

  private static let mixed: [(encoding: TextEncoding, bytes: [UInt8])] = [
    (.utf8, Array("a你😀é".utf8)),
    (.gb18030, gbk + [0x82, 0x31, 0xB3, 0x37]),
    (.utf16LE, [0x60, 0x4F, 0x3D, 0xD8, 0x00, 0xDE]),
    (.big5, big5),
  ]

  /// Whatever the cut, a character in two chunks comes out whole.
  @Test(arguments: mixed) func cutCharactersAreWhole(encoding: TextEncoding, bytes: [UInt8]) throws {
    var whole = TextDecoder(encoding: encoding)
    let expected = try whole.decode(bytes, isLast: true)
    for cut in 0...bytes.count {
      var decoder = TextDecoder(encoding: encoding)
      let first = try decoder.decode(Array(bytes[..<cut]), isLast: false)
      let second = try decoder.decode(Array(bytes[cut...]), isLast: true)
      #expect(first + second == expected)
      #expect(decoder.faults == 0)
    }
  }

  /// As browsers read them: one sign for each longest part that is no character, and reading goes on behind it.
  private static let faults: [(encoding: TextEncoding, bytes: [UInt8], text: String)] = [
    (.utf8, [0xE4, 0xB8, 0x80, 0x62, 0xC3, 0x28], "一b\u{FFFD}("),
    (.utf8, [0xFF, 0x61, 0xE4, 0xBD], "\u{FFFD}a\u{FFFD}"),
    (.utf8, [0xE8, 0xA1, 0x0A, 0xC0, 0x80], "\u{FFFD}\n\u{FFFD}\u{FFFD}"),
    (.utf8, [0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"),
    (.gb18030, [0xD5, 0xC5, 0x2C, 0xFF, 0x41], "张,\u{FFFD}A"),
    (.gb18030, [0xD5, 0x2C, 0xCE, 0xB0], "\u{FFFD},伟"),
    (.gb18030, [0xCE, 0xB0, 0xD5], "伟\u{FFFD}"),
    (.big5, [0xB1, 0x69, 0xB0, 0x0A, 0xA4, 0x57], "張\u{FFFD}\n上"),
    (.shiftJIS, [0x93, 0x63, 0x92, 0x0A, 0x92, 0x86], "田\u{FFFD}\n中"),
    (.eucKR, [0xB1, 0xE8, 0xC3, 0x2C, 0xC3, 0xB6], "김\u{FFFD},철"),
    (.utf16LE, [0x60, 0x4F, 0x42], "你\u{FFFD}"),
    (.utf16LE, [0x00, 0xDE, 0x60, 0x4F], "\u{FFFD}你"),
    (.utf16BE, [0x4F, 0x60, 0xD8, 0x3D], "你\u{FFFD}"),
  ]

  /// Whatever the cut.
  @Test(arguments: faults) func badBytesAreReplaced(encoding: TextEncoding, bytes: [UInt8], text: String) throws {
    for cut in 0...bytes.count {
      var decoder = TextDecoder(encoding: encoding)
      let decoded =
        try decoder.decode(Array(bytes[..<cut]), isLast: false) + decoder.decode(Array(bytes[cut...]), isLast: true)
      #expect(String(decoding: decoded, as: UTF8.self) == text)
      #expect(decoder.faults == text.unicodeScalars.count { $0 == "\u{FFFD}" })
    }
  }

  @Test func oneBadByteIsSaidByItsLine() throws {
    let rows = (0..<20).map { "客户名称\($0),138\n" }
    let bytes = Array(rows.prefix(7).joined().utf8) + [0xE8, 0xA1, 0x0A] + Array(rows.joined().utf8)
    let shape = try FileShape.detect(in: ByteSource(bytes)).shape
    #expect(shape.encoding == .utf8 && shape.isEncodingSure)
    var reader = try CSVReader(ByteSource(bytes), shape: shape)
    let records = try reader.all()
    #expect(records.filter { $0.oddities.contains(.badBytes) }.map(\.line) == [8])
    #expect(records.first { $0.line == 8 }?.fields.first == "\u{FFFD}")
  }

  @Test func anotherEncodingIsRefused() throws {
    let shape = FileShape(encoding: .utf8, delimiter: .comma, firstLine: 1, columns: [], lineEnd: .lf)
    var reader = try CSVReader(ByteSource(Self.gbk + [0x0A] + Self.gbk), shape: shape)
    #expect(throws: ReadingProblem.self) { try reader.all() }
    #expect(ReadingProblem.zh(.badBytes(encoding: .utf8, faults: 7, characters: 8)).contains("8 个文字里有 7 个"))
  }

  @Test func rowsAroundBadBytesAreRead() throws {
    let shape = FileShape(encoding: .utf8, delimiter: .comma, firstLine: 1, columns: [], lineEnd: .lf)
    var reader = try CSVReader(ByteSource(Array("a,b\n".utf8) + [0xFF] + Array("\nc,d".utf8)), shape: shape)
    #expect(try reader.all().map(\.fields) == [["a", "b"], ["\u{FFFD}"], ["c", "d"]])
  }

  @Test(arguments: [
    ("GBK", TextEncoding.gb18030), ("utf8", .utf8), ("UTF-16", .utf16LE), ("Latin1", .windows1252),
    ("Big5", .big5),
  ]) func typedNames(name: String, encoding: TextEncoding) {
    #expect(TextEncoding(typed: name) == encoding)
  }

  @Test func everyNameCanBeTyped() {
    for encoding in TextEncoding.allCases {
      #expect(TextEncoding(typed: encoding.rawValue) == encoding)
      #expect(TextEncoding(typed: encoding.name) == encoding)
    }
    #expect(TextEncoding(typed: "klingon") == nil)
  }

  @Test func missingFileIsSaid() {
    #expect(throws: ReadingProblem.cannotOpen(path: "/nowhere/x.csv", reason: "No such file or directory")) {
      try ByteSource(path: "/nowhere/x.csv")
    }
  }
}
