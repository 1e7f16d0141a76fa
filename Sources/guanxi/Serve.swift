import App
import ArgumentParser
import Foundation

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the product in the browser until stopped.",
    discussion: """
      Prints its address and, while nobody can sign in, a link to create the first administrator. Ends on Ctrl-C \
      after the requests in progress. Waits a minute for a PostgreSQL server that is not there yet.

        guanxi serve --port 8081 --database sqlite:firm.db
      """)

  @Option(help: "Address to listen on; 0.0.0.0 for all of this machine.")
  var host: String?

  @Option(help: "Port to listen on; 0 for any free one.")
  var port: String?

  @Option(
    help: ArgumentHelp(
      "How people reach it, such as https://crm.example.cn: what links begin with. Several, with commas between.",
      valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      "Addresses of proxies in front, such as 10.0.0.7 or 10.0.0.0/8, which are believed when they say for whom they ask.",
      valueName: "addresses"))
  var trustedProxies: String?

  @Option(help: "Most clients connected at once; more are told to come back.")
  var connections: String?

  @Option(help: "Most connections from one address; proxies that are trusted have no such limit.")
  var connectionsPerClient: String?

  @Option(
    help: "Port for /livez, /readyz and /metrics, which answer however busy the product is; 0 for any free one.")
  var healthPort: String?

  @Option(help: "Address for these; whoever reaches it can read them.")
  var healthHost: String?

  @Option(help: "Folder for backups, beside the database unless given from the root; off for none on this machine.")
  var backups: String?

  @OptionGroup var database: DatabaseOption

  func run() async throws {
    var flags: [Config.Key: String] = [:]
    flags[.database] = database.url
    flags[.host] = host
    flags[.port] = port
    flags[.url] = url
    flags[.trustedProxies] = trustedProxies
    flags[.connections] = connections
    flags[.connectionsPerClient] = connectionsPerClient
    flags[.healthPort] = healthPort
    flags[.healthHost] = healthHost
    flags[.backups] = backups
    try await House.serve(try Config.ofProcess(flags: flags), commands: Guanxi.run) { line in
      print(line)
      fflush(nil)
    }
  }
}
