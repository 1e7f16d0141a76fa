import App
import ArgumentParser
import Foundation

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in customers and orders from files.",
    discussion: """
      What the columns mean is guessed from their names, Chinese or English; --map says otherwise. The same file \
      twice changes nothing, and an import can be reverted whole. Exit code 3 when some rows were rejected.

        guanxi import orders orders.csv --dry-run
        guanxi import orders orders.csv --errors rejected.csv
        guanxi import list
        guanxi import revert 01K2V3T0QY8Z4
      """,
    subcommands: [Customers.self, Orders.self, Revert.self, List.self])

  struct Customers: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in customers.",
      discussion: "  guanxi import customers customers.csv --map name=客户名称 --map phone=手机")

    @OptionGroup var file: FileToImport

    var wantedDatabase: DatabaseOption? { file.database }

    func run() async throws { try await file.run("customers") }
  }

  struct Orders: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in orders, one line per order or per order line.",
      discussion: """
        Customers who are not there yet are made from their number or name.

          guanxi import orders orders.csv --where 状态=已完成 --dates day-first
        """)

    @OptionGroup var file: FileToImport

    var wantedDatabase: DatabaseOption? { file.database }

    func run() async throws { try await file.run("orders") }
  }

  struct Revert: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take an import back whole.",
      discussion: """
        What was changed since then is kept, and listed.

          guanxi import revert 01K2V3T0QY8Z4
        """)

    @Argument(help: "The import, as guanxi import list shows it.")
    var id: String

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      try await database.visit { services in
        let console = Console.current
        let reverted = try await Importer(services).revert(id) { console.showProgress($0, of: $1) }
        console.endProgress()
        try await json.print(reverted, text: reverted.sentences(Terminal.language).joined(separator: "\n"))
      }
    }
  }

  struct List: DatabaseCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the imports, newest first.",
      discussion: "  guanxi import list --json")

    @OptionGroup var database: DatabaseOption
    @OptionGroup var json: JSONOption

    var wantedDatabase: DatabaseOption? { database }

    func run() async throws {
      try await database.visit { services in
        let entries = try await Importer(services).list()
        try await json.print(entries, text: entries.map { $0.line(Terminal.language) }.joined(separator: "\n"))
      }
    }
  }
}
