import TestKit
import Testing

@testable import Web

@Suite struct PatienceTests {
  @Test func headersThatDoNotEnd() async throws {
    try await Doorstep.open { step in
      let silent = try step.client()
      let slow = try step.client()
      let patient = Task {
        var isOpen = slow.send("GET /hello HTTP/1.1\r\n")
        while isOpen {
          try await Task.sleep(for: .milliseconds(50))
          isOpen = slow.send("X: y\r\n")
        }
      }
      for client in [silent, slow] {
        let heard = try await client.hear()
        #expect(heard.status == 408 && heard.isClosed)
        #expect(heard.text.contains("Connection: close") && heard.text.contains("没有保存"))
      }
      patient.cancel()
      _ = await patient.result
      #expect(step.site.traffic.givenUp == 2)
    }
  }

  @Test func aBodyThatTrickles() async throws {
    try await Doorstep.open { step in
      let client = try step.client()
      client.send(Doorstep.post(1_000))
      let trickle = Task { while client.send("a=1&") { try await Task.sleep(for: .milliseconds(100)) } }
      let heard = try await client.hear()
      #expect(heard.status == 408 && heard.isClosed)
      trickle.cancel()
      _ = await trickle.result
      #expect(step.bodies.sizes == [])
    }
  }

  @Test func aBodyThatIsCutOff() async throws {
    try await Doorstep.open { step in
      let gone = try step.client()
      gone.send(Doorstep.post(1_000) + "a=1")
      gone.finish()
      let heard = try await gone.hear()
      #expect(heard.isClosed && heard.status != 200)
      let pieces = try step.client()
      pieces.send(
        "POST /body HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n")
      pieces.finish()
      let other = try await pieces.hear()
      #expect(other.isClosed && other.status != 200)
      #expect(step.bodies.sizes == [])
    }
  }

  /// The answer comes before the end of the question; the rest may not take for ever.
  @Test func aBodyThatIsRefused() async throws {
    var patience = Patience()
    patience.late = .milliseconds(400)
    try await Doorstep.open(patience) { step in
      let client = try step.client()
      client.send(Doorstep.post(50_000_000))
      let heard = try await client.hear()
      #expect(heard.status == 413 && heard.isClosed)
    }
  }

  @Test func anAnswerThatNobodyTakes() async throws {
    try await Doorstep.open { step in
      let reader = try step.client(receiveBuffer: 4_096)
      reader.send("GET /large HTTP/1.1\r\nHost: here\r\n\r\n")
      for _ in 0..<3_000 where step.site.traffic.waiting == 0 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(step.site.traffic.waiting > 1 << 20)
      for _ in 0..<3_000 where step.site.traffic.open > 0 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(step.site.traffic.open == 0)
      #expect(step.site.traffic.waiting == 0)
      #expect(step.site.traffic.givenUp == 1)
    }
  }

  @Test func answersThatFillTheMemory() async throws {
    var patience = Doorstep.shortPatience
    patience.taking = .init()
    patience.waiting = 30 << 20
    patience.hurry = .milliseconds(200)
    try await Doorstep.open(patience) { step in
      // Three times 24 MB are more than may wait; one alone is not.
      let readers = try (0..<3).map { _ in try step.client(receiveBuffer: 4_096) }
      for reader in readers { reader.send("GET /large HTTP/1.1\r\nHost: here\r\n\r\n") }
      for _ in 0..<3_000 where step.site.traffic.givenUp == 0 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(step.site.traffic.givenUp > 0)
      for _ in 0..<3_000 where step.site.traffic.waiting > 30 << 20 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(step.site.traffic.waiting <= 30 << 20)
      withExtendedLifetime(readers) {}
    }
  }

  @Test func tooMany() async throws {
    var patience = Patience()
    patience.connections = 3
    patience.farewell = .seconds(20)
    try await Doorstep.open(patience) { step in
      let served = try (0..<3).map { _ in try step.client() }
      for client in served { expectEqual(try await step.hello(client).status, 200) }
      let refused = try step.client()
      let heard = try await refused.hear(atMost: .seconds(5))
      #expect(heard.status == 503 && heard.isClosed)
      #expect(heard.text.contains("Retry-After: 5"))
      // Those who were there do not notice.
      for client in served { expectEqual(try await step.hello(client).status, 200) }
      #expect(step.site.traffic.refused == 1)
    }
  }

