"""A file of orders, and what a database holds, looked at without the product."""

import hashlib
import pathlib
import sqlite3
import subprocess

HEADER = "order_number,date,customer_number,customer,product,quantity,price\n"

CONTENT = {
    "customers": """SELECT name, coalesce(outside_id, ''), order_count, amount, first_on, last_on FROM customer
        JOIN customer_total ON customer_id = id WHERE name NOT LIKE 'storm-%'""",
    "orders": """SELECT o.outside_id, o.ordered_on, o.amount, o.quantity, c.name, l.position, l.product_name,
        l.quantity, l.amount FROM sales_order o JOIN customer c ON c.id = o.customer_id
        LEFT JOIN sales_order_line l ON l.order_id = o.id""",
    "products": "SELECT name, category FROM product",
}
HALVES = """SELECT o.outside_id FROM sales_order o LEFT JOIN sales_order_line l ON l.order_id = o.id
    GROUP BY o.id, o.outside_id, o.amount HAVING count(l.id) = 0 OR sum(l.amount) <> o.amount"""
HALF_NUMBERED = """SELECT o.outside_id FROM sales_order o JOIN sales_order_line l ON l.order_id = o.id
    WHERE o.outside_id LIKE 'S-%' GROUP BY o.id, o.outside_id HAVING count(*) <> 2"""


def write_orders(path, count):
    """Every order has two lines; one customer in ten orders."""
    with path.open("w") as file:
        file.write(HEADER)
        for number in range(count):
            head = f"S-{number:06},2025-{number % 12 + 1:02}-{number % 28 + 1:02},C-{number // 10:05},Storm {number // 10:05} Ltd"
            file.write(f"{head},Tea {number % 50},{number % 7 + 1},{number % 90 + 10}.50\n{head},Cup {number % 20},1,3.00\n")
    return path


class Content:
    """Reads a database by SQL: the file of a `sqlite:` URL or the schema of a `postgres://` one."""

    def __init__(self, url):
        self.url = url

    def rows(self, query):
        if self.url.startswith("sqlite:"):
            return self.of_sqlite(query)
        uri, schema = self.url.split("?schema=")
        said = subprocess.run(["psql", "-XqAt", "-F", "\t", uri, "-c", f"SET search_path = {schema}", "-c", query],
                              capture_output=True, text=True, timeout=60, check=True).stdout
        return [tuple(line.split("\t")) for line in said.splitlines()]

    def of_sqlite(self, query):
        path = pathlib.Path(self.url.removeprefix("sqlite:"))
        with sqlite3.connect(path, timeout=10) as line:
            rows = line.execute(query).fetchall()
        line.close()
        return [tuple("" if value is None else str(value) for value in row) for row in rows]

    def count(self, table):
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def halves(self):
        """Orders without all of their lines."""
        return [row[0] for query in (HALVES, HALF_NUMBERED) for row in self.rows(query)]

    def digest(self):
        """The same for the same customers, orders and products, whatever their ids; without those saved in a storm."""
        found = {what: sorted(self.rows(query)) for what, query in CONTENT.items()}
        return hashlib.sha256(repr(found).encode()).hexdigest()[:12]

    def names(self, start):
        return [row[0] for row in self.rows(f"SELECT name FROM customer WHERE name LIKE '{start}%'")]
