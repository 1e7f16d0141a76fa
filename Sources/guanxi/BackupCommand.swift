import App
import ArgumentParser

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Make, prove and restore copies of the whole database.",
    discussion: """
      A backup is one file with its SHA-256 in another beside it.

        guanxi backup create firm.backup
        guanxi backup verify firm.backup
        guanxi backup restore firm.backup --replace
      """,
    subcommands: [Create.self, Verify.self, Restore.self])

  struct Create: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a copy of the database to a new file.",
      discussion: """
        SQLite is copied page by page and the copy checked; PostgreSQL's schema is written by pg_dump. A server that has \
        the SQLite database open makes the backup, and people go on working.

          guanxi backup create backups/monday.backup
        """)

    @Argument(help: "The file to make (default: one named by the time, in the folder of backups).")
    var file: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      let console = Console.current
      let report = try await Backup.create(
        file.map(console.path), try database.config, served: console.served?.services
      ) { console.showProgress($0, of: $1) }
      console.endProgress()
      try await json.print(report, text: report.sentence(Terminal.language))
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Restore a backup to a temporary place and look whether all is there.",
      discussion: """
        Checks the digest and every page, counts rows, and adds up the orders of every customer anew. A backup of \
        PostgreSQL is restored into a database of its own on the server of --database, which is dropped again.

          guanxi backup verify firm.backup
        """)

    @Argument(help: "The backup.")
    var file: String

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let report = try await Backup.verify(file, on: try database.config.database)
      try await json.print(report, text: report.sentence(Terminal.language))
    }
  }

  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a backup in the place of the database.",
      discussion: """
        The backup is verified first. Where there is a database already, --replace is needed, and the former one \
        is kept beside it under another name. Stop the server before.

          guanxi backup restore firm.backup --replace
        """)

    @Argument(help: "The backup.")
    var file: String

    @Flag(help: "Take the place of the database that is there.")
    var replace = false

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    func run() async throws {
      let restored = try await Backup.restore(file, to: try database.config.database, replacing: replace)
      try await json.print(restored, text: restored.sentence(Terminal.language))
    }
  }
}
