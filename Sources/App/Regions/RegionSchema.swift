import Store

enum RegionSchema {
  static let migrations = [
    Migration(
      7, "regions",
      [
        """
        CREATE TABLE region (
          code TEXT\(SQL.byteOrder) NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          parent_code TEXT NOT NULL,
          level TEXT NOT NULL,
          latitude DOUBLE PRECISION,
          longitude DOUBLE PRECISION
        )
        """
      ])
  ]
}
