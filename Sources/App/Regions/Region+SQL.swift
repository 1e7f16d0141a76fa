import Store

extension Region {
  /// Takes the list into use that the database holds; a database without one gets the list the program carries.
  static func loadIfMissing(_ db: Database) async throws {
    do {
      try await db.write { tx in
        if try !tx.exists("SELECT 1 FROM region") { try write(RegionBook.carried, in: tx) }
      }
    } catch StoreError.constraint {
      // Another server that started at the same moment has written it.
    }
    RegionBook.use(try await db.read(all))
  }

  /// Puts another list in place of the one in use: a CSV file with code, name, longitude and latitude.
  /// Customers keep their codes; those the new list does not know show the nearest division around them.
  /// - Returns: how many divisions it has.
  /// - Throws: ``RegionList/Mistake`` for a file that is no such list; nothing is changed then.
  @discardableResult
  static func replace(_ csv: String, in db: Database) async throws -> Int {
    let regions = try RegionList.read(csv)
    try await db.write { tx in
      try tx.run("DELETE FROM region")
      try write(regions, in: tx)
    }
    RegionBook.use(regions)
    return regions.count
  }

  static func all(in tx: Transaction) throws -> [Region] { try tx.all("SELECT * FROM region ORDER BY code") }

  private static func write(_ regions: [Region], in tx: Transaction) throws {
    let columns = ["code", "name", "parent_code", "level", "latitude", "longitude"]
    let rows = regions.map { region -> [Value] in
      [
        .text(region.code), .text(region.name), .text(region.parentCode), region.level.value,
        region.latitude.map(Value.real) ?? .null, region.longitude.map(Value.real) ?? .null,
      ]
    }
    try tx.append(to: "region", columns: columns, rows: rows)
  }
}
