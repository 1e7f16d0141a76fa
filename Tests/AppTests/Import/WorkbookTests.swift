import Testing

@testable import App

/// What is read out of workbooks, as a person sees it in Excel.
@Suite struct WorkbookTests {
  private func rows(_ bytes: [UInt8], sheet: String? = nil) throws -> [CSVRecord] {
    let source = ByteSource(bytes)
    var choices = FileShape.Choices()
    (choices.sheet, choices.header) = (sheet, .none)
    let shape = try FileShape.detect(in: source, choices: choices).shape
    let workbook = try Workbook(source)
    var reader = try CSVReader(workbook.table(of: workbook.sheet(shape.sheet)), shape: shape)
    var rows: [CSVRecord] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  private static let styles = """
    <numFmts><numFmt numFmtId='164' formatCode='yyyy"年"m"月"d"日"'/><numFmt numFmtId='165' formatCode='00000'/>
    <numFmt numFmtId='166' formatCode='[$-804]yyyy/m/d\\ h:mm'/><numFmt numFmtId='167' formatCode='#,##0.00"元"'/></numFmts>
    <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>
    <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>
    <xf numFmtId='167'/><xf numFmtId='20'/></cellXfs>
    """

  @Test func cellsAsTheyAreSeen() throws {
    let strings = [
      "<t>张伟</t>", "<r><t>大江</t></r><r><t>食品</t></r><rPh><t>da</t></rPh>", "<t>00123</t>",
      "<t xml:space='preserve'> a, \"b\"\nc </t>",
    ]
    let cells = [
      ("<c r='A1' t='s'><v>0</v></c>", "张伟"), ("<c r='A1' t='s'><v>1</v></c>", "大江食品"),
      ("<c r='A1' t='s'><v>2</v></c>", "00123"), ("<c r='A1' t='s'><v>3</v></c>", " a, \"b\"\nc "),
      ("<c r='A1'><v>1234.5</v></c>", "1234.5"), ("<c r='A1'><v>0.10000000000000001</v></c>", "0.1"),
      ("<c r='A1'><v>1.3800138E10</v></c>", "13800138000"), ("<c r='A1'><v>-12.300000000000001</v></c>", "-12.3"),
      ("<c r='A1' s='1'><v>43882</v></c>", "2020-02-21"), ("<c r='A1' s='1'><v>59</v></c>", "1900-02-28"),
      ("<c r='A1' s='1'><v>61</v></c>", "1900-03-01"), ("<c r='A1' s='2'><v>46000</v></c>", "2025-12-09"),
      ("<c r='A1' s='3'><v>42</v></c>", "00042"), ("<c r='A1' s='4'><v>43882.75</v></c>", "2020-02-21 18:00:00"),
      ("<c r='A1' s='5'><v>1200</v></c>", "1200"), ("<c r='A1' s='6'><v>0.5</v></c>", "12:00:00"),
      ("<c r='A1' s='1'><v>43882.99999999</v></c>", "2020-02-22"), ("<c r='A1' t='b'><v>1</v></c>", "TRUE"),
      ("<c r='A1' t='e'><v>#N/A</v></c>", ""), ("<c r='A1' t='str'><f>A2</f><v>x</v></c>", "x"),
      ("<c r='A1' t='inlineStr'><is><t>y</t></is></c>", "y"), ("<c r='A1' s='99'><v>7</v></c>", "7"),
    ]
    for (xml, seen) in cells {
      let bytes = MadeWorkbook.bytes(
        [("一", "<sheetData><row r='1'>\(xml)</row></sheetData>")], strings: strings, styles: Self.styles)
      #expect(try rows(bytes).map(\.fields) == [[seen]], "\(xml)")
    }
    let mac = MadeWorkbook.bytes(
      [("一", "<sheetData><row><c s='1'><v>0</v></c></row></sheetData>")], styles: Self.styles,
      properties: "date1904='1'")
    #expect(try rows(mac).map(\.fields) == [["1904-01-01"]])
  }

  @Test(
    arguments: [
      ("[Magenta]#,##0.00", .plain), ("[Red]0", .plain), ("[$€-407] #,##0", .plain), ("\"d\"0", .plain),
      ("0.00_);[Red](0.00)", .plain), ("General", .plain), ("@", .plain), ("[Color10]0", .plain),
      ("[>=100]0;[<100]0.0", .plain),
      ("[Blue][$-409]#,##0", .plain), ("\\d0", .plain), ("0.00E+00", .plain), ("[Yellow]0.0%", .plain),
      ("_(* #,##0_)", .plain),
      ("[Magenta]yyyy-mm-dd", .day), ("[h]:mm", .time), ("[mm]:ss", .time), ("[ss]", .time),
      ("[$-804]yyyy\"年\"m\"月\"", .day), ("[$-404]e/m/d", .day), ("[$-804]aaaa;@", .day), ("h:mm AM/PM", .time),
      ("[$-F800]dddd\\, mmmm dd\\, yyyy", .day), ("yyyy/m/d h:mm", .dayAndTime), ("000000", .padded(6)),
    ] as [(String, CellFormat)]) func formats(code: String, format: CellFormat)
  {
    #expect(CellFormat(code: code) == format)
  }

  @Test(arguments: [
    "440301199001011234", "4.4030119900101126E17", "2.0240305123456701E+17", "6222021234567890", "1e15",
    "-6222021234567890",
  ]) func longNumbersAreNoDigits(stored: String) {
    for format in [CellFormat.plain, CellFormat(code: "0"), CellFormat(code: "000000000000000000")] {
      let text = format.text(of: stored, startsIn1904: false)
      #expect(LostDigits.areIn(text.hasPrefix("-") ? String(text.dropFirst()) : text), "\(text)")
    }
    #expect(CellFormat.plain.text(of: "622202123456789", startsIn1904: false) == "622202123456789")
  }

  @Test func errorsStandInTheirColumn() throws {
    let xml = "<sheetData><row r='1'><c t='str'><v>x</v></c><c t='e'><v>#N/A</v></c></row></sheetData>"
    let record = try #require(try rows(MadeWorkbook.bytes([("一", xml)])).first)
    #expect(record.fields == ["x", ""] && record.errors == [1: "#N/A"])
  }

  @Test func manyTextsAreFoundByTheirNumbers() throws {
    // One of them is longer than what is read at once; the cells name them forwards and backwards.
    let texts = (0..<1_000).map { $0 == 500 ? String(repeating: "长", count: 50_000) : "text \($0)" }
    let numbers = Array(0..<1_000) + (0..<1_000).reversed()
    let xml = numbers.map { "<row><c t='s'><v>\($0)</v></c></row>" }.joined()
    let bytes = MadeWorkbook.bytes(
      [("一", "<sheetData>\(xml)</sheetData>")], strings: texts.map { "<t>\($0)</t>" })
    #expect(try rows(bytes).map(\.fields) == numbers.map { [texts[$0]] })
    let wrong = MadeWorkbook.bytes(
      [("一", "<sheetData><row><c t='s'><v>1000</v></c></row></sheetData>")], strings: texts.map { "<t>\($0)</t>" })
    #expect(throws: ReadingProblem.self) { try rows(wrong) }
  }

  @Test func numbersThatNoRowCanHaveAreCountedOn() throws {
    let numbers = [" r='9223372036854775807'", "", " r='-5'", " r='7'", " r='1048577'", " r='99999999999999999999'"]
    let xml = numbers.map { "<row\($0)><c><v>1</v></c></row>" }.joined()
    #expect(try rows(MadeWorkbook.bytes([("一", "<sheetData>\(xml)</sheetData>")])).map(\.line) == [1, 2, 3, 7, 8, 9])
  }

  @Test func rowsKeepTheirNumbersAndMergedCellsTheirValue() throws {
    let xml = """
      <x:sheetData xmlns:x='x'><x:row r='3'><x:c r='A3' t='str'><x:v>大江</x:v></x:c><x:c r='C3'><x:v>1</x:v></x:c></x:row>
      <x:row r='4'><x:c r='C4'><x:v>2</x:v></x:c></x:row><x:row r='6'><x:c r='A6'/></x:row>
      <x:row r='9'><x:c r='C9'><x:v>3</x:v></x:c></x:row></x:sheetData>
      <mergeCells><mergeCell ref='A3:A4'/><mergeCell ref='A1:C1'/><mergeCell ref='nonsense'/></mergeCells>
      """
    let found = try rows(MadeWorkbook.bytes([("一", xml)]))
    #expect(found.map(\.line) == [3, 4, 9])
    #expect(found.map(\.fields) == [["大江", "", "1"], ["大江", "", "2"], ["", "", "3"]])
  }

  @Test func theFirstSheetThatCanBeSeenUnlessAnotherIsNamed() throws {
    let bytes = MadeWorkbook.bytes(
      [("隐藏", MadeWorkbook.sheet([["a"]])), ("客户", MadeWorkbook.sheet([["b"]])), ("c", MadeWorkbook.sheet([["c"]]))],
      hidden: ["隐藏"])
    #expect(try rows(bytes).map(\.fields) == [["b"]])
    #expect(try rows(bytes, sheet: "隐藏").map(\.fields) == [["a"]])
    #expect(try FileShape.detect(in: ByteSource(bytes)).shape.sheets == ["隐藏", "客户", "c"])
    #expect(throws: ReadingProblem.noSheet("d")) { try rows(bytes, sheet: "d") }
  }

  /// What comes back to be put right can be read again.
  @Test func writesWhatItReads() throws {
    let table = [["编号", "名称"], ["00123", "a\nb"], ["", "=1+1"], ["<&>", "x"]]
    let writer = try WorkbookWriter()
    for row in table { try writer.add(row) }
    let found = try rows(writer.finished())
    #expect(found.map { row in (0..<2).map { row.text(in: $0) } } == table)
  }

  @Test(arguments: [
    // A billion laughs, an entity from outside, a type of its own.
    "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>",
    "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>",
    "<!DOCTYPE w SYSTEM 'http://127.0.0.1:1/x'><worksheet/>",
    "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99999999</v></c></row></sheetData></worksheet>",
    "<worksheet><sheetData><row r='1'><c r='ZZZ1'><v>1</v></c></row></sheetData></worksheet>",
    "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>", "", "\u{0}\u{1}",
  ])
  func refusesWhatIsNoSheet(_ sheet: String) throws {
    var parts = Self.parts
    parts["xl/worksheets/sheet1.xml"] = Array(sheet.utf8)
    #expect(throws: ReadingProblem.self) { try rows(MadeWorkbook.archive(parts)) }
  }

  @Test func readsPartsInAnyEncodingTheyDeclare() throws {
    var parts = Self.parts
    let xml =
      "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?><worksheet><sheetData><row><c t='str'><v>张</v></c></row></sheetData></worksheet>"
    parts["xl/worksheets/sheet1.xml"] = xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try rows(MadeWorkbook.archive(parts)).map(\.fields) == [["张"]])
  }

