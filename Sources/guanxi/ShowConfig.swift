import App
import ArgumentParser
import Foundation

struct ShowConfig: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show every setting, its value and where it comes from.",
    discussion: """
      A flag goes before the environment, the environment before the file guanxi.conf (in the working directory, \
      else in the folder guanxi of your settings), that before the default. The file has lines like \
      GUANXI_PORT=8081.

        GUANXI_PORT=8081 guanxi config
      """)

  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    let settings = try database.config.settings
    let width = settings.map(\.key.rawValue.count).max() ?? 0
    let lines = settings.map { setting in
      setting.key.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
        + " = \(setting.shownValue)  (\(setting.shownOrigin))"
    }
    try await json.print(settings, text: lines.joined(separator: "\n"))
  }
}
