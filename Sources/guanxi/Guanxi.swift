import App
import ArgumentParser
import CMalloc
import Foundation

@main
struct Guanxi: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guanxi",
    abstract: "Customer relationship management that you run yourself.",
    discussion: """
      guanxi demo makes a firm to look around in, guanxi serve shows it in the browser:

        guanxi demo
        guanxi serve

      Data is kept in guanxi-data/guanxi.db unless --database, GUANXI_DATABASE or the file guanxi.conf says \
      otherwise. Exit codes: 0 done, 1 failed, 2 wrong use, 3 some rows rejected.
      """,
    version: House.version,
    subcommands: [
      Serve.self, MakeDemo.self, ImportCommand.self, Analyze.self, ScoreCommand.self, Search.self, UserCommand.self,
      BackupCommand.self,
      Doctor.self, ShowConfig.self,
    ])

  /// Errors as one sentence on stderr; wrong use is 2, as in other programs.
  static func main() async {
    // What this program writes is a firm's: databases, backups and exports are for whoever runs it.
    umask(0o077)
    // A pool of memory for each processor, not eight of them: what one thread lets go another takes up.
    mallopt(M_ARENA_MAX, CInt(clamping: ProcessInfo.processInfo.activeProcessorCount))
    Foundation.exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Does a command, here or, where a server has its database open, there.
  /// - Returns: the code to end with.
  @Sendable static func run(_ arguments: [String]) async -> Int32 {
    do {
      let command = try parseAsRoot(arguments)
      if let client = try client(for: command) { return try client.run(arguments) }
      try await run(command)
      return 0
    } catch {
      return await code(of: error)
    }
  }

  private static func client(for command: any ParsableCommand) throws -> CommandClient? {
    guard Console.current.served == nil, let wanted = (command as? any DatabaseCommand)?.wantedDatabase else {
      return nil
    }
    return CommandClient(of: try wanted.config.database)
  }

  private static func run(_ command: any ParsableCommand) async throws {
    guard Console.current.served == nil || command is any DatabaseCommand else {
      throw ValidationError("a server does not do this for others")
    }
    var command = command
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  }

  /// Says what went wrong in one sentence, and with what code to end.
  private static func code(of error: any Error) async -> Int32 {
    let (code, console) = (exitCode(for: error), Console.current)
    // Codes the command chose itself, help, and the version.
    if error is ExitCode { return code.rawValue }
    let isOurs = code != .validationFailure && !code.isSuccess
    let text = isOurs ? "guanxi: \(Terminal.sentence(for: error))" : fullMessage(for: error)
    try? await console.print(text, to: code.isSuccess ? .output : .complaint)
    if code.isSuccess { return 0 }
    return code == .validationFailure || Terminal.isWrongUse(error) ? 2 : 1
  }
}