  /// Blanks without end pack to almost nothing.
  @Test func refusesWhatUnpacksBeyondReason() throws {
    var parts = Self.parts
    let xml = Array("<worksheet><sheetData>".utf8) + [UInt8](repeating: 0x20, count: 60 << 20)
    parts["xl/worksheets/sheet1.xml"] = xml
    #expect(throws: ReadingProblem.workbookTooLarge(part: "xl/worksheets/sheet1.xml")) {
      try rows(MadeWorkbook.archive(parts))
    }
  }

  @Test func refusesMoreRowsOrCellsThanASheetCanHave() throws {
    var parts = Self.parts
    func refuse(_ rows: String, _ problem: ReadingProblem) {
      parts["xl/worksheets/sheet1.xml"] = Array("<worksheet><sheetData>\(rows)</sheetData></worksheet>".utf8)
      #expect(throws: problem) { try self.rows(MadeWorkbook.archive(parts)) }
    }
    refuse(String(repeating: "<row r='1'/>", count: 1_048_577), .tooManyRows(limit: 1_048_576))
    let cells = String(repeating: "<c r='A1'/>", count: 16_385)
    refuse("<row>\(cells)</row>", .tooManyColumns(line: 1, limit: 16_384))
  }

  @Test func refusesATextWithoutEnd() throws {
    let long = "<t>" + String(repeating: "长", count: 1 << 20) + "</t>"
    let bytes = MadeWorkbook.bytes(
      [("一", "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>")], strings: [long, "<t>x</t>"])
    #expect(throws: ReadingProblem.workbookTooLarge(part: "sharedStrings")) { try rows(bytes) }
  }

  /// A text of a megabyte that cells name again and again: a few kilobytes that would be gigabytes as a table.
  @Test func refusesTextsThatAreNamedWithoutEnd() throws {
    let string = "<t>" + String(repeating: "x", count: 1_000_000) + "</t>"
    func cells(_ count: Int) -> String { String(repeating: "<c t='s'><v>0</v></c>", count: count) }
    func bomb(rows: Int, cells count: Int, behind: String = "") -> [UInt8] {
      let rows = String(repeating: "<row>\(cells(count))</row>", count: rows)
      return MadeWorkbook.bytes([("一", "<sheetData>\(rows)</sheetData>\(behind)")], strings: [string])
    }
    let tall = bomb(rows: 20_000, cells: 1)
    #expect(tall.count < 20_000)
    #expect(throws: ReadingProblem.workbookTooLarge(part: "xl/worksheets/sheet1.xml")) { try self.rows(tall) }
    #expect(throws: ReadingProblem.recordTooLong(line: 1, limit: 8 << 20)) {
      try self.rows(bomb(rows: 1, cells: 16_000))
    }
    // One cell that reaches over all rows below it.
    let merged = MadeWorkbook.bytes(
      [
        (
          "一",
          "<sheetData><row r='1'>\(cells(1))<c t='str'><v>a</v></c></row>"
            + String(repeating: "<row><c r='B9' t='str'><v>b</v></c></row>", count: 5_000)
            + "</sheetData><mergeCells><mergeCell ref='A1:A9000'/></mergeCells>"
        )
      ], strings: [string])
    #expect(throws: ReadingProblem.workbookTooLarge(part: "xl/worksheets/sheet1.xml")) { try self.rows(merged) }
  }

  /// Each row has one cell, in the last column there is.
  @Test func refusesEmptyColumnsWithoutEnd() throws {
    let rows = String(repeating: "<row><c r='XFD1' t='str'><v>x</v></c></row>", count: 10_000)
    let bytes = MadeWorkbook.bytes([("一", "<sheetData>\(rows)</sheetData>")])
    #expect(bytes.count < 10_000)
    #expect(throws: ReadingProblem.workbookTooLarge(part: "xl/worksheets/sheet1.xml")) { try self.rows(bytes) }
  }

  @Test func endsWhenNobodyWaits() async throws {
    let bytes = MadeWorkbook.bytes([("一", MadeWorkbook.sheet([["a", "b"], ["1", "2"]]))])
    let reading = Task {
      while !Task.isCancelled { await Task.yield() }
      #expect(throws: ReadingProblem.stopped) { try self.rows(bytes) }
    }
    reading.cancel()
    await reading.value
  }

  @Test func refusesOtherFilesByName() throws {
    let files: [[UInt8]] = [
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], [0x50, 0x4B, 0x03, 0x04], MadeWorkbook.archive(["content.xml": [0x3C]]),
      MadeWorkbook.archive(["../../xl/workbook.xml": Array("<workbook/>".utf8)]),
    ]
    for file in files { #expect(throws: ReadingProblem.notWorkbook) { try rows(file) } }
    let whole = MadeWorkbook.bytes([("一", MadeWorkbook.sheet([["a"]]))])
    for length in stride(from: 5, to: whole.count - 1, by: 97) {
      #expect(throws: ReadingProblem.self) { try rows(Array(whole.prefix(length))) }
    }
    // Every byte wrong once: an answer or a refusal, never a trap.
    for place in stride(from: 0, to: whole.count, by: 7) {
      var bytes = whole
      bytes[place] ^= 0xFF
      _ = try? rows(bytes)
    }
  }

  private static let parts: [String: [UInt8]] = [
    "_rels/.rels":
      "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": "<workbook><sheets><sheet name='一' sheetId='1' id='b'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels":
      "<Relationships><Relationship Id='b' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
  ].mapValues { Array($0.utf8) }
}
