import Store
import Web

extension House {
  /// Does the commands of other processes of the same user for as long as the product is served: with SQLite one process
  /// has the database, and whoever wants something of it asks that one.
  static func listenForCommands(_ served: Console.Served, _ run: @escaping CommandRunner) async {
    guard let file = served.services.db.file else { return await untilCancelled() }
    let session = CommandSession(served: served, run: run)
    let server = LocalServer(LocalAddress(beside: file.path), log: served.services.log) { connection in
      try await session.talk(to: connection)
    }
    do { try await server.run() } catch is CancellationError {
      // The product is served no longer.
    } catch {
      served.services.log.warning(
        "commands cannot be handed to this server: there can be no socket beside the database",
        metadata: ["why": "\(error)"])
      await untilCancelled()
    }
  }

  private static func untilCancelled() async {
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
  }
}
