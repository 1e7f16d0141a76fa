import App
import ArgumentParser
import Foundation

/// Which database a command works on.
struct DatabaseOption: ParsableArguments {
  @Option(
    name: .customLong("database"),
    help: ArgumentHelp("sqlite:PATH or postgres://USER@HOST/NAME.", valueName: "url"))
  var url: String?

  var config: Config {
    get throws { try Config.ofProcess(flags: url.map { [.database: $0] } ?? [:]) }
  }

  /// Opens it for one piece of work.
  /// - Parameter making: whether one that is not there is made.
  @discardableResult
  func visit<Result>(making: Bool = false, _ work: (Services) async throws -> Result) async throws -> Result {
    try await House.visit(try config.database, making: making, work)
  }
}

extension DatabaseOption {
  /// Opens it for work that writes, or for a dry run of it, which makes no database where there is none.
  @discardableResult
  func visit<Result>(isDry: Bool, _ work: (Services) async throws -> Result) async throws -> Result {
    isDry ? try await House.rehearse(try config.database, work) : try await visit(making: true, work)
  }
}

/// For programs that read what a command prints.
struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print JSON.")
  var isOn = false

  /// Prints a value as JSON where it is wanted, else its text.
  func print(_ value: some Encodable, text: @autoclosure () -> String) throws {
    guard isOn else {
      let text = text()
      if !text.isEmpty { Swift.print(text) }
      return
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

/// A line on stderr, where it does not mix with what a program reads.
func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
