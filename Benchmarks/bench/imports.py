"""Orders from a CSV file, checked, totalled and searchable, beside a bulk load of the same rows."""
from .program import FOLDER, Failed
from .table import Row, Spread, limit


def measure(firm, options):
    """Both databases are filled already, and grow by the rows of each run."""
    count = options.import_orders
    ours, peer, memory = [], [], []
    with firm.copy("ours") as mine, firm.copy("peer") as other:
        for turn in range(options.runs):
            mark = f"B{turn}-"
            file = firm.order_file(count, mark)
            mine.engine.warm(mine.name)
            done = mine.import_orders(file)
            rows = mine.export_orders(mark, FOLDER / "peer.csv")
            other.engine.warm(other.name)
            loaded = other.engine.load(other.name, rows)
            check(mine.summary(mark), other.summary(mark), count)
            ours.append(count / done.seconds)
            memory.append(done.peak)
            peer.append(count / loaded.seconds)
    for file in ["orders.csv", "peer.csv"]:
        (FOLDER / file).unlink()
    where = firm.engine.name
    what = f"{where}: import of {count:,} orders into {firm.orders:,}, beside {firm.engine.bulk_load}"
    return [
        Row(what, Spread(ours, "rows/s"), Spread(peer, "rows/s"), at_least=0.40),
        limit(f"{where}: most memory of that import", Spread(memory, "MB"), 500),
    ]


def check(ours, theirs, count):
    if ours != theirs or ours.split(",")[0] != str(count):
        raise Failed(f"{count} orders were to be loaded; we have {ours}, the peer {theirs} (count, sum)")
