import Testing

@testable import App

@Suite struct FileShapeTests {
  private func shape(_ text: String, _ choices: FileShape.Choices = .init()) throws -> FileShape {
    try FileShape.detect(in: ByteSource(Array(text.utf8)), choices: choices).shape
  }

  @Test(arguments: [
    ("a,b\n1,2\n", Delimiter.comma),
    ("a;b\n1,5;2,5\n3,5;4,5\n", .semicolon),
    ("a\tb, c\n1\t2\n", .tab),
    ("a|b\n1|2\n", .bar),
    (" id  name\n 001  x\n 002  yy\n", .blanks),
    ("Name\nJohn Smith\nJane Doe\n", .comma),
    ("a\n", .comma),
    ("", .comma),
    ("sep=;\na,b;c\n", .semicolon),
    ("\"a;b\",\"c;d\"\n\"e;f\",g\n", .comma),
  ]) func delimiters(text: String, delimiter: Delimiter) throws {
    #expect(try shape(text).delimiter == delimiter)
  }

  @Test(
    arguments: [
      ("姓名,电话\n张三,13812345678\n", 1),
      ("客户报表,,\n\n导出时间：2024-01-01,,\n客户名称,地区,金额(元)\n甲,北京,1\n乙,上海,2\n丙,上海,3\n", 4),
      ("sep=,\nname,phone\nA,1\n", 2),
      ("Year,2000,2001,2002\nTimber,1,2,3\nIron,4,5,6\n", 1),
      ("foo,bar\nx,1\ny,2\n", 1),
      ("Name\n", 1),
      ("张三,13812345678\n李四,13912345678\n", nil),
      ("a\na\na\n", nil),
      ("00004 0001 19970101\n00005 0002 19970102\n", nil),
      ("kitten,win\n", nil),
      ("甲,上海\n乙,上海\n丙,上海\n上,甲\n甲,乙\n", nil),
    ] as [(String, Int?)]) func headers(text: String, line: Int?) throws
  {
    #expect(try shape(text).headerLine == line)
  }

  @Test func titlesAreNoRows() throws {
    let text = "名单,,\r\n\r\n 客户名称 ,地区 ,金额\r\n甲,北京,1\r\n乙,上海,2\r\n"
    let (shape, rows) = try FileShape.detect(in: ByteSource(Array(text.utf8)))
    #expect(shape.columns == ["客户名称", "地区", "金额"])
    #expect(shape.lineEnd == .crlf)
    #expect(rows.map { $0.fields[0] } == ["甲", "乙"])
    var reader = try CSVReader(ByteSource(Array(text.utf8)), shape: shape)
    #expect(try reader.all() == rows)
  }

  @Test func withoutHeaderNothingIsLost() throws {
    let text = "x\n张三,13812345678\n李四,13912345678\n"
    let (shape, rows) = try FileShape.detect(in: ByteSource(Array(text.utf8)))
    #expect(shape.columns == ["", ""])
    #expect(rows.count == 3)
  }

  @Test func choicesWin() throws {
    let text = "a;b\n1;2\n"
    let commas = try shape(text, .init(delimiter: .comma, header: .line(1)))
    #expect(commas.columns == ["a;b"])
    #expect(try shape(text, .init(header: .none)).headerLine == nil)
    let second = try shape(text, .init(header: .line(2)))
    #expect(second.headerLine == 2)
    #expect(second.columns == ["1", "2"])
    #expect(try shape(text, .init(encoding: .windows1252)).encoding == .windows1252)
    #expect(try shape(text, .init(header: .line(99))).headerLine == nil)
  }

  @Test(arguments: [
    ("a\nb", FileShape.LineEnd.lf), ("a\r\nb", .crlf), ("a\rb", .cr), ("a", .lf), ("a\r", .cr),
  ])
  func lineEnds(text: String, kind: FileShape.LineEnd) {
    #expect(FileShape.LineEnd.detect(Array(text.utf8)) == kind)
  }

  @Test func typedDelimiters() {
    for delimiter in Delimiter.allCases { #expect(Delimiter(typed: delimiter.rawValue) == delimiter) }
    #expect(Delimiter(typed: "\t") == .tab)
    #expect(Delimiter(typed: "x") == nil)
  }
}
