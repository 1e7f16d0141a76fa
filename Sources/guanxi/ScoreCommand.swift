import App
import ArgumentParser
import Foundation

struct ScoreCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Say anew what every customer is worth, as the server does each night.",
    discussion: """
      The scores are kept, so that one day can be compared with the next. The models are fitted anew when the last fit \
      is not of today, or with --refit.
      """)

  @Flag(help: "Fit the models anew even when the last fit is of today.")
  var refit = false

  @OptionGroup var database: DatabaseOption

  var wantedDatabase: DatabaseOption? { database }

  func run() async throws {
    let scored = try await database.visit { try await Scoring.run($0, refits: refit) }
    try await Console.current.print(scored.sentence(Terminal.language))
  }
}
