import App
import ArgumentParser
import Foundation

/// Where the password of a new user comes from.
enum NewPassword {
  /// From a file, or typed twice without being shown. Nil when one is to be made: nobody sits at the terminal,
  /// or nothing was typed.
  static func read(from file: String?) async throws -> String? {
    let console = Console.current
    if let file {
      let text = try String(contentsOfFile: console.path(file), encoding: .utf8)
      guard let line = text.split(whereSeparator: \.isNewline).first else {
        throw ValidationError("\(file) holds no password")
      }
      return String(line)
    }
    guard let first = try await console.askSecretly("Password (nothing: one is made): "), !first.isEmpty else {
      return nil
    }
    guard try await console.askSecretly("The same again: ") == first else {
      throw ValidationError("the two passwords differ")
    }
    return first
  }
}
