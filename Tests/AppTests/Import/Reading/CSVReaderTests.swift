import Testing

@testable import App

@Suite struct CSVReaderTests {
  private func fields(_ text: String, _ delimiter: Delimiter = .comma) throws -> [[String]] {
    var reader = CSVReader(text: Array(text.utf8), delimiter: delimiter)
    return try reader.all().map(\.fields)
  }

  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("a,\n,b\n,", [["a", ""], ["", "b"], ["", ""]]),
    ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
    ("\"a\nb\",c\n", [["a\nb", "c"]]),
    ("\"\",\"\"", [["", ""]]),
    ("\"\"\"\"\n", [["\""]]),
    ("a,  \"6,000\" ,c\n", [["a", "6,000", "c"]]),
    ("a,   b\n", [["a", "   b"]]),
    ("19\" screen,2\n", [["19\" screen", "2"]]),
    ("\n\n  \na\n\n", [["a"]]),
    ("", []),
    ("\n", []),
  ]) func rfc4180AndTolerance(text: String, expected: [[String]]) throws {
    #expect(try fields(text) == expected)
  }

  @Test func otherDelimiters() throws {
    #expect(try fields("a\tb c\t\"d\te\"\n", .tab) == [["a", "b c", "d\te"]])
    #expect(try fields("a;1,5;\n", .semicolon) == [["a", "1,5", ""]])
    #expect(try fields("a|b\n", .bar) == [["a", "b"]])
    #expect(
      try fields("  00001 19970101  1   11.77  \n\n 2 \t x", .blanks) == [
        ["00001", "19970101", "1", "11.77"], ["2", "x"],
      ])
  }

  @Test func strayQuotesAreKeptAndSaid() throws {
    var reader = CSVReader(
      text: Array("\"He said \"hi\" loudly\",x\n\"abc\"def,y\n\"ok\",z\n".utf8), delimiter: .comma)
    let records = try reader.all()
    #expect(records.map(\.fields) == [["He said \"hi\" loudly", "x"], ["abc\"def", "y"], ["ok", "z"]])
    #expect(records.map(\.oddities) == [.strayQuote, .strayQuote, []])
  }

  @Test func zeroBytesAreLeftOutAndSaid() throws {
    var reader = CSVReader(text: [0x61, 0, 0x62, 0x2C, 0x63], delimiter: .comma)
    let record = try reader.next()
    #expect(record?.fields == ["ab", "c"])
    #expect(record?.oddities == .zeroBytes)
  }

  @Test func linesArePhysical() throws {
    var reader = CSVReader(text: Array("a\n\n\"b\r\nc\rd\n\",x\r\n\re\n".utf8), delimiter: .comma)
    #expect(try reader.all().map(\.line) == [1, 3, 8])
  }

  @Test func openQuoteTellsItsLine() {
    #expect(throws: ReadingProblem.quoteNotClosed(line: 3)) { try fields("a\n\"b\nc\",\"d\ne\n") }
    #expect(throws: ReadingProblem.quoteNotClosed(line: 1)) { try fields("\"") }
  }

  private func records(_ text: String) throws -> [CSVRecord] {
    var reader = CSVReader(text: Array(text.utf8), delimiter: .comma)
    return try reader.all()
  }

  /// The lines behind it are read as what they are.
  @Test(
    arguments: [
      ("a,b\n1,\"x\n2,y\n3,z\n", [["a", "b"], ["1", "\"x"], ["2", "y"], ["3", "z"]], [2]),
      ("a,b\n\"1,x\n2,y\n", [["a", "b"], ["\"1", "x"], ["2", "y"]], [2]),
      ("a,b,c\n1,\"x,1\n2,\"y\",2\n", [["a", "b", "c"], ["1", "\"x", "1"], ["2", "y", "2"]], [2]),
      ("a,b\n1,\"x\n2,\"y\n3,\"z\n", [["a", "b"], ["1", "\"x"], ["2", "\"y"], ["3", "\"z"]], [2, 3, 4]),
      ("a,b\n1,\"two\nlines\"\n2,y\n", [["a", "b"], ["1", "two\nlines"], ["2", "y"]], []),
      ("a,b\n1,\"He said\n\"hi\" twice\"\n", [["a", "b"], ["1", "He said\n\"hi\" twice"]], []),
      ("名\n甲\n\"乙\n丙\n", [["名"], ["甲"], ["\"乙"], ["丙"]], [3]),
    ] as [(String, [[String]], [Int])]) func openQuotesSwallowNothing(text: String, fields: [[String]], lines: [Int])
    throws
  {
    let records = try records(text)
    #expect(records.map(\.fields) == fields)
    #expect(records.filter { $0.oddities.contains(.openQuote) }.map(\.line) == lines)
  }

  /// Longer than a field may be, in a file that comes in pieces.
  @Test func anOpenQuoteFarFromTheEnd() throws {
    let rows = (0..<100_000).map { "\($0),some text of a row\n" }
    let text = Array(("id,text\n0,\"open\n" + rows.joined()).utf8)
    let shape = FileShape(encoding: .utf8, delimiter: .comma, firstLine: 1, columns: [], lineEnd: .lf)
    var reader = try CSVReader(ByteSource(text), shape: shape)
    let records = try reader.all()
    #expect(records.count == 100_002)
    #expect(records[1].fields == ["0", "\"open"] && records[1].oddities == .openQuote)
  }

  @Test(arguments: [
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#####", "#n/a", " #N/A ",
  ])
  func errorsAreEmpty(text: String) throws {
    let record = try #require(try records("x,\(text),y\n").first)
    #expect(record.fields == ["x", "", "y"])
    #expect(record.errors == [1: text.trimmed])
    #expect(record.typedFields == ["x", text.trimmed, "y"])
  }

  @Test(arguments: ["#", "##", "#1", "#VIP", "N/A", "#N/A GmbH", "# N/A"]) func otherSignsStay(text: String) throws {
    #expect(try records("x,\(text)\n").map(\.fields) == [["x", text]])
  }

  @Test func limitsHold() {
    let limits = CSVReader.Limits(fieldBytes: 10, recordBytes: 100, columns: 3)
    func read(_ text: String) throws {
      var reader = CSVReader(text: Array(text.utf8), delimiter: .comma, limits: limits)
      _ = try reader.all()
    }
    #expect(throws: ReadingProblem.tooManyColumns(line: 2, limit: 3)) { try read("a\n1,2,3,4\n") }
    #expect(throws: ReadingProblem.fieldTooLong(line: 1, column: 2, limit: 10)) {
      try read("a,12345678901\n")
    }
    #expect(throws: ReadingProblem.fieldTooLong(line: 2, column: 1, limit: 10)) {
      try read("a,b\n\"2\n4567890123\",b")
    }
    #expect(throws: ReadingProblem.fieldTooLong(line: 1, column: 2, limit: 10)) {
      try read("a,\"2\"\"\n\"\"\n4567890123\",b")
    }
  }

  @Test func memoryIsBoundedByTheRecordLimit() throws {
    let limits = CSVReader.Limits(fieldBytes: 1 << 20, recordBytes: 300_000, columns: 1_000_000)
    let shape = FileShape(encoding: .utf8, delimiter: .comma, firstLine: 1, columns: [], lineEnd: .lf)
    let source = ByteSource([UInt8](repeating: 0x2C, count: 900_000))
    var reader = try CSVReader(source, shape: shape, limits: limits)
    #expect(throws: ReadingProblem.recordTooLong(line: 1, limit: 300_000)) { try reader.all() }
  }

  @Test func misfitsAreTold() {
    let record = CSVRecord(line: 1, fields: ["a", "b", " "])
    #expect(record.misfit(columns: 2) == nil)
    #expect(record.misfit(columns: 1) == .tooMany(extra: 1))
    #expect(record.misfit(columns: 5) == .tooFew(missing: 2))
    #expect(record.text(in: 7) == "")
    #expect(record.text(in: -1) == "")
  }

  /// The pieces a file comes in must not show: rows longer than a piece, quotes and line ends at every cut.
  @Test func piecesDoNotShow() throws {
    var text: [UInt8] = []
    var expected: [[String]] = []
    for row in 0..<3_000 {
      let long = String(repeating: "长", count: row % 700)
      text += Array("\(row),\"\(long)\"\"\r\n\",x\r\n".utf8)
      expected.append(["\(row)", long + "\"\r\n", "x"])
    }
    let shape = FileShape(encoding: .utf8, delimiter: .comma, firstLine: 1, columns: [], lineEnd: .crlf)
    var reader = try CSVReader(ByteSource(text), shape: shape)
    let records = try reader.all()
    #expect(records.map(\.fields) == expected)
    #expect(records.last?.line == 1 + 2_999 * 2)
    #expect(reader.bytesRead == text.count)
  }
}
