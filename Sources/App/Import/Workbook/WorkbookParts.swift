/// Which part of a workbook another one means (ECMA-376, part 2, 9.3).
struct Relations {
  private(set) var parts: [String: (type: String, part: String)] = [:]

  /// - Parameter folder: where relative names begin. An archive without the part has no relations.
  init(_ archive: Archive, _ name: String, folder: String) throws(ReadingProblem) {
    guard archive.has(name) else { return }
    let listener = Listener()
    try archive.parse(name, listener)
    for (id, type, target) in listener.found {
      let path = target.hasPrefix("/") ? String(target.dropFirst()) : folder.isEmpty ? target : "\(folder)/\(target)"
      parts[id] = (type, path)
    }
  }

  func first(ofType suffix: String) -> String? { parts.values.first { $0.type.hasSuffix(suffix) }?.part }

  private final class Listener: XMLListener {
    var found: [(id: String, type: String, target: String)] = []
    let isDone = false

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
      guard name == "Relationship", found.count < 10_000, let id = attributes["Id"], let type = attributes["Type"],
        let target = attributes["Target"], attributes["TargetMode"] != "External"
      else { return }
      found.append((id, type, target))
    }

    func ended(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  }
}

/// The sheets of a workbook and the day its dates are counted from.
final class WorkbookContents: XMLListener {
  private(set) var sheets: [(name: String, isHidden: Bool, relation: String)] = []
  private(set) var startsIn1904 = false
  let isDone = false

  func began(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "sheet", sheets.count < 10_000, let title = attributes["name"], let relation = attributes["id"] {
      sheets.append((title, (attributes["state"] ?? "visible") != "visible", relation))
    } else if name == "workbookPr" {
      startsIn1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    }
  }

  func ended(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The formats of a workbook's cells, by the number cells name them by.
final class CellStyles: XMLListener {
  private(set) var formats: [CellFormat] = []
  private var named: [Int: CellFormat] = [:]
  private var isCells = false
  let isDone = false

  func began(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
      named[id] = CellFormat(code: code)
    } else if name == "cellXfs" {
      isCells = true
    } else if name == "xf", isCells, formats.count < 100_000 {
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      formats.append(named[id] ?? CellFormat(builtIn: id))
    }
  }

  func ended(_ name: XMLName) { if name == "cellXfs" { isCells = false } }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
