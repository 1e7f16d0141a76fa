"""What a firm holds, told without the ids that chance gives, and whether it contradicts itself."""

CONTENTS = {
    "customers": """
        SELECT outside_source, outside_id, name, kind, roles, phones, email, wechat, region, region_code, address,
          industry, birthday, source, description, order_count, purchase_days, quantity, amount, cost, first_on, last_on
        FROM customer JOIN customer_total ON customer_id = id ORDER BY outside_source, outside_id, name, phones, amount""",
    "contacts": """
        SELECT customer.outside_id AS customer, customer.name AS called, contact.name, contact.role, contact.phones,
          contact.email
        FROM contact JOIN customer ON customer.id = contact.customer_id
        ORDER BY customer.outside_id, customer.name, contact.name, contact.phones""",
    "tags": """
        SELECT customer.outside_id, customer.name AS customer, tag.name
        FROM customer_tag JOIN customer ON customer.id = customer_id JOIN tag ON tag.id = tag_id
        ORDER BY customer.outside_id, customer.name, tag.name""",
    "known tags": "SELECT name FROM tag ORDER BY name",
    "products": "SELECT outside_source, outside_id, name, price, cost, currency FROM product ORDER BY outside_id, name",
    "orders": """
        SELECT sales_order.outside_source, sales_order.outside_id, customer.outside_id AS customer,
          customer.name AS called, ordered_on, sales_order.quantity, sales_order.amount, sales_order.cost, currency,
          base_amount, base_cost, note
        FROM sales_order JOIN customer ON customer.id = customer_id
        ORDER BY sales_order.outside_source, sales_order.outside_id, ordered_on, sales_order.amount""",
    "lines": """
        SELECT sales_order.outside_id, position, product.outside_id AS product, product_name, line.quantity,
          line.amount, line.cost
        FROM sales_order_line AS line JOIN sales_order ON sales_order.id = order_id
        LEFT JOIN product ON product.id = product_id
        ORDER BY sales_order.outside_id, sales_order.amount, position""",
    "found by": """
        SELECT document.kind, coalesce(customer.outside_id, product.outside_id) AS outside_id,
          coalesce(customer.name, product.name) AS called, CAST(document.name AS TEXT) AS name,
          CAST(document.more AS TEXT) AS more
        FROM search_document AS document LEFT JOIN customer ON customer.id = document.id
        LEFT JOIN product ON product.id = document.id
        ORDER BY 1, 2, 3, 4, 5""",
}

