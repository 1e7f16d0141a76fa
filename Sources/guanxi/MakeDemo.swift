import App
import ArgumentParser
import Foundation

struct MakeDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make a believable firm to look around in.",
    discussion: """
      山岚茶业 sells tea and gifts: three years of orders ending today, the same from the same seed on every \
      machine. Prints an e-mail and a password to sign in with. A demo that was broken off goes on when the command \
      is given again.

        guanxi demo --customers 100000 --orders 1000000
      """)

  @Option(help: ArgumentHelp("How many customers.", valueName: "n"))
  var customers = 5_000

  @Option(help: ArgumentHelp("How many orders (default: six a customer).", valueName: "n"))
  var orders: Int?

  @Option(help: ArgumentHelp("Another seed gives another firm.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Put it beside the customers who are there.")
  var add = false

  @Flag(help: "Do nothing where there are customers, unless a demo was broken off.")
  var once = false

  @OptionGroup var database: DatabaseOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await database.visit(making: true) { services in
      if once, try await Demo.isWhole(in: services) { return }
      let demo = try await Demo(customers: customers, orders: orders, seed: seed, on: services)
      let console = Console.current
      let made = try await demo.write(to: services, adding: add) { console.showProgress($0, of: customers) }
      console.endProgress()
      try await json.print(made, text: made.sentence(Terminal.language))
    }
  }
}
