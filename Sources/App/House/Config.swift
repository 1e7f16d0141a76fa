import Foundation
import Store
import Web

/// Where the product finds its database and listens. Every setting comes from the first of these that names it:
/// a flag, the environment, the file `guanxi.conf`, the product itself.
public struct Config: Sendable, Equatable {
  /// The names are those of the environment and of the file alike.
  public enum Key: String, CaseIterable, Codable, Sendable {
    case database = "GUANXI_DATABASE"
    case host = "GUANXI_HOST"
    case port = "GUANXI_PORT"
    case url = "GUANXI_URL"
    case trustedProxies = "GUANXI_TRUSTED_PROXIES"
    case connections = "GUANXI_CONNECTIONS"
    case connectionsPerClient = "GUANXI_CONNECTIONS_PER_CLIENT"
    case healthHost = "GUANXI_HEALTH_HOST"
    case healthPort = "GUANXI_HEALTH_PORT"
    case backups = "GUANXI_BACKUPS"

    var standard: String {
      switch self {
      case .database: "sqlite:guanxi-data/guanxi.db"
      case .host: "127.0.0.1"
      case .port: "8080"
      case .url: ""
      case .trustedProxies: "127.0.0.0/8, ::1"
      case .connections: "4000"
      case .connectionsPerClient: "100"
      case .healthHost: "127.0.0.1"
      case .healthPort: "off"
      case .backups: "backups"
      }
    }
  }

  public enum Origin: Sendable, Equatable {
    case flag, environment, standard
    case file(String)
  }

  public struct Setting: Sendable, Equatable {
    public let key: Key
    public let value: String
    public let origin: Origin
  }

  /// Every setting, in the order of ``Key``.
  public let settings: [Setting]
  public let database: DatabaseURL
  public let host: String
  public let port: Int
  /// How people reach it, and which proxies are believed about that.
  public let address: PublicAddress
  /// How many clients may be connected at once.
  public let connections: Int
  /// How many of them from one address.
  public let connectionsPerClient: Int
  /// Where those who watch over the product are answered; nil for nowhere.
  public let healthHost: String
  public let healthPort: Int?
  /// The folder for backups; nil where this machine makes none.
  public let backups: String?

  /// - Throws: ``ConfigError`` or ``StoreError/url(_:)`` that says which setting is wrong and where it stands.
  public init(flags: [Key: String] = [:], environment: [String: String] = [:], file: ConfigFile? = nil) throws {
    settings = Key.allCases.map { key in
      if let value = flags[key] { return Setting(key: key, value: value, origin: .flag) }
      if let value = environment[key.rawValue], !value.isEmpty {
        return Setting(key: key, value: value, origin: .environment)
      }
      if let file, let value = file.values[key] {
        return Setting(key: key, value: value, origin: .file(file.path))
      }
      return Setting(key: key, value: key.standard, origin: .standard)
    }
    let value = Dictionary(settings.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    database = try DatabaseURL(value[.database] ?? "")
    host = value[.host] ?? ""
    port = try Self.number(value[.port], "the port", in: 0...65_535)
    address = try Self.address(value)
    connections = try Self.number(value[.connections], "the number of connections", in: 1...1_000_000)
    connectionsPerClient = try Self.number(
      value[.connectionsPerClient], "the number of connections of one client", in: 1...1_000_000)
    healthHost = value[.healthHost] ?? ""
    healthPort =
      value[.healthPort] == "off"
      ? nil : try Self.number(value[.healthPort], "the health port", in: 0...65_535, or: " or \"off\"")
    backups = Self.folder(value[.backups] ?? "", beside: database)
  }

  /// One that is not given from the root is beside a SQLite file, else in the working directory.
  private static func folder(_ path: String, beside database: DatabaseURL) -> String? {
    if path == "off" || path.isEmpty { return nil }
    guard case .sqlite(let file) = database else { return URL(fileURLWithPath: path).path }
    return URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: file).deletingLastPathComponent()).path
  }

  private static func number(
    _ text: String?, _ name: String, in range: ClosedRange<Int>, or other: String = ""
  ) throws -> Int {
    guard let number = Int(text ?? ""), range.contains(number) else {
      throw ConfigError(
        "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)\(other), not \"\(text ?? "")\"")
    }
    return number
  }

  private static func address(_ value: [Key: String]) throws -> PublicAddress {
    let urls = try list(value[.url]).map { text in
      guard let url = WebOrigin(text) else {
        throw ConfigError(
          "GUANXI_URL must be like https://crm.example.cn or http://192.168.1.5:8080, without a path, and with a name "
            + "that is not in ASCII in the form that begins with xn--; not \"\(text)\"")
      }
      return url
    }
    let proxies = try list(value[.trustedProxies]).filter { $0 != "off" }.map { text in
      guard let block = IPBlock(text) else {
        throw ConfigError(
          "GUANXI_TRUSTED_PROXIES must be addresses like 10.0.0.7 or blocks like 10.0.0.0/8, or \"off\"; not \"\(text)\""
        )
      }
      return block
    }
    return PublicAddress(urls, names: Machine.names.union([value[.host]?.lowercased() ?? ""]), proxies: proxies)
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// The settings of this process: its environment, and the first `guanxi.conf` there is.
  public static func ofProcess(flags: [Key: String] = [:]) throws -> Config {
    let environment = ProcessInfo.processInfo.environment
    return try Config(flags: flags, environment: environment, file: ConfigFile.find(environment))
  }
}

/// `guanxi.conf`: a line `GUANXI_HOST=0.0.0.0` for each setting; empty lines and those with `#` say nothing.
/// A service manager can read it as a file of its environment.
public struct ConfigFile: Sendable, Equatable {
  public let path: String
  public let values: [Config.Key: String]

  public init(path: String, text: String) throws {
    self.path = path
    var values: [Config.Key: String] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = halves[0].trimmingCharacters(in: .whitespaces)
      guard halves.count == 2, let key = Config.Key(rawValue: name) else {
        let known = Config.Key.allCases.map(\.rawValue).joined(separator: ", ")
        throw ConfigError("\(path), line \(index + 1): \"\(name)\" is not a setting; there are \(known)")
      }
      values[key] = halves[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\r\"'"))
    }
    self.values = values
  }

  /// In the working directory, else in the folder for a person's settings.
  static func find(_ environment: [String: String]) throws -> ConfigFile? {
    let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { "\($0)/.config" }
    for path in ["guanxi.conf"] + (home.map { ["\($0)/guanxi/guanxi.conf"] } ?? []) {
      guard FileManager.default.fileExists(atPath: path) else { continue }
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw ConfigError("\(path) cannot be read as UTF-8 text")
      }
      return try ConfigFile(path: path, text: text)
    }
    return nil
  }
}

public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// One setting as `guanxi config` shows it: the database without its password.
extension Config.Setting: Encodable {
  private enum CodingKeys: CodingKey { case name, value, origin }

  public var shownValue: String {
    key == .database ? (try? DatabaseURL(value).description) ?? value : value
  }

  public var shownOrigin: String {
    switch origin {
    case .flag: "flag"
    case .environment: "environment"
    case .file(let path): path
    case .standard: "default"
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key.rawValue, forKey: .name)
    try container.encode(shownValue, forKey: .value)
    try container.encode(shownOrigin, forKey: .origin)
  }
}

/// The machine that this runs on.
enum Machine {
  /// What it calls itself, and is called in its network.
  static var names: Set<String> {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return [] }
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).lowercased()
    guard !text.isEmpty else { return [] }
    return text.contains(".") ? [text] : [text, "\(text).local"]
  }
}
