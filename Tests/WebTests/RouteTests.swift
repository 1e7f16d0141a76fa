import Foundation
import HTTPTypes
import Logging
import Testing

@testable import Web

@Suite struct RouteTests {
  struct Switch: Codable, Equatable {
    var isOpen: Bool?
    var names: [Name]?

    struct Name: Codable, Equatable {
      let text: String
      let note: String?
    }
  }

  private static func route(_ method: HTTPRequest.Method, _ path: String) -> Route {
    Route(method, path, Word("甲", "A")) { _ in Reply() }
  }

  @Test(arguments: [
    ("/a/new", ["GET", "HEAD"]), ("/a/7", ["GET", "DELETE", "HEAD"]), ("/a", ["POST"]), ("/a/7/b", []), ("/", []),
  ])
  func aPathKnowsItsMethods(_ path: String, _ methods: [String]) {
    let site = Site(
      name: Word("甲", "A"), menu: [],
      routes: [
        Self.route(.get, "/a/new"), Self.route(.get, "/a/{id}"), Self.route(.delete, "/a/{id}"),
        Self.route(.post, "/a"),
      ],
      signIn: "/", receive: { _ in (Reader(language: .zh), nil) }, log: Logger(label: "test"))
    #expect(site.methods(at: path, inAPI: false).map(\.rawValue) == methods)
    #expect(site.methods(at: path, inAPI: true).isEmpty)
  }

  @Test(arguments: [("on", true), ("true", true), ("1", true), ("off", false), ("0", false), ("no", false)])
  func yesAndNo(_ text: String, _ flag: Bool) throws {
    let read = try FieldsDecoder.decode(Switch.self, from: Fields([("is_open", text)]))
    #expect(read.isOpen == flag)
  }

  @Test(arguments: ["perhaps", "2", "TRUE!", "真"])
  func neitherYesNorNo(_ text: String) {
    #expect(throws: Problems(["is_open": Problems.unreadable])) {
      try FieldsDecoder.decode(Switch.self, from: Fields([("is_open", text)]))
    }
  }

  @Test func whatMayBeLeftOutMayBeNull() throws {
    let sent = Schema(of: Switch.self).sent
    let name = Schema.object([
      .init(name: "text", schema: .text(), isRequired: true),
      .init(name: "note", schema: .orNull(.text()), isRequired: false),
    ])
    #expect(
      sent
        == .object([
          .init(name: "is_open", schema: .orNull(.boolean), isRequired: false),
          .init(name: "names", schema: .orNull(.list(name)), isRequired: false),
        ]))
    let json = try JSONEncoder().encode(Schema.orNull(.boolean).json)
    #expect(String(decoding: json, as: UTF8.self) == #"{"anyOf":[{"type":"boolean"},{"type":"null"}]}"#)
  }
}
