import CZip
import Foundation

@testable import App

/// Workbooks put together part by part, right and wrong ones.
enum MadeWorkbook {
  static let head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"

  /// A workbook of sheets by name, each the content of `sheetData` and what stands behind it.
  static func bytes(
    _ sheets: [(name: String, xml: String)], strings: [String] = [], styles: String = "", properties: String = "",
    hidden: Set<String> = []
  ) -> [UInt8] {
    var parts = [
      "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
      "xl/_rels/workbook.xml.rels": relations(
        [("styles", "styles.xml"), ("sharedStrings", "/xl/sharedStrings.xml")]
          + sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }),
      "xl/styles.xml": head + "<styleSheet>\(styles)</styleSheet>",
      "xl/sharedStrings.xml": head + "<sst>" + strings.map { "<si>\($0)</si>" }.joined() + "</sst>",
    ]
    let list = sheets.enumerated().map { index, sheet in
      let state = hidden.contains(sheet.name) ? " state='hidden'" : ""
      return "<sheet name='\(sheet.name)' sheetId='\(index + 9)'\(state) r:id='r\(index + 3)'/>"
    }
    parts["xl/workbook.xml"] =
      head + "<workbook xmlns:r='r'><workbookPr \(properties)/><sheets>\(list.joined())</sheets></workbook>"
    for (index, sheet) in sheets.enumerated() {
      parts["xl/worksheets/sheet\(index + 1).xml"] = head + "<worksheet>\(sheet.xml)</worksheet>"
    }
    return archive(parts.mapValues { Array($0.utf8) })
  }

  private static func relations(_ targets: [(type: String, target: String)]) -> String {
    let all = targets.enumerated().map { index, relation in
      "<Relationship Id='r\(index + 1)' Type='http://x/relationships/\(relation.type)' Target='\(relation.target)'/>"
    }
    return head + "<Relationships>\(all.joined())</Relationships>"
  }

  static func archive(_ parts: [String: [UInt8]]) -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appending(path: "made-\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil) else { return [] }
    for (name, bytes) in parts.sorted(by: { $0.key < $1.key }) {
      let copy = UnsafeMutableRawBufferPointer(start: malloc(max(1, bytes.count)), count: bytes.count)
      copy.copyBytes(from: bytes)
      let source = zip_source_buffer(archive, copy.baseAddress, UInt64(bytes.count), 1)
      zip_file_add(archive, name, source, 0)
    }
    zip_close(archive)
    return FileManager.default.contents(atPath: path).map(Array.init) ?? []
  }

  /// Rows of inline texts.
  static func sheet(_ rows: [[String]]) -> String {
    let all = rows.enumerated().map { index, cells in
      "<row r='\(index + 1)'>" + cells.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }
    return "<sheetData>\(all.joined())</sheetData>"
  }
}
