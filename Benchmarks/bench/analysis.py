"""ABC and RFM of everybody beside DuckDB, which works the same classes out of its own file. CPU time of both."""
import json
import shutil

from .program import FOLDER, Failed, ROOT, run
from .table import Row, Spread

METHODS = ["abc", "rfm"]
NEW_ORDERS = 1_000
ORDERS = """SELECT customer_id, ordered_on, quantity, base_amount, CASE WHEN counterpart_id IS NULL THEN 0 ELSE 1 END
FROM sales_order"""


def measure(firm, options):
    duck = FOLDER / f"{firm.name}-{firm.engine.name.lower()}.duckdb"
    if not duck.exists():
        part = duck.with_suffix(".part")
        part.unlink(missing_ok=True)
        send(firm, part, "fill", customer="SELECT id, outside_id, name FROM customer", sales_order=ORDERS)
        part.rename(duck)
    rows = beside(firm, duck, options.runs, "ABC and RFM of everybody")
    changed = FOLDER / "changed.duckdb"
    with firm.copy("ours") as copy:
        copy.import_orders(firm.order_file(NEW_ORDERS, "B-"))
        shutil.copyfile(duck, changed)
        (FOLDER / "orders.csv").unlink()
        send(copy, changed, "add", sales_order=ORDERS + " WHERE outside_id LIKE 'B-%'")
        rows += beside(copy, changed, options.runs, f"the same after {NEW_ORDERS:,} new orders")
    changed.unlink()
    return rows


def send(firm, file, act, **tables):
    """Gives DuckDB the rows of some of our tables."""
    paths = [firm.export(sql, FOLDER / f"{table}.csv") for table, sql in tables.items()]
    ask_duck(act, file, *paths)
    for path in paths:
        path.unlink()


def ask_duck(*words):
    return json.loads(run(ROOT / ".build/bench-python/bin/python", ROOT / "Benchmarks/bench/duck.py", *words).text)


def beside(firm, duck, runs, what):
    for method in METHODS:
        compare(firm, duck, method)
    ours, peer, server = [], [], []
    for _ in range(runs):
        with firm.engine.server_cpu(server):
            ours.append(sum(firm.guanxi("analyze", method).cpu for method in METHODS))
        peer.append(sum(ask_duck(method, duck)["cpu"] for method in METHODS))
    where = firm.engine.name
    rows = [Row(f"{where}: {what}, CPU of our process, beside DuckDB", Spread(ours, "s"), Spread(peer, "s"), at_most=0.40)]
    if server:
        rows.append(Row(f"{where}: {what}, CPU of its server meanwhile", Spread(server, "s")))
    return rows


def compare(firm, duck, method):
    """Every customer's class, not only the counts: otherwise the two did different work."""
    answer = FOLDER / f"{method}.json"
    with answer.open("w") as file:
        firm.guanxi("analyze", method, "--json", stdout=file)
    found = ask_duck(method, duck, answer)
    answer.unlink()
    if found["differences"] or not found["customers"]:
        raise Failed(f"{method}: {found['differences']} of {found['customers']} customers differ from DuckDB's: {found['first']}")