  /// Whoever takes more than one client's share is turned away; others are not, and a proxy speaks for many.
  @Test func tooManyOfOneClient() async throws {
    var patience = Patience()
    patience.connectionsPerClient = 3
    patience.farewell = .seconds(20)
    try await Doorstep.open(patience, at: PublicAddress(names: ["here"], proxies: [])) { step in
      let served = try (0..<3).map { _ in try step.client() }
      for client in served { expectEqual(try await step.hello(client).status, 200) }
      let refused = try step.client()
      let heard = try await refused.hear(atMost: .seconds(5))
      #expect(heard.status == 429 && heard.isClosed)
      #expect(heard.text.contains("Retry-After: 5") && heard.text.contains("GUANXI_TRUSTED_PROXIES"))
      expectEqual(try await step.hello(try step.client(from: "127.0.0.2")).status, 200)
      for client in served { expectEqual(try await step.hello(client).status, 200) }
      #expect(step.site.traffic.refusedOfClient == 1 && step.site.traffic.refused == 0)
      // A flood is not even told.
      let flood = try (0..<40).map { _ in try step.client() }
      var told = 0
      for client in flood where try await client.hear(atMost: .seconds(5)).status == 429 { told += 1 }
      #expect(told <= 10)
      for client in served { expectEqual(try await step.hello(client).status, 200) }
    }
    try await Doorstep.open(patience) { step in
      let served = try (0..<9).map { _ in try step.client() }
      for client in served { expectEqual(try await step.hello(client).status, 200) }
    }
  }

  @Test func roomForTheSameClientAgain() async throws {
    var patience = Patience()
    patience.rest = .milliseconds(600)
    patience.connectionsPerClient = 2
    try await Doorstep.open(patience, at: PublicAddress(names: ["here"], proxies: [])) { step in
      for _ in 0..<3 {
        let pair = try (0..<2).map { _ in try step.client() }
        for client in pair { expectEqual(try await step.hello(client).status, 200) }
        for client in pair { expectEqual(try await client.hear().isClosed, true) }
        for _ in 0..<3_000 where step.site.traffic.open > 0 { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(step.site.traffic.refusedOfClient == 0)
    }
  }

  /// Announced or not, what a stranger sends is cut off at 16 kB, and none of it reaches a handler.
  @Test func bodiesOfStrangers() async throws {
    try await Doorstep.open(Patience()) { step in
      let allowed = try step.client()
      allowed.send(Doorstep.post(16_384) + String(repeating: "a", count: 16_384))
      expectEqual(try await allowed.hear(until: "16384").status, 200)
      let announced = try step.client()
      announced.send(Doorstep.post(16_385))
      expectEqual(try await announced.hear(until: "</html>").status, 413)
      let pieces = try step.client()
      pieces.send(
        "POST /body HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<17 { pieces.send("400\r\n\(String(repeating: "a", count: 1_024))\r\n") }
      expectEqual(try await pieces.hear(until: "</html>").status, 413)
      #expect(step.bodies.sizes == [16_384])
    }
  }

  @Test func roomAgain() async throws {
    var patience = Patience()
    patience.connections = 1
    patience.rest = .milliseconds(600)
    try await Doorstep.open(patience) { step in
      let first = try step.client()
      expectEqual(try await step.hello(first).status, 200)
      expectEqual(try await first.hear().isClosed, true)
      for _ in 0..<3_000 where step.site.traffic.open > 0 { try await Task.sleep(for: .milliseconds(10)) }
      expectEqual(try await step.hello(try step.client()).status, 200)
    }
  }

  enum Head: String, CaseIterable {
    case longLine, endlessLine, largeHeader, manyHeaders, noHTTP

    var text: String {
      let long = { (count: Int) in String(repeating: "a", count: count) }
      return switch self {
      case .longLine: "GET /\(long(9_000)) HTTP/1.1\r\nHost: here\r\n\r\n"
      case .endlessLine: "GET /\(long(50_000))"
      case .largeHeader: "GET /hello HTTP/1.1\r\nHost: here\r\nX: \(long(40_000))\r\n\r\n"
      case .manyHeaders: "GET /hello HTTP/1.1\r\n\(String(repeating: "X: a\r\n", count: 101))\r\n"
      case .noHTTP: "GET /hello\u{1} nothing\r\n\r\n"
      }
    }

    var status: Int {
      switch self {
      case .longLine, .endlessLine: 414
      case .largeHeader, .manyHeaders: 431
      case .noHTTP: 400
      }
    }
  }

  @Test(arguments: Head.allCases) func headsThatAreNone(_ head: Head) async throws {
    try await Doorstep.open { step in
      let client = try step.client()
      client.send(head.text)
      let heard = try await client.hear()
      #expect(heard.status == head.status && heard.isClosed)
      #expect(heard.text.contains("<p lang='en'>"))
      #expect(heard.text.components(separatedBy: "HTTP/1.1").count == 2)
    }
  }
}
