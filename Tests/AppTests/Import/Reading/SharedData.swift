import Glibc

@testable import App

/// Real files that lie beside the project on some machines and never inside it.
enum SharedData {
  static let root: String? = {
    var place = #filePath.split(separator: "/")
    while !place.isEmpty {
      place.removeLast()
      let candidate = "/" + (place + ["shared", "data"]).joined(separator: "/")
      if access(candidate, R_OK) == 0 { return candidate }
    }
    print("Shared data is not here: the tests on real files are skipped.")
    return nil
  }()

  static var isHere: Bool { root != nil }

  static func source(_ path: String) throws -> ByteSource {
    guard let root else { throw ReadingProblem.cannotOpen(path: path, reason: "no shared data") }
    return path.hasSuffix(".gz")
      ? ByteSource(unpacked(root + "/" + path)) : try ByteSource(path: root + "/" + path)
  }

  private static func unpacked(_ path: String) -> [UInt8] {
    guard let pipe = popen("gzip -dc '\(path)'", "r") else { return [] }
    defer { pclose(pipe) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }
}

extension CSVReader {
  mutating func all() throws(ReadingProblem) -> [CSVRecord] {
    var records: [CSVRecord] = []
    while let record = try next() { records.append(record) }
    return records
  }
}
