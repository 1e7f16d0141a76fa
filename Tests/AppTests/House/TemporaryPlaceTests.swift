import Foundation
import Testing

@testable import App

@Suite struct TemporaryPlaceTests {
  @Test func whatDeadProcessesLeftIsRemoved() throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory
    // No process has the largest number there can be.
    let dead = folder.appending(path: "guanxi-4194304-\(UUID().uuidString)")
    try files.createDirectory(at: dead, withIntermediateDirectories: false)
    try Data("a firm".utf8).write(to: dead.appending(path: "guanxi.db"))
    let old = folder.appending(path: "guanxi-\(UUID().uuidString).xlsx")
    try Data("rows".utf8).write(to: old)
    let young = folder.appending(path: "guanxi-\(UUID().uuidString)")
    try Data("rows".utf8).write(to: young)
    let inUse = folder.appending(path: "guanxi-\(UUID().uuidString)")
    try Data("rows".utf8).write(to: inUse)
    let reader = try FileHandle(forReadingFrom: inUse)
    for place in [old, inUse] {
      try files.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -7_200)], ofItemAtPath: place.path)
    }
    let own = try TemporaryFolder()
    let others = folder.appending(path: "guanxi-notes-\(UUID().uuidString)")
    try Data().write(to: others)
    defer { for place in [inUse, young, others] { try? files.removeItem(at: place) } }

    TemporaryPlace.removeLeftovers()
    #expect(!files.fileExists(atPath: dead.path))
    #expect(!files.fileExists(atPath: old.path))
    #expect(files.fileExists(atPath: inUse.path))
    #expect(files.fileExists(atPath: young.path))
    #expect(files.fileExists(atPath: own.path))
    #expect(files.fileExists(atPath: others.path))
    try reader.close()
    own.remove()
  }

  /// While a file is spooled, and while a workbook is written, no name leads to it.
  @Test func spoolsHaveNoName() throws {
    func names() throws -> Set<String> {
      let folder = FileManager.default.temporaryDirectory
      let all = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
      // Other tests have folders there meanwhile.
      let files = try all.filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile ?? false }
      return Set(files.map(\.lastPathComponent).filter { $0.hasPrefix("guanxi-\(getpid())-") })
    }
    let before = try names()
    var spool = try TextSpool()
    try spool.append(Array("a,b\n".utf8))
    let writer = try WorkbookWriter()
    try writer.add(["a", "b"])
    #expect(try names().isSubset(of: before))
    let source = try spool.finished()
    #expect(try source.read(at: 0, count: 10) == Array("a,b\n".utf8))
    #expect(try Workbook(ByteSource(writer.finished())).sheets.count == 1)
    #expect(try names().isSubset(of: before))
  }
}
