import Store

enum ContactSchema {
  static let migrations = [
    Migration(
      5, "contacts, tags, notes",
      [
        """
        CREATE TABLE contact (
          id \(SQL.key),
          customer_id BIGINT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
          name TEXT NOT NULL,
          role TEXT NOT NULL DEFAULT '',
          title TEXT NOT NULL DEFAULT '',
          phones TEXT NOT NULL,
          email TEXT NOT NULL DEFAULT '',
          wechat TEXT NOT NULL DEFAULT '',
          birthday TEXT,
          remark TEXT NOT NULL DEFAULT '',
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT
        )
        """,
        "CREATE INDEX contact_by_customer ON contact (customer_id, id)",
        "CREATE TABLE tag (id \(SQL.key), name TEXT NOT NULL UNIQUE, sort_name TEXT\(SQL.byteOrder) NOT NULL)",
        """
        CREATE TABLE customer_tag (
          customer_id BIGINT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
          tag_id BIGINT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
          PRIMARY KEY (customer_id, tag_id)
        )
        """,
        "CREATE INDEX customer_tag_by_tag ON customer_tag (tag_id, customer_id)",
        """
        CREATE TABLE note (
          id \(SQL.key),
          customer_id BIGINT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
          kind TEXT NOT NULL,
          topic TEXT NOT NULL DEFAULT '',
          text TEXT NOT NULL,
          happened_at BIGINT NOT NULL,
          pinned_at BIGINT,
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT
        )
        """,
        "CREATE INDEX note_by_customer ON note (customer_id, happened_at, id)",
      ])
  ]
}
