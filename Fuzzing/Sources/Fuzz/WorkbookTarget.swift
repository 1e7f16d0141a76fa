import CZip
import Foundation

@testable import App

/// Workbooks: whole ones, and the parts of one, which are packed here so that changes reach what reads the XML.
struct WorkbookTarget: FuzzTarget {
  static let longest = 8_192

  /// An input that is no archive is the text of these, with a zero byte between them.
  private static let parts = [
    "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
    "xl/_rels/workbook.xml.rels", "_rels/.rels",
  ]

  let seeds: [[UInt8]]
  let words = [
    "<row r=\"1\">", "</row>", "<c r=\"A1\" t=\"s\" s=\"1\">", "</c>", "<v>", "</v>", "<is><t>", "</t></is>",
    "t=\"inlineStr\"", "t=\"str\"", "t=\"b\"", "t=\"e\"", "t=\"d\"", "<mergeCell ref=\"A1:B2\"/>", "<mergeCells>",
    "r=\"XFD1048576\"", "r=\"1048577\"", "r=\"0\"",
    "r=\"9223372036854775807\"", "<si>", "</si>", "<rPh>", "<xf numFmtId=\"14\"/>", "<cellXfs>",
    "<numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/>",
    "date1904=\"1\"", "state=\"hidden\"", "45000.5", "-1",
    "1e308",
    "99999999999999999999", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&amp;", "&#0;", "&#x10FFFF;", "<![CDATA[", "]]>",
    "xml:space=\"preserve\"", "encoding=\"UTF-16\"", "/xl/", "../", "Target=\"", "TargetMode=\"External\"",
  ]

  init(_ folder: URL) {
    let whole = Corpus.files(in: Corpus.examples, endingIn: [".xlsx", ".xlsm"], longest: 1 << 20)
    let opened = whole.compactMap { Archive(ByteSource($0)) }.map { archive in
      Array(Self.parts.map { Self.text($0, archive) }.joined(separator: [0]))
    }
    seeds = [Self.own] + (whole + opened).filter { $0.count <= Self.longest }
  }

  func run(_ bytes: [UInt8]) {
    let source = ByteSource(bytes.starts(with: Array("PK".utf8)) ? bytes : Self.packed(bytes))
    Reading.all(of: source, number: bytes.count)
    guard let workbook = try? Workbook(source) else { return }
    for sheet in workbook.sheets.prefix(10) { _ = try? workbook.table(of: sheet) }
  }

  private static func text(_ name: String, _ archive: Archive) -> [UInt8] {
    var text: [UInt8] = []
    try? archive.read(name) { bytes in
      text += bytes
      return true
    }
    return text
  }

  private static func packed(_ bytes: [UInt8]) -> [UInt8] {
    let texts = bytes.split(separator: 0, maxSplits: parts.count - 1, omittingEmptySubsequences: false)
    guard let source = zip_source_buffer_create(nil, 0, 0, nil), let archive = zip_open_from_source(source, 0, nil)
    else { Target.found("no memory for an archive") }
    zip_source_keep(source)
    defer { zip_source_free(source) }
    for (name, text) in zip(parts, texts.map(Array.init)) where !text.isEmpty {
      // libzip takes the copy over and frees it.
      let copy = UnsafeMutableRawBufferPointer(start: malloc(text.count), count: text.count)
      copy.copyBytes(from: text)
      let part = zip_source_buffer(archive, copy.baseAddress, UInt64(text.count), 1)
      zip_set_file_compression(archive, UInt64(zip_file_add(archive, name, part, 0)), ZIP_CM_STORE, 0)
    }
    zip_close(archive)
    var status = zip_stat_t()
    guard zip_source_open(source) == 0, zip_source_stat(source, &status) == 0 else { return [] }
    defer { zip_source_close(source) }
    return [UInt8](unsafeUninitializedCapacity: Int(status.size)) { buffer, count in
      count = max(0, Int(zip_source_read(source, buffer.baseAddress, status.size)))
    }
  }

  private static let own: [UInt8] = {
    let types = ["worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"]
    let relations = types.sorted { $0.key > $1.key }.enumerated().map { index, relation in
      "<Relationship Id='r\(index)' Type='http://x/relationships/\(relation.key)' Target='\(relation.value)'/>"
    }
    let texts = [
      "<workbook xmlns:r='r'><workbookPr/><sheets><sheet name='S' sheetId='1' r:id='r0'/></sheets></workbook>",
      """
      <worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>\
      <c t='inlineStr'><is><t>金额</t></is></c></row><row r='2'><c r='A2'><v>45000.5</v></c><c r='B2' s='1'>\
      <v>45000.5</v></c><c r='C2' t='str'><f>1+1</f><v>2.5</v></c></row><row r='3'><c r='C3' t='b'><v>1</v></c></row>\
      </sheetData><mergeCells><mergeCell ref='A2:A3'/></mergeCells></worksheet>
      """,
      "<sst><si><t>客户名称</t></si><si><r><t>下单</t></r><r><t>时间</t></r><rPh><t>x</t></rPh></si></sst>",
      """
      <styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy-mm-dd'/></numFmts><cellXfs>\
      <xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>
      """,
      "<Relationships>\(relations.joined())</Relationships>",
    ]
    return Array(texts.joined(separator: "\0").utf8)
  }()
}
