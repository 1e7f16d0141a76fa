import Foundation
import Store
import Synchronization
import Web

/// What a command line is handed over with.
struct CommandRequest: Codable, Sendable {
  /// Without the program's name.
  let arguments: [String]
  let language: Language
  /// The working directory.
  let folder: String
  let isWatched: Bool
  let canAsk: Bool
  let version: String
}

/// Does a command, and says with what code it ends. What it prints to, and whom it asks, is ``Console/current``.
public typealias CommandRunner = @Sendable (_ arguments: [String]) async -> Int32

/// A command that another process has handed over, from its request to its end.
///
/// Frames that come: `r` the request, `a` what was typed, `n` that nothing was, `x` that it should end. Frames that go:
/// `o` and `e` what is printed, `p` how far the work is, `q` a question, `c` the code.
struct CommandSession: Sendable {
  let served: Console.Served
  let run: CommandRunner
  /// Until the request must be there.
  var patience = Duration.seconds(10)

  func talk(to connection: LocalConnection) async throws {
    let timer = Task { [patience] in
      try await Task.sleep(for: patience)
      connection.close()
    }
    defer { timer.cancel() }
    let (answers, answer) = AsyncStream<String?>.makeStream()
    let interruption = Interruption()
    var command: Task<Void, Never>?
    // Whether it is wanted no longer, or its end has closed the connection.
    func end() { if Task.isCancelled || !interruption.come() { command?.cancel() } }
    do {
      for try await frame in connection.frames {
        if frame.isA("r"), command == nil {
          timer.cancel()
          let request = try JSONDecoder().decode(CommandRequest.self, from: Data(frame.bytes))
          command = begin(request, connection, answers, interruption)
        } else if frame.isA("a") || frame.isA("n") {
          answer.yield(frame.isA("a") ? frame.text : nil)
        } else if frame.isA("x") {
          end()
        }
      }
    } catch {
      end()
      answer.finish()
      await command?.value
      throw error
    }
    end()
    answer.finish()
    await command?.value
  }

  private func begin(
    _ request: CommandRequest, _ connection: LocalConnection, _ answers: AsyncStream<String?>,
    _ interruption: Interruption
  ) -> Task<Void, Never> {
    let progress = LatestProgress()
    let console = Console(
      language: request.language, folder: request.folder, isWatched: request.isWatched, canAsk: request.canAsk,
      served: served,
      write: { stream, text in
        try await progress.send(to: connection)
        try await Self.send(text, stream == .output ? "o" : "e", to: connection)
      },
      show: { progress.set($0, $1) },
      ask: { prompt in
        try await connection.send(LocalFrame("q", prompt.utf8))
        return await answers.first { _ in true } ?? nil
      }, interruption: interruption)
    return Console.$current.withValue(console) {
      Task {
        let telling = Task {
          while !Task.isCancelled {
            try await Task.sleep(for: .milliseconds(200))
            try await progress.send(to: connection)
          }
        }
        let code = await code(of: request)
        telling.cancel()
        _ = await telling.result
        try? await connection.send(LocalFrame("c", "\(code)".utf8))
        connection.close()
      }
    }
  }

  private func code(of request: CommandRequest) async -> Int32 {
    if request.version == House.version { return await run(request.arguments) }
    let why = Word(
      "正在运行的 Guanxi 是 \(House.version) 版，这个命令是 \(request.version) 版；请重新启动服务",
      "the Guanxi that runs is version \(House.version), and this command \(request.version); start the server anew")
    try? await Console.current.print("guanxi: \(why[request.language])", to: .complaint)
    return 1
  }

  /// In pieces, which the other end takes in one after the other.
  private static func send(_ text: String, _ kind: Character, to connection: LocalConnection) async throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try await connection.send(LocalFrame(kind, rest.prefix(65_536)))
      rest = rest.dropFirst(65_536)
    }
  }
}

/// How far the work is; only the last is worth telling.
private final class LatestProgress: Sendable {
  private let latest = Mutex<String?>(nil)

  func set(_ done: Int, _ total: Int) { latest.withLock { $0 = "\(done) \(total)" } }

  func send(to connection: LocalConnection) async throws {
    let text = latest.withLock { latest in
      defer { latest = nil }
      return latest
    }
    if let text { try await connection.send(LocalFrame("p", text.utf8)) }
  }
}
