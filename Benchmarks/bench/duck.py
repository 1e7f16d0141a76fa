"""DuckDB's part, run with its own Python: fills its file from CSV, and classes all customers from the orders.

    duck.py fill FILE CUSTOMERS ORDERS      tables of a new file
    duck.py add FILE ORDERS                 more orders
    duck.py abc|rfm FILE [JSON]             classes, with the CPU seconds from opening the file to the answer; with what
                                            `guanxi analyze --json` printed, how many customers are classed differently

The CPU seconds leave out the start of Python, which no one who asks DuckDB has to pay, and are those of one thread, which
spends the least of them. The definitions are those of
Benchmarks/independent/analysis.py.
"""
import json
import resource
import sys

import duckdb

TABLES = """
CREATE TABLE customer (id BIGINT, outside_id VARCHAR, name VARCHAR);
CREATE TABLE sales_order (customer_id BIGINT, ordered_on DATE, quantity BIGINT, base_amount BIGINT, is_undone BOOLEAN);
"""

ABC = """
CREATE TEMP TABLE classed AS
WITH value AS (
  SELECT customer_id, sum(base_amount)::BIGINT AS value FROM sales_order GROUP BY customer_id
), ranked AS (
  SELECT customer_id, value, row_number() OVER place AS rank,
    (sum(greatest(value, 0)) OVER place)::BIGINT - greatest(value, 0) AS before,
    (SELECT sum(greatest(value, 0))::BIGINT FROM value) AS total
  FROM value WINDOW place AS (ORDER BY value DESC, customer_id ROWS UNBOUNDED PRECEDING)
)
SELECT customer_id, value, rank,
  CASE WHEN value <= 0 THEN 'C' WHEN before * 100 < total * 80 THEN 'A' WHEN before * 100 < total * 95 THEN 'B' ELSE 'C' END
  AS class
FROM ranked
"""

# Of n customers with `below` worse and `upto` not better: the mid-rank less a half is (below + upto) / 2.
SCORE = "(5 * (rank() OVER {0} - 1 + count(*) OVER {0}) + 2 * count(*) OVER () - 1) // (2 * count(*) OVER ())"
GRID = [  # by recency score 1 to 5, then frequency score 1 to 5
    ["lost", "lost", "at-risk", "at-risk", "cannot-lose"],
    ["hibernating", "hibernating", "at-risk", "at-risk", "cannot-lose"],
    ["about-to-sleep", "about-to-sleep", "need-attention", "loyal", "loyal"],
    ["promising", "potential-loyalist", "potential-loyalist", "loyal", "loyal"],
    ["new", "potential-loyalist", "potential-loyalist", "champions", "champions"],
]
RFM = f"""
CREATE TEMP TABLE classed AS
WITH occasion AS (
  SELECT customer_id, ordered_on, sum(base_amount)::BIGINT AS amount,
    bool_or(base_amount >= 0 AND quantity >= 0 AND NOT is_undone) AS is_purchase
  FROM sales_order GROUP BY customer_id, ordered_on
), buyer AS (
  SELECT customer_id, (SELECT max(ordered_on) FROM sales_order) - max(ordered_on) FILTER (is_purchase) AS recency,
    count(*) FILTER (is_purchase) AS frequency, sum(amount)::BIGINT AS monetary
  FROM occasion GROUP BY customer_id HAVING bool_or(is_purchase)
), scored AS (
  SELECT *, {SCORE.format("recent")} AS r, {SCORE.format("often")} AS f, {SCORE.format("much")} AS m FROM buyer
  WINDOW recent AS (ORDER BY recency DESC), often AS (ORDER BY frequency), much AS (ORDER BY monetary)
)
SELECT *, {GRID}[r][f] AS segment FROM scored
"""

METHODS = {  # what makes the classes, what tells of each class, whom a list begins with, what must be the same
    "abc": (ABC, "class, count(*), sum(value)", "value", ["class", "rank"]),
    "rfm": (RFM, "segment, count(*), sum(monetary)", "monetary", ["recency", "frequency", "r", "f", "m", "segment"]),
}


def fill(file, customers, orders):
    with duckdb.connect(file) as base:
        base.execute(TABLES)
        base.execute(f"COPY customer FROM '{customers}' (FORMAT csv, HEADER false)")
    return add(file, orders)


def add(file, orders):
    with duckdb.connect(file) as base:
        base.execute(f"COPY sales_order FROM '{orders}' (FORMAT csv, HEADER false)")
    return {}


def classify(method, file, answer=None):
    make, summary, value, fields = METHODS[method]
    before = resource.getrusage(resource.RUSAGE_SELF)
    with duckdb.connect(file, read_only=True, config={"threads": 1}) as base:
        base.execute(make)
        base.execute(f"SELECT {summary} FROM classed GROUP BY ALL ORDER BY 1").fetchall()
        base.execute(
            f"""SELECT outside_id, name, classed.* FROM classed JOIN customer ON id = customer_id
            ORDER BY {value} DESC, customer_id LIMIT 20""").fetchall()
        after = resource.getrusage(resource.RUSAGE_SELF)
        found = {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}
        return found if answer is None else found | differences(base, fields, answer)


def differences(base, fields, answer):
    with open(answer) as file:
        theirs = {line["id"]: [line[field] for field in fields] for line in json.load(file)["customers"]}
    rows = base.execute(f"SELECT outside_id, {', '.join(fields)} FROM classed JOIN customer ON id = customer_id").fetchall()
    ours = {identity: list(values) for identity, *values in rows}
    different = [identity for identity in ours.keys() | theirs.keys() if ours.get(identity) != theirs.get(identity)]
    first = [(identity, ours.get(identity), theirs.get(identity)) for identity in different[:3]]
    return {"customers": len(ours), "differences": len(different), "first": first}


def main():
    act, *words = sys.argv[1:]
    acts = {"fill": fill, "add": add}
    print(json.dumps(acts[act](*words) if act in acts else classify(act, *words)))


if __name__ == "__main__":
    main()
