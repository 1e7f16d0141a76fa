import Store

enum CustomerSchema {
  /// What a list shows and filters by stands before the long texts, so that it is met on the first page of each row. The
  /// totals of orders stood there too at first.
  static let migrations = [
    Migration(
      4, "customers",
      [
        """
        CREATE TABLE customer (
          id \(SQL.key),
          kind TEXT NOT NULL,
          owner_id BIGINT REFERENCES app_user (id),
          region_code TEXT NOT NULL DEFAULT '',
          order_count BIGINT NOT NULL DEFAULT 0,
          purchase_days BIGINT NOT NULL DEFAULT 0,
          quantity BIGINT NOT NULL DEFAULT 0,
          amount BIGINT NOT NULL DEFAULT 0,
          cost BIGINT NOT NULL DEFAULT 0,
          first_on TEXT NOT NULL DEFAULT '',
          last_on TEXT NOT NULL DEFAULT '',
          value_class TEXT NOT NULL DEFAULT '',
          recency_score BIGINT NOT NULL DEFAULT 0,
          frequency_score BIGINT NOT NULL DEFAULT 0,
          monetary_score BIGINT NOT NULL DEFAULT 0,
          segment TEXT NOT NULL DEFAULT '',
          roles TEXT NOT NULL,
          name TEXT NOT NULL,
          sort_name TEXT\(SQL.byteOrder) NOT NULL,
          outside_source TEXT NOT NULL DEFAULT '',
          outside_id TEXT,
          phones TEXT NOT NULL,
          email TEXT NOT NULL DEFAULT '',
          wechat TEXT NOT NULL DEFAULT '',
          region TEXT NOT NULL DEFAULT '',
          address TEXT NOT NULL DEFAULT '',
          industry TEXT NOT NULL DEFAULT '',
          occupation TEXT NOT NULL DEFAULT '',
          employer TEXT NOT NULL DEFAULT '',
          birthday TEXT,
          interests TEXT NOT NULL DEFAULT '',
          source TEXT NOT NULL DEFAULT '',
          description TEXT NOT NULL DEFAULT '',
          pinned_at BIGINT,
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT,
          UNIQUE (outside_source, outside_id)
        )
        """,
        "CREATE INDEX customer_by_amount ON customer (amount, id)",
        "CREATE INDEX customer_by_name ON customer (sort_name, id)",
        "CREATE INDEX customer_by_last_order ON customer (last_on, id)",
        "CREATE INDEX customer_by_order_count ON customer (order_count, id)",
        // Everything a list is narrowed by and sums, so that a count of all that fit never touches the rows.
        """
        CREATE INDEX customer_facets ON customer
          (value_class, last_on, region_code, kind, owner_id, segment, amount, roles)
        """,
        "CREATE INDEX customer_by_region ON customer (region_code, kind, value_class, owner_id, amount)",
        "CREATE INDEX customer_by_outside_id ON customer (outside_id)",
      ]),
    // Orders change totals all the time and customers hardly ever: apart from each other, an import writes short rows in
    // few indexes, and an analysis of everybody reads nothing else.
    Migration(
      14, "totals apart",
      [
        """
        CREATE TABLE customer_total (
          customer_id \(SQL.key) REFERENCES customer (id) ON DELETE CASCADE,
          order_count BIGINT NOT NULL DEFAULT 0,
          purchase_days BIGINT NOT NULL DEFAULT 0,
          quantity BIGINT NOT NULL DEFAULT 0,
          amount BIGINT NOT NULL DEFAULT 0,
          cost BIGINT NOT NULL DEFAULT 0,
          first_on TEXT NOT NULL DEFAULT '',
          last_on TEXT NOT NULL DEFAULT ''
        )
        """,
        """
        INSERT INTO customer_total
          (customer_id, order_count, purchase_days, quantity, amount, cost, first_on, last_on)
        SELECT id, order_count, purchase_days, quantity, amount, cost, first_on, last_on FROM customer ORDER BY id
        """,
        "DROP INDEX customer_by_amount",
        "DROP INDEX customer_by_last_order",
        "DROP INDEX customer_by_order_count",
        "DROP INDEX customer_facets",
        "DROP INDEX customer_by_region",
        "ALTER TABLE customer DROP COLUMN order_count",
        "ALTER TABLE customer DROP COLUMN purchase_days",
        "ALTER TABLE customer DROP COLUMN quantity",
        "ALTER TABLE customer DROP COLUMN amount",
        "ALTER TABLE customer DROP COLUMN cost",
        "ALTER TABLE customer DROP COLUMN first_on",
        "ALTER TABLE customer DROP COLUMN last_on",
        "CREATE INDEX customer_total_by_amount ON customer_total (amount, customer_id)",
        "CREATE INDEX customer_total_by_last_order ON customer_total (last_on, customer_id)",
        "CREATE INDEX customer_total_by_order_count ON customer_total (order_count, customer_id)",
        // What a list is narrowed by, so that counting those who fit never touches the rows.
        "CREATE INDEX customer_facets ON customer (value_class, region_code, kind, owner_id, segment, roles)",
        "CREATE INDEX customer_by_region ON customer (region_code, kind, value_class, owner_id)",
        "CREATE INDEX customer_by_owner ON customer (owner_id)",
      ]),
    // What somebody spends again is told from the first purchase, which is often unlike the others.
    Migration(
      17, "amount of the first purchase",
      [
        "ALTER TABLE customer_total ADD COLUMN first_amount BIGINT NOT NULL DEFAULT 0",
        """
        UPDATE customer_total SET first_amount = coalesce((
          SELECT \(SQL.total("base_amount")) FROM sales_order WHERE sales_order.customer_id = customer_total.customer_id
            AND ordered_on = first_on AND amount >= 0 AND quantity >= 0), 0)
        WHERE first_on <> ''
        """,
      ]),
    // Imports look up very many numbers: their ids are found without touching the rows.
    Migration(
      22, "customers by number",
      [
        "DROP INDEX customer_by_outside_id",
        "CREATE INDEX customer_by_outside_id ON customer (outside_id, outside_source)\(.including(id: "id"))",
      ]),
    // What totals were ranked as stands beside them: a list in their order then skips those it does not want without
    // looking up customers.
    Migration(
      23, "standings beside totals",
      [
        "ALTER TABLE customer_total ADD COLUMN value_class TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE customer_total ADD COLUMN recency_score BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE customer_total ADD COLUMN frequency_score BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE customer_total ADD COLUMN monetary_score BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE customer_total ADD COLUMN segment TEXT NOT NULL DEFAULT ''",
        """
        UPDATE customer_total SET value_class = customer.value_class, recency_score = customer.recency_score,
          frequency_score = customer.frequency_score, monetary_score = customer.monetary_score, segment = customer.segment
        FROM customer WHERE customer.id = customer_total.customer_id
        """,
        "DROP INDEX customer_facets",
        "DROP INDEX customer_by_region",
        "ALTER TABLE customer DROP COLUMN value_class",
        "ALTER TABLE customer DROP COLUMN recency_score",
        "ALTER TABLE customer DROP COLUMN frequency_score",
        "ALTER TABLE customer DROP COLUMN monetary_score",
        "ALTER TABLE customer DROP COLUMN segment",
        .setIndexOfRarelyChanged("customer_total_by_class ON customer_total (value_class, segment)"),
        // Counting those who fit never touches the rows.
        "CREATE INDEX customer_by_region ON customer (region_code, kind, owner_id, roles)",
      ]),
    Migration(
      27, "who brought whom",
      [
        "ALTER TABLE customer ADD COLUMN referrer_id BIGINT",
        "CREATE INDEX customer_by_referrer ON customer (referrer_id) WHERE referrer_id IS NOT NULL",
      ]),
    // Who is of the last class comes after nearly everybody in the order of amounts: every class has its own.
    Migration(
      29, "amounts by class",
      [
        "DROP INDEX customer_total_by_amount",
        "CREATE INDEX customer_total_by_amount ON customer_total (value_class, amount, customer_id)",
      ]),
    // Walk-ins were persons; they are nobody in a ranking.
    Migration(
      32, "walk-in customers",
      [
        """
        UPDATE customer SET kind = 'walk_in'
        WHERE outside_id = 'walk-in' OR outside_id LIKE 'walk-in-%' OR name IN ('散客', 'Walk-in')
        """,
        "CREATE INDEX customer_walk_in ON customer (id) WHERE kind = 'walk_in'",
      ]),
  ]
}
