import Store

enum OrderSchema {
  static let migrations = [
    Migration(
      6, "products and orders",
      [
        """
        CREATE TABLE product (
          id \(SQL.key),
          name TEXT NOT NULL,
          sort_name TEXT\(SQL.byteOrder) NOT NULL,
          unit TEXT NOT NULL DEFAULT '',
          price BIGINT,
          cost BIGINT,
          currency TEXT NOT NULL,
          category TEXT NOT NULL DEFAULT '',
          description TEXT NOT NULL DEFAULT '',
          outside_source TEXT NOT NULL DEFAULT '',
          outside_id TEXT,
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT,
          UNIQUE (outside_source, outside_id)
        )
        """,
        "CREATE INDEX product_by_name ON product (sort_name, id)",
        """
        CREATE TABLE sales_order (
          id \(SQL.key),
          customer_id BIGINT NOT NULL REFERENCES customer (id),
          ordered_on TEXT NOT NULL,
          quantity BIGINT NOT NULL,
          amount BIGINT NOT NULL,
          cost BIGINT NOT NULL,
          currency TEXT NOT NULL,
          base_amount BIGINT NOT NULL,
          base_cost BIGINT NOT NULL,
          outside_source TEXT NOT NULL DEFAULT '',
          outside_id TEXT,
          note TEXT NOT NULL DEFAULT '',
          created_at BIGINT NOT NULL,
          created_by BIGINT,
          updated_at BIGINT NOT NULL,
          updated_by BIGINT,
          UNIQUE (outside_source, outside_id)
        )
        """,
        "CREATE INDEX sales_order_by_customer ON sales_order (customer_id, ordered_on, id)",
        "CREATE INDEX sales_order_by_day ON sales_order (ordered_on, id)",
        "CREATE INDEX sales_order_returned ON sales_order (ordered_on, id) WHERE (amount < 0 OR quantity < 0)",
        """
        CREATE TABLE sales_order_line (
          id \(SQL.key),
          order_id BIGINT NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
          position BIGINT NOT NULL,
          product_id BIGINT REFERENCES product (id),
          product_name TEXT NOT NULL,
          quantity BIGINT NOT NULL,
          amount BIGINT NOT NULL,
          cost BIGINT NOT NULL
        )
        """,
        "CREATE INDEX sales_order_line_by_order ON sales_order_line (order_id, position)",
        "CREATE INDEX sales_order_line_by_product ON sales_order_line (product_id)",
      ]),
    // The beginning of a number is a range of the index, whatever language the database sorts by.
    Migration(11, "order numbers", [.setByteOrder(of: "outside_id", in: "sales_order")]),
    // Days are compared and sorted more than anything else, and sort by byte in any language.
    Migration(
      25, "days in byte order",
      [
        .setByteOrder(of: "ordered_on", in: "sales_order"), .setByteOrder(of: "first_on", in: "customer_total"),
        .setByteOrder(of: "last_on", in: "customer_total"),
      ]),
    Migration(
      26, "brands of products",
      [
        "ALTER TABLE product ADD COLUMN brand TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX product_by_brand ON product (category, brand)",
        // Those that were deleted and can be brought back.
        """
        UPDATE deletion SET content = replace(content, '"category":', '"brand":"","category":')
        WHERE content LIKE '{"product":%'
        """,
      ]),
    Migration(
      28, "sums of days and of products",
      [
        """
        CREATE TABLE order_day (
          ordered_on TEXT\(SQL.byteOrder) NOT NULL, order_count BIGINT NOT NULL, quantity BIGINT NOT NULL, amount BIGINT NOT NULL)
        """,
        "CREATE INDEX order_day_by_day ON order_day (ordered_on)",
        """
        CREATE TABLE product_month (
          product_id BIGINT NOT NULL REFERENCES product (id) ON DELETE CASCADE, month TEXT\(SQL.byteOrder) NOT NULL,
          order_count BIGINT NOT NULL, quantity BIGINT NOT NULL, amount BIGINT NOT NULL, cost BIGINT NOT NULL)
        """,
        "CREATE INDEX product_month_by_product ON product_month (product_id, month)",
        // Nobody writes an order meanwhile that would not be counted.
        .lock("sales_order"),
      ] + SalesLedger.recount),
    // Every import writes nearly all pages of this index.
    Migration(
      30, "orders by customer, shorter",
      SQL.withoutSecondID("sales_order_by_customer", "sales_order (customer_id, ordered_on)")),
    // An order that was wholly taken back soon is no purchase: each of the two names the other. Orders that are here already
    // are paired by what comes after.
    Migration(
      31, "orders that were wholly taken back",
      [
        "ALTER TABLE sales_order ADD COLUMN counterpart_id BIGINT",
        """
        CREATE INDEX sales_order_returned_by_customer ON sales_order (customer_id, amount)
        WHERE (amount < 0 OR quantity < 0)
        """,
        "CREATE INDEX sales_order_paired ON sales_order (customer_id) WHERE counterpart_id IS NOT NULL",
        """
        INSERT INTO job (id, kind, payload, run_at, attempts, progress, total, note, created_at)
        SELECT 31, \(ReturnRefresh.kind), '{}', 0, 0, 0, 0, '', 0 WHERE EXISTS (SELECT 1 FROM sales_order)
        """,
      ]),
  ]
}
