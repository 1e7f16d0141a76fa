import App
import ArgumentParser
import Foundation

/// Which database a command works on.
struct DatabaseOption: ParsableArguments {
  @Option(
    name: .customLong("database"),
    help: ArgumentHelp("sqlite:PATH or postgres://USER@HOST/NAME.", valueName: "url"))
  var url: String?

  /// Those of the server, where it does the command's work.
  var config: Config {
    get throws { try Console.current.served?.config ?? Config.ofProcess(flags: url.map { [.database: $0] } ?? [:]) }
  }

  /// Opens it for one piece of work, or works on the one that the server has open.
  /// - Parameter making: whether one that is not there is made.
  @discardableResult
  func visit<Result>(making: Bool = false, _ work: (Services) async throws -> Result) async throws -> Result {
    if let served = Console.current.served { return try await work(served.services) }
    return try await House.visit(try config.database, making: making, work)
  }
}

extension DatabaseOption {
  /// Opens it for work that writes, or for a dry run of it, which makes no database where there is none.
  @discardableResult
  func visit<Result>(isDry: Bool, _ work: (Services) async throws -> Result) async throws -> Result {
    if isDry, Console.current.served == nil { return try await House.rehearse(try config.database, work) }
    return try await visit(making: true, work)
  }
}

/// A command on a database, which a server that has it open does in its place.
protocol DatabaseCommand: AsyncParsableCommand {
  /// Nil where it works on something else.
  var wantedDatabase: DatabaseOption? { get }
}

/// For programs that read what a command prints.
struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print JSON.")
  var isOn = false

  /// Prints a value as JSON where it is wanted, else its text.
  func print(_ value: some Encodable, text: @autoclosure () -> String) async throws {
    guard isOn else {
      let text = text()
      if !text.isEmpty { try await Console.current.print(text) }
      return
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try await Console.current.print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
