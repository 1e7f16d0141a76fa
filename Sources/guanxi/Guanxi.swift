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
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      if code == .validationFailure {
        complain(fullMessage(for: error))
        Foundation.exit(2)
      }
      // Help, the version, and codes the command chose itself.
      if error is ExitCode || code.isSuccess { exit(withError: error) }
      complain("guanxi: \(Terminal.sentence(for: error))")
      Foundation.exit(Terminal.isWrongUse(error) ? 2 : 1)
    }
  }
}
