import Foundation
import Store
import Web

/// Hands a command over to the server that has the database.
public struct CommandClient {
  private let client: LocalClient
  private let terminal = Console.terminal

  /// Nil where no server has it: the command then does its work itself.
  public init?(of database: DatabaseURL) {
    guard case .sqlite(let path) = database, let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    guard let client = LocalClient(LocalAddress(beside: String(cString: real))) else { return nil }
    self.client = client
  }

  /// Shows what the command prints, asks what it asks, and returns with its code.
  public func run(_ arguments: [String]) throws -> Int32 {
    let request = CommandRequest(
      arguments: arguments, language: terminal.language, folder: FileManager.default.currentDirectoryPath,
      isWatched: terminal.isWatched, canAsk: terminal.canAsk, version: House.version)
    let hasCome = terminal.watchInterruptions()
    var isTold = false
    func tell() throws {
      guard hasCome(), !isTold else { return }
      isTold = true
      // The next one is not waited for.
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
      try client.send(LocalFrame("x"))
    }
    try client.send(LocalFrame("r", Array(try JSONEncoder().encode(request))))
    while let frame = try client.receive(pause: tell) {
      try tell()
      if let code = try show(frame) { return code }
    }
    throw Refusal("服务在命令完成之前停止了", "the server ended before the command did")
  }

  /// - Returns: the code, where it is that.
  private func show(_ frame: LocalFrame) throws -> Int32? {
    if frame.isA("o") {
      try FileHandle.standardOutput.write(contentsOf: Data(frame.bytes))
    } else if frame.isA("e") {
      try FileHandle.standardError.write(contentsOf: Data(frame.bytes))
    } else if frame.isA("p") {
      let numbers = frame.text.split(separator: " ").compactMap { Int($0) }
      if numbers.count == 2 { terminal.show(numbers[0], numbers[1]) }
    } else if frame.isA("q") {
      let typed = getpass(frame.text).map { String(cString: $0) }
      try client.send(typed.map { LocalFrame("a", Array($0.utf8)) } ?? LocalFrame("n"))
    } else if frame.isA("c") {
      return Int32(frame.text) ?? 1
    }
    return nil
  }
}
