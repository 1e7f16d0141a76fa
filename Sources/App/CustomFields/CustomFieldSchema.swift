import Store

enum CustomFieldSchema {
  /// Values stand at the end of the customer's row, behind all that lists read.
  static let migrations = [
    Migration(
      16, "custom fields",
      [
        """
        CREATE TABLE customer_field (
          id \(SQL.key), name TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, created_by BIGINT)
        """,
        "ALTER TABLE customer ADD COLUMN more TEXT NOT NULL DEFAULT '{}'",
      ]),
    Migration(
      41, "who renamed custom fields",
      [
        "ALTER TABLE customer_field ADD COLUMN updated_at BIGINT",
        "ALTER TABLE customer_field ADD COLUMN updated_by BIGINT",
      ]),
  ]
}
