import App
import ArgumentParser

struct Search: DatabaseCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find customers, orders and products.",
    discussion: """
      By any part of a name, pinyin or its initials, digits of a phone, or an id of another system.

        guanxi search 张伟
        guanxi search zw --json
      """)

  @Argument(help: "What to look for.")
  var text: String

  @Option(help: ArgumentHelp("How many of each.", valueName: "n"))
  var limit = 30

  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  var wantedDatabase: DatabaseOption? { database }

  func run() async throws {
    try await database.visit { services in
      let found = try await Finds.of(text, limit: limit, services)
      try await json.print(found, text: found.lines.joined(separator: "\n"))
    }
  }
}
