"""Databases to break: a firm of its own for each case, made as a copy of another."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from browser.server import ROOT
from .compiled import compiled


class SQLiteFirm:
    engine = "sqlite"

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file = self.folder / "firm.db"
        self.place = str(self.file)

    @property
    def url(self):
        return f"sqlite:{self.file}"

    def copied(self, folder):
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.socket"))
        return SQLiteFirm(folder)

    @contextlib.contextmanager
    def looked_at(self):
        """Looks at a copy: tidying up after a kill is the product's work, and whoever opens the file does it. The copy
        does without checksums of pages, so that SQLite's own checks may write."""
        with tempfile.TemporaryDirectory(prefix="guanxi-look-") as folder:
            for name in ("firm.db", "firm.db-wal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(self.folder / name, folder)
            with contextlib.suppress(FileNotFoundError), open(f"{folder}/firm.db", "rb+") as file:
                file.seek(18)
                if file.read(1) == b"\x03":
                    file.seek(18)
                    file.write(b"\x02")
            with contextlib.closing(sqlite3.connect(f"{folder}/firm.db")) as db:
                yield db

    def ask(self, questions):
        """The rows of several queries on one state, by the names of these."""
        with self.looked_at() as db:
            return {name: [list(row) for row in db.execute(query)] for name, query in questions.items()}

    def damage(self):
        """What SQLite itself finds wrong with the file, its references and its search index."""
        with self.looked_at() as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"no such parent: {row}" for row in db.execute("PRAGMA foreign_key_check")]
            for index in ["search_customer_index", "search_product_index", "search_ranked_index"]:
                if not self.has(index, db):
                    continue
                try:
                    db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.DatabaseError as error:
                    found.append(f"{index}: {error}")
            return found

    @staticmethod
    def has(table, db):
        return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone())

    def change(self, statement):
        """As the product would: other programs are refused, for the sake of the checksums of pages."""
        sums = ROOT / "Sources/CPageSums"
        sources = [pathlib.Path(__file__).with_name("change.c"), sums / "page_sums.c"]
        program = compiled("change", sources, "-I", sums / "include", "-lsqlite3")
        subprocess.run([program, self.file, statement], check=True, timeout=120)

    def shape(self):
        """Every table and index."""
        return self.ask({"shape": "SELECT type, name, sql FROM sqlite_master ORDER BY name",
                         "migrations": "SELECT number, name FROM migration ORDER BY number"})

    def removed(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresFirm:
    """A database of the private server that the tests use too (scripts/postgres)."""

    engine = "postgres"
    server = None
    count = 0

    def __init__(self, folder, like=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        PostgresFirm.count += 1
        self.name = f"faults_{os.getpid()}_{PostgresFirm.count}"
        self.place = self.url = f"{self.server}/{self.name}"
        psql(f"{self.server}/postgres", f"CREATE DATABASE {self.name}" + (f" TEMPLATE {like}" if like else ""))

    @classmethod
    def start(cls):
        """Starts the server, and says where it is."""
        subprocess.run([ROOT / "scripts/postgres", "start"], check=True, timeout=120)
        url = subprocess.run([ROOT / "scripts/postgres", "url"], check=True, capture_output=True, text=True).stdout
        cls.server = url.strip().rpartition("/")[0]

    @classmethod
    def port(cls):
        return int(cls.server.rpartition(":")[2])

    def copied(self, folder):
        return PostgresFirm(folder, like=self.name)

    def ask(self, questions):
        statements = ["SET search_path = guanxi", "BEGIN ISOLATION LEVEL REPEATABLE READ"] + [
            f"SELECT replace(coalesce(json_agg(t)::text, '[]'), E'\\n', '') FROM ({query}) t"
            for query in questions.values()]
        lines = psql(self.url, *statements).splitlines()
        answers = zip(questions, lines, strict=True)
        return {name: [list(row.values()) for row in json.loads(line)] for name, line in answers}

    def damage(self):
        """PostgreSQL itself is never killed here."""
        return []

    def change(self, statement):
        psql(self.url, "SET search_path = guanxi", statement)

    def shape(self):
        return self.ask({
            "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
                FROM information_schema.columns WHERE table_schema = 'guanxi' ORDER BY table_name, ordinal_position""",
            "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'guanxi' ORDER BY indexname",
            "rules": """SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS rule
                FROM pg_constraint WHERE connamespace = 'guanxi'::regnamespace ORDER BY 1, 2""",
            "migrations": "SELECT number, name FROM migration ORDER BY number"})

    def removed(self):
        psql(f"{self.server}/postgres", f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


FIRMS = {firm.engine: firm for firm in (SQLiteFirm, PostgresFirm)}


def psql(url, *statements):
    """What psql prints for these, one after the other on one connection."""
    commands = [word for statement in statements for word in ("-c", statement)]
    done = subprocess.run(
        [POSTGRES / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url, *commands],
        capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"psql {url}: {done.stderr.strip()}")
    return done.stdout


def postgres_programs():
    """The folder of the newest PostgreSQL, where Debian keeps it or where the shell finds it."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else pathlib.Path(shutil.which("postgres") or "/missing/postgres").parent


POSTGRES = postgres_programs()
