import Foundation
import Store
import Testing

@testable import App

@Suite struct ConfigTests {
  private static func file(_ text: String) throws -> ConfigFile {
    try ConfigFile(path: "guanxi.conf", text: text)
  }

  @Test func theNearestCounts() throws {
    let file = try Self.file("GUANXI_PORT=3\nGUANXI_HOST=file.example\nGUANXI_DATABASE=sqlite:file.db\n")
    let environment = ["GUANXI_PORT": "2", "GUANXI_DATABASE": "sqlite:environment.db"]
    let config = try Config(flags: [.port: "1"], environment: environment, file: file)
    #expect(config.port == 1)
    #expect(config.database == .sqlite(path: "environment.db"))
    #expect(config.host == "file.example")
    #expect(config.settings.prefix(3).map(\.origin) == [.environment, .file("guanxi.conf"), .flag])
  }

  @Test func nothingSaid() throws {
    let config = try Config(environment: ["GUANXI_HOST": ""])
    #expect(config.database == .sqlite(path: "guanxi-data/guanxi.db"))
    #expect(config.host == "127.0.0.1")
    #expect(config.port == 8080)
    #expect(config.connections == 4_000)
    #expect(config.healthPort == nil)
    #expect(config.settings.allSatisfy { $0.origin == .standard })
  }

  @Test func fileWithCommentsAndQuotes() throws {
    let file = try Self.file(
      "# where\r\n\n  GUANXI_DATABASE = \"postgres://u:p=w@h/db?a=b\"\r\nGUANXI_PORT=80 \n")
    #expect(file.values == [.database: "postgres://u:p=w@h/db?a=b", .port: "80"])
  }

  @Test(arguments: ["GUANXI_PROT=1", "port=1", "GUANXI_PORT", "=1"])
  func mistakesInTheFileAreNamed(_ line: String) throws {
    let error = try #require(throws: ConfigError.self) { try Self.file("\n" + line) }
    #expect(error.description.hasPrefix("guanxi.conf, line 2: "))
  }

  @Test(arguments: ["65536", "-1", "80x", "٣", "99999999999999999999"])
  func portsThatAreNone(_ port: String) {
    #expect(throws: ConfigError.self) { try Config(flags: [.port: port]) }
  }

  @Test func whereHealthIsTold() throws {
    #expect(try Config(flags: [.healthPort: "0"]).healthPort == 0)
    #expect(try Config(environment: ["GUANXI_HEALTH_PORT": "9000"]).healthPort == 9_000)
    #expect(throws: ConfigError.self) { try Config(flags: [.healthPort: "on"]) }
    #expect(throws: ConfigError.self) { try Config(flags: [.connections: "0"]) }
  }

  @Test func howPeopleReachIt() throws {
    let usual = try Config()
    #expect(usual.address.urls.isEmpty)
    let set = try Config(
      flags: [.url: " https://crm.example.cn , http://192.168.1.5:8080/"],
      environment: ["GUANXI_TRUSTED_PROXIES": "10.0.0.0/8,::1"])
    #expect(set.address.urls.map(\.description) == ["https://crm.example.cn", "http://192.168.1.5:8080"])
    #expect(try Config(flags: [.trustedProxies: "off"]).address != usual.address)
  }

  @Test(arguments: [
    "crm.example.cn", "https://a/b", "https://", "ftp://a", "https://客户.cn", "https://a:x", "https://a b",
  ])
  func addressesThatAreNone(_ url: String) throws {
    let error = try #require(throws: ConfigError.self) { try Config(flags: [.url: url]) }
    #expect(error.description.contains("GUANXI_URL"))
  }

  @Test(arguments: ["proxy", "10.0.0.0/33", "10.0.0.1 10.0.0.2", "https://10.0.0.1"])
  func proxiesThatAreNone(_ text: String) throws {
    let error = try #require(throws: ConfigError.self) { try Config(flags: [.trustedProxies: text]) }
    #expect(error.description.contains("GUANXI_TRUSTED_PROXIES"))
  }

  @Test func unknownDatabase() {
    #expect(throws: StoreError.self) { try Config(flags: [.database: "mysql://h/d"]) }
  }

  @Test func passwordsAreNotShown() throws {
    let config = try Config(environment: ["GUANXI_DATABASE": "postgres://me:secret@h/db"])
    let json = String(decoding: try JSONEncoder().encode(config.settings), as: UTF8.self)
    #expect(!json.contains("secret"))
    #expect(json.contains("GUANXI_DATABASE") && json.contains("environment"))
  }
}
