"""The purchase models beside lifetimes, and what scoring everybody in the database costs. CPU time of both."""
import functools
import json
import subprocess

from .program import FOLDER, Failed, ROOT, run
from .table import Row, Spread, limit

TRANSACTIONS = 10_000_000
# The work, what it is called, the file both read, and how many times faster ours must be.
WORK = [
    ("bgnbd", "BG/NBD fit to 2,357 customers", "sample", 100),
    ("paretonbd", "Pareto/NBD fit to 2,357 customers", "sample", 20),
    ("scores", "P(alive) and expected purchases of 1,000,000 customers", "million", 5),
    ("statistics", f"histories from {TRANSACTIONS:,} transactions", "transactions", 10),
]
# CPU seconds, for a million customers or fewer.
MOST_TO_SCORE, MOST_TO_REFIT = 3, 5


def measure(firm, options):
    return [*beside_lifetimes(options.runs), *of_the_firm(firm, options.runs)]


@functools.cache
def beside_lifetimes(runs):
    """The same for every engine, so once."""
    subprocess.run(
        ["swift", "build", "--package-path", "Benchmarks/Models", "--scratch-path", ".build/models", "-c", "release"],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    peer("make", FOLDER, TRANSACTIONS)
    rows = [row for act, what, file, faster in WORK for row in compare(act, what, FOLDER / f"{file}.bin", faster, runs)]
    for name in {file for _, _, file, _ in WORK}:
        (FOLDER / f"{name}.bin").unlink()
    return rows


def compare(act, what, file, faster, runs):
    ours, others = [], []
    for _ in range(runs):
        ours.append(run(ROOT / ".build/models/release/ModelBench", act, file))
        others.append(peer(act, file))
    figures, same = json.loads(ours[0].text), json.loads(others[0].text)
    for name in figures.keys() & same.keys() - {"seconds"}:
        # A likelihood may be a little better, nothing may be worse; counts are the same.
        if same[name] is not None and abs(figures[name] / same[name] - 1) > 1e-3:
            raise Failed(f"{what}: {name} is {figures[name]} here and {same[name]} by lifetimes")
    mine, theirs = ([json.loads(each.text)["seconds"] for each in all] for all in (ours, others))
    yield Row(f"{what}, beside lifetimes", Spread(mine, "s"), Spread(theirs, "s"), at_most=1 / faster)
    if act == "statistics":
        yield Row(
            f"{what}, most memory", Spread([each.peak for each in ours], "MB"), Spread([each.peak for each in others], "MB"),
            at_most=1 / 4)


def peer(*words):
    return run(ROOT / ".build/lifetimes-python/bin/python", ROOT / "Benchmarks/bench/lifetimes_peer.py", *words)


def of_the_firm(firm, runs):
    """Scores after a day's orders, and a new fit with the scores it makes."""
    with firm.copy("scored") as copy:
        copy.guanxi("score")
        for what, words, most in [("scores of everybody anew", [], MOST_TO_SCORE), ("a refit, with all scores", ["--refit"], MOST_TO_REFIT)]:
            spent, server = [], []
            for _ in range(runs):
                with firm.engine.server_cpu(server):
                    spent.append(copy.guanxi("score", *words).cpu)
            total = [a + b for a, b in zip(spent, server)] if server else spent
            yield limit(f"{firm.engine.name}: {what}, {firm.customers:,} customers, CPU", Spread(total, "s"), most)