# Each of these finds nothing where all is well. They are written apart from the product's own statements.
CONTRADICTIONS = {
    "totals that are not those of the orders": """
        SELECT customer.outside_id, customer.name, order_count, amount, counted, summed FROM customer
        LEFT JOIN customer_total ON customer_total.customer_id = customer.id LEFT JOIN (
          SELECT customer_id, count(*) AS counted, sum(base_amount) AS summed, sum(base_cost) AS costs,
            sum(sales_order.quantity) AS pieces, min(day) AS first_day, max(day) AS last_day, count(DISTINCT day) AS days,
            sum(CASE WHEN day = began THEN base_amount END) AS begun
          FROM (SELECT purchase.*, min(day) OVER (PARTITION BY customer_id) AS began FROM (
            SELECT *, CASE WHEN quantity >= 0 AND amount >= 0 AND counterpart_id IS NULL THEN ordered_on END AS day FROM sales_order) AS purchase)
            AS sales_order GROUP BY customer_id) AS sums ON sums.customer_id = customer.id
        WHERE order_count IS NULL OR order_count <> coalesce(counted, 0) OR amount <> coalesce(summed, 0) OR cost <> coalesce(costs, 0)
          OR quantity <> coalesce(pieces, 0) OR first_on <> coalesce(first_day, '')
          OR last_on <> coalesce(last_day, '') OR purchase_days <> coalesce(days, 0)
          OR first_amount <> coalesce(begun, 0)""",
    "orders paired with what is not their contrary": """
        SELECT one.outside_id, two.outside_id FROM sales_order AS one LEFT JOIN sales_order AS two ON two.id = one.counterpart_id
        WHERE one.counterpart_id IS NOT NULL AND (two.counterpart_id IS NULL OR two.counterpart_id <> one.id
          OR two.amount <> -one.amount OR two.customer_id <> one.customer_id)""",
    "days that are not what their orders add up to": """
        SELECT coalesce(kept.ordered_on, counted.ordered_on) AS day, orders, number, kept.pieces, counted.quantity, kept.worth, summed
        FROM (SELECT ordered_on, sum(order_count) AS orders, sum(quantity) AS pieces, sum(amount) AS worth
          FROM order_day GROUP BY ordered_on) AS kept
        FULL JOIN (SELECT ordered_on, count(*) AS number, sum(quantity) AS quantity, sum(base_amount) AS summed
          FROM sales_order GROUP BY ordered_on) AS counted ON counted.ordered_on = kept.ordered_on
        WHERE coalesce(orders, 0) <> coalesce(number, 0) OR coalesce(kept.pieces, 0) <> coalesce(counted.quantity, 0)
          OR coalesce(kept.worth, 0) <> coalesce(summed, 0)""",
    "products that were not sold as their lines say": """
        SELECT coalesce(kept.product_id, counted.product_id) AS product, kept.month, kept.orders, number, kept.pieces, counted.quantity,
          kept.worth, counted.summed, kept.costs, counted.spent
        FROM (SELECT product_id, month, sum(order_count) AS orders, sum(quantity) AS pieces, sum(amount) AS worth, sum(cost) AS costs
          FROM product_month GROUP BY product_id, month) AS kept
        FULL JOIN (SELECT product_id, substr(ordered_on, 1, 7) AS month, count(DISTINCT order_id) AS number,
            sum(line.quantity) AS quantity, sum(CAST(round(line.amount * base / whole) AS BIGINT)) AS summed,
            sum(CAST(round(line.cost * base / whole) AS BIGINT)) AS spent
          FROM sales_order_line AS line JOIN (
            SELECT id, ordered_on, CAST(CASE WHEN amount = 0 THEN 1 ELSE base_amount END AS DOUBLE PRECISION) AS base,
              CASE WHEN amount = 0 THEN 1 ELSE amount END AS whole FROM sales_order) AS sold ON sold.id = order_id WHERE product_id IS NOT NULL
          GROUP BY product_id, substr(ordered_on, 1, 7)) AS counted
        ON counted.product_id = kept.product_id AND counted.month = kept.month
        WHERE coalesce(kept.orders, 0) <> coalesce(number, 0) OR coalesce(kept.pieces, 0) <> coalesce(counted.quantity, 0)
          OR coalesce(kept.worth, 0) <> coalesce(counted.summed, 0) OR coalesce(kept.costs, 0) <> coalesce(counted.spent, 0)""",
    "orders that are not the sum of their lines": """
        SELECT outside_id, sales_order.amount, summed, sales_order.quantity, pieces FROM sales_order LEFT JOIN (
          SELECT order_id, sum(amount) AS summed, sum(quantity) AS pieces FROM sales_order_line GROUP BY order_id
        ) AS lines ON lines.order_id = sales_order.id
        WHERE summed IS NULL OR summed <> sales_order.amount OR pieces <> sales_order.quantity""",
    "lines without an order": """
        SELECT id FROM sales_order_line
        WHERE NOT EXISTS (SELECT 1 FROM sales_order WHERE sales_order.id = order_id)""",
    "positions taken twice": """
        SELECT order_id, position FROM sales_order_line GROUP BY order_id, position HAVING count(*) > 1""",
    "customers that cannot be found": """
        SELECT outside_id, name FROM customer
        WHERE NOT EXISTS (SELECT 1 FROM search_document WHERE search_document.id = customer.id)""",
    "products that cannot be found": """
        SELECT outside_id, name FROM product
        WHERE NOT EXISTS (SELECT 1 FROM search_document WHERE search_document.id = product.id)""",
    "found, but not there": """
        SELECT id, kind FROM search_document WHERE id NOT IN (SELECT id FROM customer UNION ALL SELECT id FROM product)""",
    "ranked by other terms than they are found by": """
        SELECT ranked.id FROM search_ranked AS ranked LEFT JOIN search_document AS document ON document.id = ranked.id
        WHERE document.id IS NULL OR document.name <> ranked.name OR document.more <> ranked.more""",
    "numbers taken twice": """
        SELECT outside_source, outside_id FROM sales_order WHERE outside_id IS NOT NULL
        GROUP BY outside_source, outside_id HAVING count(*) > 1""",
    "imports that wrote more or less than they can take back": """
        SELECT import.id, changes, (SELECT sum(records) FROM import_change WHERE import_id = import.id) AS kept FROM import
        WHERE reverting_at IS NULL AND cancelled_at IS NULL
          AND changes <> (SELECT coalesce(sum(records), 0) FROM import_change WHERE import_id = import.id)""",
}


class Broken(Exception):
    """Something is not as it must be."""


def contents(firm):
    return firm.ask(CONTENTS)


def must_be_sound(firm, when):
    """Raises where the firm contradicts itself."""
    wrong = [f"{name}: {shown(rows)}" for name, rows in firm.ask(CONTRADICTIONS).items() if rows]
    wrong += firm.damage()
    if wrong:
        raise Broken(f"{when}: " + "; ".join(wrong))


def must_equal(found, expected, when):
    """Raises where two contents differ, with some of the rows that only one has."""
    wrong = []
    for name, rows in expected.items():
        if found[name] == rows:
            continue
        missing, extra = only_first(rows, found[name]), only_first(found[name], rows)
        wrong.append(f"{name}: missing {shown(missing)}, too many {shown(extra)}")
    if wrong:
        raise Broken(f"{when}: " + "; ".join(wrong))


def only_first(rows, others):
    """Rows that come more often in the first."""
    left = {}
    for row in others:
        left[str(row)] = left.get(str(row), 0) + 1
    only = []
    for row in rows:
        if left.get(str(row), 0) > 0:
            left[str(row)] -= 1
        else:
            only.append(row)
    return only


def shown(rows):
    return f"{len(rows)} " + ", ".join(str(row) for row in rows[:3]) + ("…" if len(rows) > 3 else "")
