import Testing

@testable import App

/// Whatever the bytes, reading comes to an end with rows or a problem.
@Suite struct HostileInputTests {
  private static let pieces: [[UInt8]] = [
    [0x22], [0x22, 0x22], [0x2C], [0x3B], [0x09], [0x7C], [0x20], [0x0A], [0x0D], [0x0D, 0x0A], [0], [0xFF],
    [0x80], [0xEF, 0xBB, 0xBF],
    [0xFF, 0xFE], [0xFE, 0xFF], [0x84, 0x31], [0xE4, 0xBD], Array("你".utf8), [0xD5, 0xC5],
    Array("1,234.5".utf8),
    Array("2020-01-01".utf8), Array("sep=".utf8), Array("name".utf8), [0xED, 0xA0, 0x80],
    Array("99999999999999999999".utf8),
  ]

  private func bytes(_ random: inout Seeded) -> [UInt8] {
    let length = Int.random(in: 0...300, using: &random)
    if Bool.random(using: &random) {
      return (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    return (0..<length).flatMap { _ in Self.pieces.randomElement(using: &random) ?? [] }
  }

  /// Nil for what is told to be no table.
  private func detected(_ source: ByteSource, _ choices: FileShape.Choices) throws -> (FileShape, [CSVRecord])? {
    do { return try FileShape.detect(in: source, choices: choices) } catch ReadingProblem.notTable { return nil }
  }

  @Test func filesOfNoise() throws {
    var random = Seeded(seed: 20_201_111)
    var rows = 0
    for _ in 0..<400 {
      let source = ByteSource(bytes(&random))
      let choices = FileShape.Choices(
        encoding: TextEncoding.allCases.randomElement(using: &random),
        delimiter: Delimiter.allCases.randomElement(using: &random))
      for choice in [FileShape.Choices(), choices] {
        guard let (shape, sample) = try detected(source, choice) else { continue }
        _ = ColumnGuess<CustomerField>(headers: shape.columns, rows: sample)
        _ = ColumnGuess<OrderField>(headers: shape.columns, rows: sample)
        var reader = try CSVReader(source, shape: shape)
        do {
          while let record = try reader.next() {
            rows += 1
            #expect(record.line >= shape.firstLine)
          }
        } catch {
          #expect(!ReadingProblem.zh(error).isEmpty && !ReadingProblem.en(error).isEmpty)
        }
      }
    }
    #expect(rows > 500)
  }

  @Test func valuesOfNoise() {
    var random = Seeded(seed: 4)
    let signs = Array("0123456789012345678901234567890.,-+() '/:eE万亿¥元年月日TZxX转#+００１／ \u{301}\u{200B}a😀月Jan")
    var read = 0
    for _ in 0..<8_000 {
      let length = Int.random(in: 0...14, using: &random)
      let text = String((0..<length).map { _ in signs.randomElement(using: &random) ?? " " })
      if (try? Amount.minorUnits(text, decimals: Int.random(in: 0...4, using: &random), mark: .comma)) != nil {
        read += 1
      }
      if (try? Amount.thousandths(text)) != nil { read += 1 }
      if let day = try? ParsedDay.parse(text) {
        read += 1
        #expect(day.local(toOffset: 50_400).iso.utf8.count == 10)
      }
      if (try? PhoneNumber.parseAll(text)) != nil { read += 1 }
      _ = CellKind.of(text)
      _ = HeaderKey.of(text)
    }
    #expect(read > 300)
  }

  @Test(arguments: ["1", "(", "-", "¥", "万", "1,", "2020-", "转", "\""]) func longCells(piece: String) {
    let text = String(repeating: piece, count: 20_000)
    #expect(throws: ValueProblem.self) { try Amount.minorUnits(text) }
    #expect(throws: ValueProblem.self) { try ParsedDay.parse(text) }
    #expect(throws: ValueProblem.self) { try PhoneNumber.parse(text) }
  }

  @Test func aLineOfQuotes() throws {
    for count in 1...9 {
      var reader = CSVReader(text: [UInt8](repeating: 0x22, count: count), delimiter: .comma)
      let records = try? reader.all()
      #expect((records == nil) == (count % 2 == 1))
    }
  }
}
