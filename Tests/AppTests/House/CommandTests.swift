import Foundation
import Store
import Synchronization
import TestKit
import Testing
import Web

@testable import App

/// Commands that a server does for other processes.
@Suite struct CommandTests {
  /// The program that was built with these tests.
  private static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("guanxi")
  }

  private struct Ended {
    let code: Int32
    let output: String
    let complaint: String
  }

  /// - Parameter line: words with spaces between.
  private static func guanxi(
    _ line: String, on database: String = "firm.db", in folder: TemporaryFolder, language: String = "C"
  ) async throws -> Ended {
    let (out, err) = (folder.file(UUID().uuidString), folder.file(UUID().uuidString))
    let process = Process()
    process.executableURL = program
    process.arguments = line.split(separator: " ").map(String.init) + ["--database", "sqlite:\(database)"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["LC_ALL": language, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    for file in [out, err] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    for _ in 0..<1_200 where process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    return Ended(
      code: process.terminationStatus, output: try String(contentsOfFile: out, encoding: .utf8),
      complaint: try String(contentsOfFile: err, encoding: .utf8))
  }

  /// A firm in `firm.db` that a program serves.
  private static func served(_ body: (TemporaryFolder) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await House.visit(.sqlite(path: folder.file("firm.db"))) { services in
      _ = try await Demo(customers: 30, orders: 100, today: services.clock().day(in: .gmt)).write(to: services)
    }
    let server = Process()
    server.executableURL = program
    server.arguments = ["serve", "--database", "sqlite:firm.db", "--port", "0"]
    server.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    (server.standardOutput, server.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    server.standardInput = FileHandle.nullDevice
    try server.run()
    let address = LocalAddress(beside: folder.file("firm.db"))
    for _ in 0..<600 where !FileManager.default.fileExists(atPath: address.path) {
      try await Task.sleep(for: .milliseconds(50))
    }
    do { try await body(folder) } catch {
      server.terminate()
      throw error
    }
    server.terminate()
    for _ in 0..<600 where server.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    #expect(server.terminationStatus == 0)
    #expect(!FileManager.default.fileExists(atPath: address.path))
  }

  @Test func everythingThatOneMayWantMeanwhile() async throws {
    try await Self.served { folder in
      func guanxi(_ line: String, language: String = "C") async throws -> Ended {
        try await Self.guanxi(line, in: folder, language: language)
      }
      let listed = try await guanxi("user list")
      #expect(listed.code == 0 && listed.output.contains("demo@guanxi.example") && listed.complaint == "")

      // With files of its own working directory, and passwords from there.
      try "correct horse battery\n".write(toFile: folder.file("secret"), atomically: true, encoding: .utf8)
      let created = try await guanxi("user create li@firm.cn --name 李雷 --password-file secret")
      #expect(created.code == 0 && created.output.contains("李雷") && !created.output.contains("password"))
      expectEqual(try await guanxi("user disable li@firm.cn").code, 0)
      #expect(try await guanxi("user list").output.contains("disabled"))

      let unknown = try await guanxi("user disable nobody@firm.cn")
      #expect(unknown.code == 1 && unknown.complaint.contains("nobody@firm.cn") && unknown.output == "")
      let chinese = try await guanxi("user disable nobody@firm.cn", language: "zh_CN.UTF-8")
      #expect(chinese.complaint.contains("没有"), "\(chinese.complaint)")

      let rows = "客户编号,客户名称\nK1,云栖茶行\nK2,\n"
      try rows.write(toFile: folder.file("in.csv"), atomically: true, encoding: .utf8)
      let imported = try await guanxi("import customers in.csv --errors out.csv")
      #expect(imported.code == 0 || imported.code == 3)
      #expect(try await guanxi("import list").output.contains("in.csv"))
      #expect(try await guanxi("search 云栖").output.contains("云栖茶行"))
      #expect(try await guanxi("search 云栖 --json").output.hasPrefix("{"))

      let backup = try await guanxi("backup create")
      #expect(backup.code == 0 && backup.output.contains(folder.path + "/backups/guanxi-"), "\(backup)")
      let named = try await guanxi("backup create mine.backup")
      #expect(named.code == 0 && FileManager.default.fileExists(atPath: folder.file("mine.backup")))
      expectEqual(try await guanxi("backup verify mine.backup").code, 0)
      expectEqual(try await guanxi("analyze rfm").code, 0)
      expectEqual(try await guanxi("score").code, 0)
      let doctor = try await guanxi("doctor --json")
      #expect(doctor.output.contains("\"page_sums\"") && doctor.output.contains("\"backups\""))
    }
  }

  /// What needs the database for itself is refused with words, and the server goes on.
  @Test func whatCannotBeDoneMeanwhile() async throws {
    try await Self.served { folder in
      for command in ["demo", "serve"] {
        let refused = try await Self.guanxi(command, in: folder)
        #expect(refused.code == 1 && refused.complaint.contains("in use by process"), "\(refused)")
      }
      _ = try await Self.guanxi("backup create mine.backup", in: folder)
      let restored = try await Self.guanxi("backup restore mine.backup --replace", in: folder)
      #expect(restored.code == 1 && restored.complaint.contains("in use by process"), "\(restored)")
      // By another name for the file there is no socket beside it, and no second way in.
      try FileManager.default.linkItem(atPath: folder.file("firm.db"), toPath: folder.file("hard.db"))
      let hard = try await Self.guanxi("user list", on: "hard.db", in: folder)
      #expect(hard.code == 1 && hard.complaint.contains("in use by process"), "\(hard)")
      try FileManager.default.createSymbolicLink(atPath: folder.file("soft.db"), withDestinationPath: "firm.db")
      expectEqual(try await Self.guanxi("user list", on: "soft.db", in: folder).code, 0)
    }
  }

  // MARK: One session

  /// A server with commands of the test's own, and a client that has asked for one of them.
  private static func withSession(
    patience: Duration = .seconds(10), _ run: @escaping CommandRunner,
    _ body: @escaping @Sendable (LocalClient, LocalAddress) throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try await withDatabase(.sqlite, migrations: Features.migrations) { db in
      let served = Console.Served(services: Services(db: db), config: try Config())
      let session = CommandSession(served: served, run: run, patience: patience)
      let address = LocalAddress(beside: folder.file("guanxi.db"))
      let server = LocalServer(address, log: served.services.log) { try await session.talk(to: $0) }
      let (starts, start) = AsyncStream<Void>.makeStream()
      let running = Task {
        defer { start.finish() }
        try await server.run { start.yield() }
      }
      guard await starts.first(where: { true }) != nil else { return try await running.value }
      defer { running.cancel() }
      // Whoever hands over waits on a thread of its own, as in a process of its own.
      try await BackgroundThread.run { _ in try body(try #require(LocalClient(address)), address) }
      running.cancel()
      _ = await running.result
    }
  }

  private static func request(_ arguments: [String], version: String = House.version) throws -> LocalFrame {
    let request = CommandRequest(
      arguments: arguments, language: .zh, folder: "/somewhere", isWatched: true, canAsk: true, version: version)
    return LocalFrame("r", try JSONEncoder().encode(request))
  }

  private static func next(_ client: LocalClient, _ kind: Character) throws -> String? {
    while let frame = try client.receive(pause: {}) { if frame.isA(kind) { return frame.text } }
    return nil
  }

  @Test func printsAsksAndEnds() async throws {
    try await Self.withSession { arguments in
      let console = Console.current
      do {
        try await console.print(arguments.joined(separator: " ") + Terminal.language.rawValue)
        try await console.print("oh", to: .complaint)
        console.showProgress(3, of: 7)
        let typed = try await console.askSecretly("What? ")
        try await console.put((typed ?? "nothing") + console.path("file"))
        return 3
      } catch { return 1 }
    } _: { client, _ in
      try client.send(try Self.request(["a", "b"]))
      #expect(try Self.next(client, "o") == "a bzh\n")
      #expect(try Self.next(client, "e") == "oh\n")
      #expect(try Self.next(client, "q") == "What? ")
      try client.send(LocalFrame("a", "秘密".utf8))
      #expect(try Self.next(client, "o") == "秘密/somewhere/file")
      #expect(try Self.next(client, "c") == "3")
      #expect(try Self.next(client, "c") == nil)
    }
  }

  /// By Ctrl-C, and by going away.
  @Test(arguments: ["interrupted", "gone"]) func whoseEndIsWanted(_ way: String) async throws {
    let isCancelled = BackgroundThread.Stop()
    try await Self.withSession { _ in
      try? await Console.current.print("begun")
      for _ in 0..<1_200 where !Task.isCancelled { try? await Task.sleep(for: .milliseconds(50)) }
      if Task.isCancelled { isCancelled.set() }
      return 130
    } _: { _, address in
      var client = LocalClient(address)
      try client?.send(try Self.request(["wait"]))
      #expect(try client.flatMap { try Self.next($0, "o") } == "begun\n")
      if way == "interrupted" {
        try client?.send(LocalFrame("x"))
        #expect(try client.flatMap { try Self.next($0, "c") } == "130")
      } else {
        client = nil
      }
      for _ in 0..<600 where !isCancelled.isOn { usleep(20_000) }
      #expect(isCancelled.isOn)
      #expect(LocalClient(address) != nil)
    }
  }

  /// A command that looks whether it is wanted ends in its own way.
  @Test func whatEndsByItself() async throws {
    try await Self.withSession { _ in
      let isInterrupted = Console.current.watchInterruptions()
      try? await Console.current.print("begun")
      for _ in 0..<1_200 where !isInterrupted() { try? await Task.sleep(for: .milliseconds(50)) }
      return Task.isCancelled ? 1 : 0
    } _: { client, _ in
      try client.send(try Self.request(["wait"]))
      #expect(try Self.next(client, "o") == "begun\n")
      try client.send(LocalFrame("x"))
      #expect(try Self.next(client, "c") == "0")
    }
  }

  @Test func whatIsNoRequest() async throws {
    try await Self.withSession(patience: .milliseconds(200)) { _ in
      0
    } _: { client, address in
      // Nothing at all.
      #expect(try Self.next(client, "c") == nil)
      for bytes in ["", "{}", "[1]", "{\"arguments\":\"x\"}"] {
        let client = try #require(LocalClient(address))
        try client.send(LocalFrame("r", bytes.utf8))
        #expect(try Self.next(client, "c") == nil)
      }
      let other = try #require(LocalClient(address))
      try other.send(try Self.request(["a"], version: "0.0.1"))
      #expect(try Self.next(other, "e")?.contains("0.0.1") == true)
      #expect(try Self.next(other, "c") == "1")
    }
  }

  /// More than are heard at a time wait for their turn.
  @Test func manyAtOnce() async throws {
    try await Self.withSession { arguments in
      try? await Task.sleep(for: .milliseconds(20))
      try? await Console.current.print(String(repeating: arguments.first ?? "", count: 100_000))
      return 0
    } _: { _, address in
      let clients = (0..<30).compactMap { _ in LocalClient(address) }
      for (number, client) in clients.enumerated() { try client.send(try Self.request(["\(number % 10)"])) }
      for (number, client) in clients.enumerated() {
        var text = ""
        while let frame = try client.receive(pause: {}), !frame.isA("c") { if frame.isA("o") { text += frame.text } }
        #expect(text == String(repeating: "\(number % 10)", count: 100_000) + "\n")
      }
      #expect(clients.count == 30)
    }
  }
}
