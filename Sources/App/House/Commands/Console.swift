import Foundation
import Store
import Web

/// Where a command is given and answered: the terminal of this process, or that of another one at the end of the server's
/// socket.
public struct Console: Sendable {
  public enum Stream: Sendable { case output, complaint }

  @TaskLocal public static var current = Console.terminal

  public let language: Language
  /// Where paths begin that do not begin at the root; nil where that is the working directory of this process.
  let folder: String?
  /// Whether somebody sees how far the work is.
  public let isWatched: Bool
  /// Whether somebody is there to be asked.
  public let canAsk: Bool
  /// The database of the server that does the command's work; nil where the command opens one itself.
  public let served: Served?
  let write: @Sendable (Stream, String) async throws -> Void
  let show: @Sendable (_ done: Int, _ total: Int) -> Void
  let ask: @Sendable (_ prompt: String) async throws -> String?
  let interruption: Interruption

  public struct Served: Sendable {
    public let services: Services
    public let config: Config
  }

  /// Prints a line.
  public func print(_ text: String, to stream: Stream = .output) async throws { try await write(stream, text + "\n") }

  /// Prints a text as it is.
  public func put(_ text: String) async throws { try await write(.output, text) }

  /// A file as it was named at the terminal.
  public func path(_ name: String) -> String {
    folder.map { URL(fileURLWithPath: name, relativeTo: URL(fileURLWithPath: $0, isDirectory: true)).path } ?? name
  }

  /// Shows how far the work is, on a line of its own that is written over.
  public func showProgress(_ done: Int, of total: Int) { if isWatched { show(done, total) } }

  /// Takes the line of the progress away.
  public func endProgress() { if isWatched { show(-1, 0) } }

  /// Asks for something without showing what is typed; nil when nobody is there.
  public func askSecretly(_ prompt: String) async throws -> String? { canAsk ? try await ask(prompt) : nil }

  /// From now on somebody who interrupts the command wants it to end well, and the work looks whether that is so.
  public func watchInterruptions() -> @Sendable () -> Bool { interruption.watch() }
}

/// Whether somebody wants a command to end.
public final class Interruption: Sendable {
  private let stop = BackgroundThread.Stop()
  private let isLookedAt = BackgroundThread.Stop()
  private let prepare: @Sendable () -> @Sendable () -> Bool

  /// - Parameter prepare: makes ready for it and returns how to see it.
  init(_ prepare: (@Sendable () -> @Sendable () -> Bool)? = nil) {
    let stop = stop
    self.prepare = prepare ?? { { stop.isOn } }
  }

  func watch() -> @Sendable () -> Bool {
    isLookedAt.set()
    return prepare()
  }

  /// - Returns: whether the command looks at it, and will end by itself.
  func come() -> Bool {
    stop.set()
    return isLookedAt.isOn
  }
}
