import CXlsx
import Foundation

/// Writes rows of text as a workbook of one sheet, in constant memory.
final class WorkbookWriter {
  static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  private static let cellLimit = 32_767

  /// Has no name, so that nothing of it stays behind; it is known by its descriptor alone.
  private let file: FileHandle
  private let path: String
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private var row: lxw_row_t = 0

  init() throws(ReadingProblem) {
    let descriptor = TemporaryPlace.unnamedFile()
    path = "/proc/self/fd/\(descriptor)"
    guard descriptor >= 0 else { throw Self.noRoom(path) }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var options = lxw_workbook_options()
    options.constant_memory = 1
    guard let workbook = workbook_new_opt(path, &options) else { throw Self.noRoom(path) }
    guard let sheet = workbook_add_worksheet(workbook, nil) else {
      lxw_workbook_free(workbook)
      throw Self.noRoom(path)
    }
    self.workbook = workbook
    self.sheet = sheet
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
  }

  /// Texts longer than a cell can hold are cut.
  func add(_ fields: [String]) throws(ReadingProblem) {
    for (column, field) in fields.enumerated() where !field.isEmpty {
      let text = field.utf16.count > Self.cellLimit ? String(field.prefix(Self.cellLimit / 2)) : field
      guard worksheet_write_string(sheet, row, lxw_col_t(clamping: column), text, nil) == LXW_NO_ERROR else {
        throw Self.noRoom(path)
      }
    }
    row += 1
  }

  func finished() throws(ReadingProblem) -> [UInt8] {
    let isClosed = workbook_close(workbook) == LXW_NO_ERROR
    workbook = nil
    guard isClosed, let data = FileManager.default.contents(atPath: path) else { throw Self.noRoom(path) }
    return Array(data)
  }

  private static func noRoom(_ path: String) -> ReadingProblem {
    .cannotOpen(path: path, reason: "no room for temporary files")
  }
}
