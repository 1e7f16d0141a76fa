import Foundation
import Logging
import Store
import Web

@testable import App

/// The site of a small firm on SQLite, on the same day each time, with somebody who may do everything in it.
struct DemoSite: Sendable {
  let site: Site
  let services: Services
  /// In place of the word TOKEN of an input.
  let token: String
  /// In place of CUSTOMER, ORDER and PRODUCT.
  let ids: [String: String]

  static func open(in folder: URL) async throws -> DemoSite {
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(at: folder.appending(path: "demo.db\(end)")) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var log = Logger(label: "fuzz")
    log.logLevel = .error
    let noon = Instant(milliseconds: 1_800_000_000_000)
    let db = try Database(.sqlite(path: folder.appending(path: "demo.db").path))
    let services = Services(db: db, clock: { noon }, log: log)
    try await Migrator(Features.migrations).migrate(db)
    _ = try await Demo(customers: 120, orders: 600, today: noon.day(in: Settings.standardZone)).write(to: services)
    let accounts = Accounts(services)
    let user = try await accounts.create(
      email: "fuzz@example.cn", name: "Fuzz", password: "correct horse battery", isAdministrator: true)
    let ids = try await db.read { tx in
      try ["customer", "sales_order", "product"].map { table in
        try tx.value("SELECT max(id) FROM \(SQL(stringLiteral: table))") as Int64? ?? 0
      }
    }
    return DemoSite(
      site: House.site(services), services: services,
      token: try await accounts.issueToken(for: user, name: "fuzz"),
      ids: Dictionary(
        uniqueKeysWithValues: zip(
          ["CUSTOMER", "ORDER", "PRODUCT"],
          [
            Customer.ID(raw: ids[0]).description, App.Order.ID(raw: ids[1]).description,
            Product.ID(raw: ids[2]).description,
          ])))
  }

  /// An input with what stands for the words in it.
  func filled(_ text: String) -> String {
    ids.reduce(text.replacing("TOKEN", with: token)) { $0.replacing($1.key, with: $1.value) }
  }

  /// Every path that something can be read from.
  var paths: [String] {
    let kinds = ["customers": "CUSTOMER", "orders": "ORDER", "products": "PRODUCT"]
    return site.routes.filter { $0.method == .get }.map(\.path).map { path in
      let kind = kinds[path.split(separator: "/").first.map(String.init) ?? ""]
      return path.replacing("{id}", with: kind ?? "CUSTOMER").replacing("{code}", with: "en")
    }
  }
}
