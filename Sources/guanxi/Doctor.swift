import App
import ArgumentParser

struct Doctor: DatabaseCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look whether everything is in good health.",
    discussion: """
      Looks at the database, its version and every page of it, whether it takes writes and has connections left, \
      disk space, the totals of every customer, the search index, background jobs, the clock, the ports, and how \
      many clients the system allows. Exit code 1 when something is wrong; each ✗ says what to do.

        guanxi doctor --fix
      """)

  @Flag(help: "Count totals anew and complete the search index where they are wrong.")
  var fix = false

  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  var wantedDatabase: DatabaseOption? { database }

  func run() async throws {
    let findings = await Checkup(try database.config, mends: fix, served: Console.current.served?.services).run()
    try await json.print(findings, text: findings.map { $0.text(Terminal.language) }.joined(separator: "\n"))
    if findings.contains(where: { !$0.isFine }) { throw ExitCode.failure }
  }
}
