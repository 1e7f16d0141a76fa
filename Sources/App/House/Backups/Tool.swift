import Foundation
import Store
import Web

/// Programs of PostgreSQL that make and read backups.
enum Tool {
  struct Failure: Error, CustomStringConvertible {
    let word: Word
    var description: String { word[Terminal.language] }
  }

  /// Runs a program found in the path to its end; it is ended when the task is cancelled.
  /// - Returns: what it printed.
  /// - Throws: ``Failure`` with the last line it complained with.
  @discardableResult
  static func run(_ name: String, _ arguments: [String], environment: [String: String] = [:]) async throws
    -> String
  {
    try await BackgroundThread.run { stop in try runNow(name, arguments, environment: environment, stop: stop) }
  }

  /// The same on the thread of the caller.
  @discardableResult
  static func runNow(
    _ name: String, _ arguments: [String], environment: [String: String], stop: BackgroundThread.Stop
  ) throws -> String {
    guard let path = find(name) else {
      throw Failure(
        word: Word(
          "没有安装 \(name)；它随 PostgreSQL 的客户端程序提供",
          "\(name) is not installed; it comes with the client programs of PostgreSQL"))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files instead of pipes: nothing waits for somebody to read.
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let (out, err) = (folder.file("out"), folder.file("err"))
    for file in [out, err] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    while process.isRunning {
      if stop.isOn { process.terminate() }
      usleep(20_000)
    }
    try stop.check()
    guard process.terminationStatus == 0 else {
      let lines = try String(contentsOfFile: err, encoding: .utf8).split(separator: "\n")
      throw Failure(word: Word(same: lines.last.map(String.init) ?? "\(name): \(process.terminationStatus)"))
    }
    return try String(contentsOfFile: out, encoding: .utf8)
  }

  private static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (folders + newestServer).map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// Where Debian keeps the programs of each version, the newest first.
  private static var newestServer: [String] {
    let home = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
    return versions.compactMap(Int.init).sorted(by: >).map { "\(home)/\($0)/bin" }
  }
}

/// A folder of our own for a while.
struct TemporaryFolder {
  let path: String

  init() throws {
    path = TemporaryPlace.next()
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
