import ArgumentParser
import Foundation

/// Where the password of a new user comes from.
enum NewPassword {
  /// From a file, or typed twice without being shown. Nil when one is to be made: nobody sits at the terminal,
  /// or nothing was typed.
  static func read(from file: String?) throws -> String? {
    if let file {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      guard let line = text.split(whereSeparator: \.isNewline).first else {
        throw ValidationError("\(file) holds no password")
      }
      return String(line)
    }
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    guard let first = ask("Password (nothing: one is made): "), !first.isEmpty else { return nil }
    guard ask("The same again: ") == first else { throw ValidationError("the two passwords differ") }
    return first
  }

  private static func ask(_ prompt: String) -> String? { getpass(prompt).map { String(cString: $0) } }
}
