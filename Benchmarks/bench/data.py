"""Databases filled by `guanxi demo`, on either engine, kept in .build/bench and in the PostgreSQL of scripts/postgres."""
import contextlib
import csv
import json
import os
import shutil
import sys
import time
import urllib.parse

from .program import FOLDER, Server, run

SOURCE = "demo 1"  # where `guanxi demo` says its numbers come from
ORDER_COLUMNS = [
    "id", "customer_id", "ordered_on", "quantity", "amount", "cost", "currency", "base_amount", "base_cost",
    "outside_source", "outside_id", "note", "created_at", "created_by", "updated_at", "updated_by",
]


class SQLite:
    name = "SQLite"
    bulk_load = "sqlite3 .import"

    def file(self, name):
        return FOLDER / f"{name}.db"

    def url(self, name):
        return f"sqlite:{self.file(name)}"

    def has(self, name):
        return self.file(name).exists()

    def make(self, name):
        self.drop(name)

    def settle(self, name):
        """All of it in one file, which can then be renamed and copied."""
        self.query(name, "PRAGMA wal_checkpoint(TRUNCATE)")

    def rename(self, old, new):
        self.file(old).rename(self.file(new))
        self.drop(old)

    def drop(self, name):
        for end in ["", "-wal", "-shm", ".lock", ".socket"]:
            self.file(name).with_name(f"{name}.db{end}").unlink(missing_ok=True)

    def copy(self, name, new):
        """On the disk before anything is measured on it."""
        self.drop(new)
        self.settle(name)
        shutil.copyfile(self.file(name), self.file(new))
        with self.file(new).open("rb+") as file:
            os.fsync(file.fileno())

    def warm(self, name):
        """Read once, so that the system keeps as much of it as there is room for, whichever file was copied last."""
        with self.file(name).open("rb", buffering=0) as file:
            while file.read(1 << 24):
                pass

    def query(self, name, sql, stdout=None):
        return run("sqlite3", "-csv", self.file(name), sql, stdout=stdout).text

    def load(self, name, rows):
        """Under the settings that the product has. Its checksums of pages are not kept, which others may not write by."""
        with self.file(name).open("rb+") as file:
            file.seek(18)
            file.write(b"\x02")
        settings = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY"
        return run("sqlite3", "-cmd", settings, self.file(name), f".import --csv {rows} sales_order")

    @contextlib.contextmanager
    def server_cpu(self, spent):
        """There is no server: all the work is in our process."""
        yield


class Postgres:
    name = "PostgreSQL"
    bulk_load = "psql \\copy"

    def __init__(self, server):
        self.server = server

    def url(self, name):
        return urllib.parse.urlsplit(self.server)._replace(path=f"/{name}").geturl()

    def psql(self, url, sql, stdout=None):
        quietly = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        return run("psql", *quietly, url, "-c", "SET search_path = guanxi, public", "-c", sql, stdout=stdout)

    def has(self, name):
        return self.psql(self.server, f"SELECT 1 FROM pg_database WHERE datname = '{name}'").text != ""

    def make(self, name):
        self.drop(name)
        self.psql(self.server, f"CREATE DATABASE {name}")

    def settle(self, name):
        """What autovacuum does sooner or later, so that it does not do it while something is measured."""
        self.psql(self.url(name), "VACUUM ANALYZE")

    def rename(self, old, new):
        self.psql(self.server, f"ALTER DATABASE {old} RENAME TO {new}")

    def drop(self, name):
        self.psql(self.server, f"DROP DATABASE IF EXISTS {name}")

    def copy(self, name, new):
        self.drop(new)
        self.psql(self.server, f"CREATE DATABASE {new} TEMPLATE {name} STRATEGY FILE_COPY")

    def warm(self, name):
        """Its server keeps what it keeps, for both alike."""

    def query(self, name, sql, stdout=None):
        return self.psql(self.url(name), f"COPY ({sql}) TO STDOUT (FORMAT csv)", stdout).text

    def load(self, name, rows):
        return self.psql(self.url(name), f"\\copy sales_order ({', '.join(ORDER_COLUMNS)}) FROM '{rows}' (FORMAT csv)")

    @contextlib.contextmanager
    def server_cpu(self, spent):
        """Adds the seconds of CPU of the server's processes that ended meanwhile, where it is on this machine."""
        before = self.ended_cpu()
        yield
        if before is not None:
            time.sleep(0.1)
            spent.append(self.ended_cpu() - before)

    def ended_cpu(self):
        place = self.psql(self.server, "SHOW data_directory").text.strip()
        try:
            with open(f"{place}/postmaster.pid") as file:
                pid = file.readline().strip()
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


