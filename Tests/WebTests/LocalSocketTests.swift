import Foundation
import Logging
import NIOCore
import NIOEmbedded
import Store
import Testing

@testable import Web

@Suite struct LocalSocketTests {
  private static func withFolder(_ name: String = "", _ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guanxi-\(UUID().uuidString)")
    let inner = name.isEmpty ? folder : folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(inner.path)
  }

  /// A server that says everything back with its letter raised by one.
  private static func withEcho(_ address: LocalAddress, _ body: () async throws -> Void) async throws {
    let server = LocalServer(address, log: Logger(label: "test")) { connection in
      for try await frame in connection.frames {
        try await connection.send(LocalFrame(kind: frame.kind + 1, bytes: frame.bytes))
      }
    }
    let (starts, start) = AsyncStream<Void>.makeStream()
    let running = Task {
      defer { start.finish() }
      try await server.run { start.yield() }
    }
    guard await starts.first(where: { true }) != nil else { return try await running.value }
    do { try await body() } catch {
      running.cancel()
      throw error
    }
    running.cancel()
    _ = await running.result
  }

  @Test func framesCutAnywhere() throws {
    let frames = [LocalFrame("a", "茶".utf8), LocalFrame("b"), LocalFrame("c", [UInt8](repeating: 7, count: 70_000))]
    let bytes = frames.flatMap(\.encoded)
    for piece in [1, 2, 5, 7, 1_000, bytes.count] {
      let channel = EmbeddedChannel(handler: ByteToMessageHandler(LocalFrame.Codec()))
      for start in stride(from: 0, to: bytes.count, by: piece) {
        try channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + piece, bytes.count)]))
      }
      var found: [LocalFrame] = []
      while let frame: LocalFrame = try channel.readInbound() { found.append(frame) }
      #expect(found == frames)
    }
  }

  @Test func aFrameThatIsTooLong() throws {
    for head: [UInt8] in [[114, 255, 255, 255, 255], [114, 0, 16, 0, 1]] {
      let channel = EmbeddedChannel(handler: ByteToMessageHandler(LocalFrame.Codec()))
      #expect(throws: LocalFrame.TooLong.self) { try channel.writeInbound(ByteBuffer(bytes: head)) }
    }
    #expect(try LocalFrame.head([114, 0, 16, 0, 0]).count == LocalFrame.most)
  }

  /// However long the way to it: sockets take a hundred bytes.
  @Test(arguments: ["", String(repeating: "很长的文件夹", count: 12) + "/" + String(repeating: "x", count: 200)])
  func thereAndBack(_ name: String) async throws {
    try await Self.withFolder(name) { folder in
      let address = LocalAddress(beside: folder + "/guanxi.db")
      #expect(LocalClient(address) == nil)
      try await Self.withEcho(address) {
        let mode = try FileManager.default.attributesOfItem(atPath: address.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // Whoever talks here waits on a thread of its own, as in a process of its own.
        let isWell = try await BackgroundThread.run { _ in
          for _ in 0..<20 {
            guard let client = LocalClient(address) else { return false }
            for text in ["", "茶", String(repeating: "x", count: 300_000)] {
              try client.send(LocalFrame("a", text.utf8))
              guard try client.receive(pause: {}) == LocalFrame("b", text.utf8) else { return false }
            }
          }
          return true
        }
        #expect(isWell)
      }
      #expect(LocalClient(address) == nil)
      #expect(!FileManager.default.fileExists(atPath: address.path))
    }
  }

  @Test func aLongNameIsShortened() {
    let address = LocalAddress(beside: "/data/" + String(repeating: "名", count: 80) + ".db")
    #expect(URL(fileURLWithPath: address.path).lastPathComponent.utf8.count < 40)
    #expect(address.path == LocalAddress(beside: "/data/" + String(repeating: "名", count: 80) + ".db").path)
    #expect(LocalAddress(beside: "/data/guanxi.db").path == "/data/guanxi.db.socket")
  }

  @Test func whatAFormerServerLeftIsReplacedAndNothingElse() async throws {
    try await Self.withFolder { folder in
      let address = LocalAddress(beside: folder + "/guanxi.db")
      close(try address.socket(bind))
      #expect(FileManager.default.fileExists(atPath: address.path) && LocalClient(address) == nil)
      try await Self.withEcho(address) { #expect(LocalClient(address) != nil) }

      try "precious".write(toFile: address.path, atomically: true, encoding: .utf8)
      let server = LocalServer(address, log: Logger(label: "test")) { _ in }
      await #expect(throws: (any Error).self) { try await server.run() }
      #expect(try String(contentsOfFile: address.path, encoding: .utf8) == "precious")
    }
  }

  @Test func whoMayTalk() {
    #expect(LocalPeer(process: 1, user: geteuid(), group: 0).isTrusted)
    #expect(LocalPeer(process: 1, user: 0, group: 0).isTrusted)
    #expect(!LocalPeer(process: 1, user: geteuid() &+ 1, group: 0).isTrusted)
  }

  /// Those that say nothing, too much, or too many at once leave it answering.
  @Test func rudeOnes() async throws {
    try await Self.withFolder { folder in
      let address = LocalAddress(beside: folder + "/guanxi.db")
      try await Self.withEcho(address) {
        let isWell = try await BackgroundThread.run { _ in
          let silent = (0..<4).compactMap { _ in LocalClient(address) }
          let loud = try address.socket(connect)
          defer { close(loud) }
          let noise = [UInt8](repeating: 255, count: 5_000)
          _ = noise.withUnsafeBytes { send(loud, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
          guard let client = LocalClient(address) else { return false }
          try client.send(LocalFrame("a"))
          let isHeard = try client.receive(pause: {}) == LocalFrame("b")
          // What is no frame is not heard any further.
          var byte: UInt8 = 0
          return isHeard && recv(loud, &byte, 1, 0) <= 0 && silent.count == 4
        }
        #expect(isWell)
      }
    }
  }
}
