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

  @Test(
    arguments: [
      ("客户名称,联系方式,,地区\n,手机,邮箱,\n甲,13800138000,a@x.cn,杭州\n乙,1,b@x.cn,上海\n", ["客户名称", "手机", "邮箱", "地区"], 3),
      ("客户名称,联系方式,联系方式\n,手机,邮箱\n甲,13800138000,a@x.cn\n", ["客户名称", "手机", "邮箱"], 3),
      ("收货人,,商品,,金额\n姓名,电话,名称,编号,\n甲,13800138000,茶,1,2\n", ["姓名", "电话", "名称", "编号", "金额"], 3),
      ("客户,,产品,\n名称,编号,名称,编号\n甲,1,茶,2\n", ["客户名称", "客户编号", "产品名称", "产品编号"], 3),
      (
        "Customer,,Contact,\nName,City,Name,Email\nA,B,C,a@x.cn\n", ["Customer Name", "City", "Contact Name", "Email"],
        3
      ),
      (
        "名单,,,\n基本信息,,联系方式,\n客户名称,地区,电话,\n,,手机,邮箱\n甲,杭州,13800138000,a@x.cn\n乙,上海,1,b\n丙,上海,2,c\n丁,上海,3,d\n",
        ["客户名称", "地区", "手机", "邮箱"], 5
      ),
      ("客户名称,电话\nCustomer Name,Phone\n甲,13800138000\n", ["Customer Name", "Phone"], 3),
      ("客户名称,备注,\n公司,,现金\n甲,,x\n", ["客户名称", "备注"], 2),
      ("客户名称,电话\n甲,13800138000\n", ["客户名称", "电话"], 2),
      ("订单,,金额,\n编号,日期,含税,不含税\n1,2024-03-05,3,4\n", ["编号", "日期", "金额含税", "金额不含税"], 3),
    ] as [(String, [String], Int)]) func headersOfSeveralRows(text: String, columns: [String], firstLine: Int) throws
  {
    let shape = try shape(text)
    #expect(shape.columns == columns)
    #expect(shape.firstLine == firstLine && shape.headerLine == firstLine - 1)
  }

  @Test(
    arguments: [
      ("\"a,b,c\"\n\"1,2,3\"\n\"4,5,6\"\n", .comma, [["1", "2", "3"], ["4", "5", "6"]]),
      ("\"a,b,c\"\n1,2,3\n4,5,6\n", .comma, [["1", "2", "3"], ["4", "5", "6"]]),
      ("\"a;b;c\"\n\"1;2,5;3\"\n", .semicolon, [["1", "2,5", "3"]]),
      ("\"a\tb\tc\"\r\n\"1\t2\t3\"\r\n", .tab, [["1", "2", "3"]]),
      ("\"a,b,c\"\n\"1,\"\"x,y\"\",3\"\n", .comma, [["1", "x,y", "3"]]),
      ("\"a\",\"b\",\"c\"\n\"1\",\"2\",\"3\"\n", .comma, [["1", "2", "3"]]),
    ] as [(String, Delimiter, [[String]])]) func quotedLines(text: String, delimiter: Delimiter, rows: [[String]])
    throws
  {
    let shape = try shape(text)
    #expect(shape.columns == ["a", "b", "c"] && shape.delimiter == delimiter)
    var reader = try CSVReader(ByteSource(Array(text.utf8)), shape: shape)
    #expect(try reader.all().map(\.fields) == rows)
  }

  @Test func oneQuotedColumnStaysOne() throws {
    let text = "\"客户名称\"\n\"甲, 乙\"\n\"丙, 丁\"\n"
    #expect(try shape(text).columns == ["客户名称"])
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