class Firm:
    """A filled database."""

    def __init__(self, binary, engine, customers, orders):
        self.binary, self.engine, self.customers, self.orders = binary, engine, customers, orders
        self.name = f"guanxi_{customers}_{orders}"
        if not engine.has(self.name):
            self.fill()

    @property
    def url(self):
        return self.engine.url(self.name)

    def guanxi(self, *words, stdout=None):
        return run(self.binary, *words, "--database", self.url, stdout=stdout)

    def fill(self):
        """Under another name until it is whole."""
        whole, self.name = self.name, self.name + "_part"
        self.engine.make(self.name)
        spent = self.guanxi("demo", "--customers", self.customers, "--orders", self.orders).seconds
        secret = FOLDER / "password"
        secret.write_text("only for measuring")
        self.guanxi("user", "create", "bench@example.com", "--name", "Bench", "--password-file", secret)
        self.finish_jobs()
        self.engine.settle(self.name)
        self.engine.rename(self.name, whole)
        self.name = whole
        print(f"{self.engine.name}: {self.customers:,} customers, {self.orders:,} orders made in {spent:.0f} s", file=sys.stderr)

    def finish_jobs(self):
        """The work that the server finds waiting is not what is measured."""
        with Server(self.binary, self.url):
            while int(self.query(f"SELECT count(*) FROM job WHERE finished_at IS NULL AND run_at <= {time.time() * 1000:.0f}")):
                time.sleep(0.2)

    def token(self):
        return json.loads(self.guanxi("user", "token", "bench@example.com", "--name", "bench", "--json").text)["token"]

    @contextlib.contextmanager
    def copy(self, purpose):
        """The same firm in a database of its own, for writing to."""
        copy = object.__new__(Firm)
        copy.__dict__.update(self.__dict__)
        copy.name = f"guanxi_{purpose}"
        self.engine.copy(self.name, copy.name)
        try:
            yield copy
        finally:
            self.engine.drop(copy.name)

    def query(self, sql, stdout=None):
        return self.engine.query(self.name, sql, stdout)

    def export(self, sql, path):
        with path.open("w") as file:
            self.query(sql, file)
        return path

    def card_paths(self, count):
        """Of customers from the whole firm."""
        return [f"/customers/{shown_id(int(line))}" for line in self.every("id", count).split()]

    def product_paths(self):
        return [f"/products/{shown_id(int(line))}" for line in self.query("SELECT id FROM product ORDER BY id").split()]

    def company_names(self, count):
        """Of customers from the whole firm, as somebody types them to find one."""
        return self.every("name", count, "WHERE kind = 'company'").split()

    def every(self, column, count, where=""):
        """Of every so many customers, however many there are."""
        placed = f"SELECT {column}, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS whole FROM customer {where}"
        return self.query(
            f"SELECT {column} FROM ({placed}) AS placed WHERE place % (CASE WHEN whole > {count} THEN whole / {count} ELSE 1 END) = 0")

    def order_file(self, count, mark):
        """The newest orders once more, in the order of their days as a shop's export has them, numbered anew."""
        rows = self.export(
            f"""SELECT sales_order.outside_id, customer.outside_id, ordered_on, sales_order.quantity, sales_order.amount,
            sales_order.cost FROM (SELECT * FROM sales_order ORDER BY ordered_on DESC, id LIMIT {count}) AS sales_order
            JOIN customer ON customer.id = customer_id ORDER BY ordered_on, sales_order.id""",
            FOLDER / "rows.csv")
        path = FOLDER / "orders.csv"
        with rows.open(newline="") as given, path.open("w", newline="") as written:
            out = csv.writer(written)
            out.writerow(["order_id", "customer_id", "date", "quantity", "amount", "cost"])
            for number, customer, day, quantity, amount, cost in csv.reader(given):
                out.writerow([mark + number, customer, day, decimal(quantity, 3), decimal(amount, 2), decimal(cost, 2)])
        rows.unlink()
        return path

    def import_orders(self, path):
        return self.guanxi("import", "orders", path, "--source", SOURCE)

    def export_orders(self, mark, path):
        """Every column of the orders with such numbers, as a bulk load of another program wants them: in the order of the
        file that was imported, with ids in the same order. The import itself writes them in another one."""
        columns = ", ".join(ORDER_COLUMNS[1:])
        place = "row_number() OVER (ORDER BY ordered_on, outside_id)"
        return self.export(
            f"SELECT min(id) OVER () + {place}, {columns} FROM sales_order WHERE outside_id LIKE '{mark}%' ORDER BY ordered_on, outside_id",
            path)

    def summary(self, mark):
        """How many orders with such numbers there are, and their sum."""
        return self.query(f"SELECT count(*), sum(base_amount) FROM sales_order WHERE outside_id LIKE '{mark}%'").strip()


def decimal(whole, places):
    """`-1234` with two places is `-12.34`."""
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    digits = digits.rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def shown_id(number):
    """As addresses have it: thirteen characters of Crockford's base 32."""
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(60, -1, -5))
