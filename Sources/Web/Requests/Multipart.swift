import Foundation

/// A form sent as `multipart/form-data` (RFC 7578), which is how browsers send files.
struct Multipart {
  private(set) var fields = Fields()
  private(set) var files: [String: SentFile] = [:]

  /// - Parameter type: the request's content type, which names the boundary.
  /// - Throws: ``AppError`` when the body is not what the type says.
  init(_ body: [UInt8], type: String) throws {
    guard let boundary = Self.parameter("boundary", of: type), !boundary.isEmpty else { throw Self.malformed }
    let mark = Array("--\(boundary)".utf8)
    guard body.starts(with: mark) else { throw Self.malformed }
    var start = mark.count
    var pairs: [(name: String, value: String)] = []
    while !body[start...].starts(with: "--".utf8) {
      guard pairs.count + files.count < 2_000 else { throw Self.malformed }
      guard let end = Self.find(Array("\r\n".utf8) + mark, in: body, from: start) else { throw Self.malformed }
      guard let blank = Self.find(Array("\r\n\r\n".utf8), in: body, from: start), blank <= end else {
        throw Self.malformed
      }
      let head = String(decoding: body[start..<blank], as: UTF8.self)
      let content = body[min(blank + 4, end)..<end]
      let name = Self.parameter("name", of: head) ?? ""
      if let file = Self.parameter("filename", of: head) {
        files[name] = SentFile(name: file, bytes: Array(content))
      } else {
        pairs.append((name, String(decoding: content, as: UTF8.self).replacing("\0", with: "")))
      }
      start = end + 2 + mark.count
    }
    fields = Fields(pairs)
  }

  private static let malformed = AppError.badRequest(
    Word("上传的内容不完整，请重新选择文件。", "What was sent is not complete; choose the file again."))

  /// `name="value"` or `name=value` in a header.
  private static func parameter(_ name: String, of header: String) -> String? {
    for part in header.split(whereSeparator: { ";\r\n".contains($0) }) {
      let halves = part.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, halves[0].trimmingCharacters(in: .whitespaces).lowercased() == name else { continue }
      return halves[1].trimmingCharacters(in: .whitespaces).trimmingCharacters(in: ["\""])
    }
    return nil
  }

  private static func find(_ pattern: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first, start <= body.count else { return nil }
    var place = start
    while let hit = body[place...].firstIndex(of: first) {
      if body[hit...].starts(with: pattern) { return hit }
      place = hit + 1
    }
    return nil
  }
}
