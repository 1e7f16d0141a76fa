import Foundation
import Logging
import Store
import Web

/// The product as a whole: opened, served, closed.
public enum House {
  public static let version = "0.1.0"

  /// Opens the database and brings it to the shape this program knows. Whoever opens it closes it:
  /// `services.db.close()`.
  /// - Throws: ``StoreError`` that says why it cannot be had.
  /// - Parameter backups: the folder that this machine keeps backups in; nil where it makes none.
  public static func open(_ database: DatabaseURL, backups: String? = nil) async throws -> Services {
    let services = Services(
      db: try Database(database, log: log), log: log, backups: backups.map { BackupFolder($0) })
    do {
      try await Migrator(Features.migrations).migrate(services.db, log: log)
    } catch StoreError.readOnly(let why) {
      // A standby is worth opening when there is nothing to change about its shape.
      guard try await isCurrent(services.db) else {
        try? await services.db.close()
        throw StoreError.readOnly(why)
      }
    } catch {
      try? await services.db.close()
      throw error
    }
    return services
  }

  private static func isCurrent(_ db: Database) async throws -> Bool {
    let known = Set(Features.migrations.map(\.number))
    let applied: [Int] = (try? await db.read { tx in try tx.values("SELECT number FROM migration") }) ?? []
    return Set(applied) == known
  }

  /// Opens the database for one piece of work and closes it whatever happens.
  /// - Parameter making: whether a SQLite file that is not there is made; else it is refused.
  @discardableResult
  public static func visit<Result>(
    _ database: DatabaseURL, making: Bool = true, _ work: (Services) async throws -> Result
  ) async throws -> Result {
    if !making, case .sqlite(let path) = database, !FileManager.default.fileExists(atPath: path) {
      throw Refusal("没有 \(path) 这个数据库", "there is no database \(path)")
    }
    let services = try await open(database)
    do {
      let result = try await work(services)
      try await services.db.close()
      return result
    } catch {
      try? await services.db.close()
      throw error
    }
  }

  /// The same for work that only says what it would do: in place of a SQLite file that is not there it has an empty one
  /// in a temporary folder, and leaves nothing behind.
  @discardableResult
  public static func rehearse<Result>(
    _ database: DatabaseURL, _ work: (Services) async throws -> Result
  ) async throws -> Result {
    guard case .sqlite(let path) = database, !FileManager.default.fileExists(atPath: path) else {
      return try await visit(database, work)
    }
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try await visit(.sqlite(path: folder.file("guanxi.db")), work)
  }

  /// What goes wrong is worth a line on the terminal; that things go well is not.
  static let log: Logger = {
    var log = Logger(label: "guanxi")
    log.logLevel = .notice
    return log
  }()
}

/// How the product speaks on a terminal.
public enum Terminal {
  /// Of whoever sits at it.
  public static var language: Language { Console.current.language }

  /// Whether the command was given what it cannot take, rather than failed at its work.
  public static func isWrongUse(_ error: any Error) -> Bool {
    switch error {
    case let refusal as ImportRefusal: refusal.isWrongUse
    case let refusal as Refusal: refusal.isWrongUse
    case is ConfigError, is Problems, StoreError.url: true
    default: false
    }
  }

  /// What went wrong, in one sentence.
  public static func sentence(for error: any Error) -> String { word(for: error)[language] }

  static func word(for error: any Error) -> Word {
    switch error {
    case let error as AppError:
      return Word("\(error.title.zh)：\(error.detail.zh)", "\(error.title.en): \(error.detail.en)")
    case let problems as Problems:
      func all(_ language: Language) -> String {
        problems.fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value[language])" }.joined(separator: "; ")
      }
      return Word(all(.zh), all(.en))
    case let error as StoreError: return StoreWords.sentence(error)
    case let error as Refusal: return error.word
    case let error as Tool.Failure: return error.word
    case let error as ImportRefusal: return error.message
    case let error as CocoaError: return Word(same: error.localizedDescription)
    default:
      let known = error as NSError
      return Word(same: type(of: error) == NSError.self ? known.localizedDescription : "\(error)")
    }
  }
}
