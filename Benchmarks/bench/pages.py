"""Pages asked one after the other: how long each takes, and how much longer than with ten thousand customers."""
import contextlib
import json
import random
import statistics
import urllib.parse

from .data import Firm
from .program import Server
from .table import Row, Spread, limit

SMALL = 10_000
COUNT = 100  # requests in a run
NAMES = ["张伟", "公司", "山岚", "王芳", "科技"]
INITIALS = ["zw", "wf", "lj", "zhangw", "gs"]
PERSON = "张伟"
SURNAMES = "王李张刘陈杨黄赵周吴林徐孙马朱胡郭何高罗"
# The more customers, the more of them have a name: that page only tells.
SAME_NAME = "list, searched by a person's name"


def pages(cards, products, names, common):
    """What each page is called, and an address of it by chance."""
    return {
        "list, two filters, sorted by last order": lambda chance: "/customers?value_class=A&bought=90&sort=last",
        "list, kind and region, sorted by amount": lambda chance: "/customers?kind=company&region=330000",
        "list, no filter": lambda chance: "/customers",
        "search, two characters": lambda chance: "/search?q=" + urllib.parse.quote(chance.choice(NAMES)),
        "search, initials": lambda chance: "/search?q=" + chance.choice(INITIALS),
        "list, searched by a company's name": lambda chance: "/customers?q=" + urllib.parse.quote(chance.choice(names)),
        "list, searched, with as many found": lambda chance: "/customers?q=" + urllib.parse.quote(common),
        SAME_NAME: lambda chance: "/customers?q=" + urllib.parse.quote(PERSON),
        "list of class C, by amount": lambda chance: "/customers?value_class=C",
        "orders": lambda chance: "/orders",
        "orders of the last 30 days": lambda chance: "/orders?period=30d",
        "orders, searched by a company's name": lambda chance: "/orders?q=" + urllib.parse.quote(chance.choice(names)),
        "products": lambda chance: "/products",
        "product": lambda chance: chance.choice(products),
        "data card": lambda chance: chance.choice(cards),
    }


class Visitor:
    """Asks one server, always as the same person."""

    def __init__(self, server, cards, products, names, token):
        self.server, self.token, self.asked = server, token, (cards, products, names)
        self.pages = pages(*self.asked, PERSON)

    def found(self, text):
        """How many customers are found."""
        body, _ = self.server.ask("/api/v1/customers?count=all&q=" + urllib.parse.quote(text), self.token)
        return json.loads(body)["count"]

    def search_like(self, other):
        """From now on for what finds about as many here as a person's name does there."""
        many = other.found(PERSON)
        self.pages = pages(*self.asked, min(SURNAMES, key=lambda surname: abs(self.found(surname) - many)))

    def times(self, name, turn, count=COUNT):
        """Milliseconds of a run, shortest first."""
        chance = random.Random(turn)
        return sorted(self.server.ask(self.pages[name](chance), self.token)[1] for _ in range(count))


def measure(firm, options):
    firms = [firm]
    if firm.customers > SMALL:
        firms.append(Firm(firm.binary, firm.engine, SMALL, firm.orders * SMALL // firm.customers))
    with contextlib.ExitStack() as stack:
        # What is asked for first: a database on SQLite is its server's alone.
        prepared = [
            (each, each.card_paths(1_000), each.product_paths(), each.company_names(1_000), each.token()) for each in firms]
        visitors = [
            Visitor(stack.enter_context(Server(each.binary, each.url)), *asked) for each, *asked in prepared]
        for small in visitors[1:]:
            small.search_like(visitors[0])
        return [row for name in visitors[0].pages for row in compare(name, visitors, firm, options.runs)]


def compare(name, visitors, firm, runs):
    """In turns, so that what else the machine does falls on all of them alike."""
    middles, high = [[] for _ in visitors], []
    for visitor in visitors:
        visitor.times(name, "warm", count=10)
    for turn in range(runs):
        for visitor, middle in zip(visitors, middles):
            times = visitor.times(name, turn)
            middle.append(statistics.median(times))
            if visitor is visitors[0]:
                high.append(times[int(len(times) * 0.95)])
    where = f"{firm.engine.name}: {name}"
    yield limit(f"{where}, 95 of 100 answered within", Spread(high, "ms"), 30)
    if len(visitors) > 1:
        mine, small = (Spread(middle, "ms") for middle in middles)
        target = None if name == SAME_NAME else 1.5
        yield Row(f"{where}, median, beside {SMALL:,} customers", mine, small, at_most=target)
