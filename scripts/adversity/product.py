"""The product as a process of its own on any database, and how a program talks to it."""

import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MODES = {"json": ("/api/v1", "application/json"), "page": ("", "text/html")}


class Answer(NamedTuple):
    """status is None where no answer came, and text says why."""
    status: int | None
    kind: str
    text: str
    started: float
    seconds: float

    @property
    def is_done(self):
        return self.status in (200, 201)

    @property
    def says_not_saved(self):
        return not self.is_done and self.status is not None and "not certain" not in self.text

    @property
    def ended(self):
        return self.started + self.seconds

    @property
    def is_clear_refusal(self):
        """Says in a problem document, or on a whole page, that it cannot be done now."""
        if self.status not in (503, 507):
            return False
        if self.kind.startswith("application/problem+json"):
            return bool(json.loads(self.text).get("title"))
        return self.kind.startswith("text/html") and self.text.rstrip().endswith("</html>")


class Product:
    """The commands of a binary on one database."""

    def __init__(self, binary, database, folder):
        self.binary, self.database, self.folder = binary, database, folder
        self.environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

    def words(self, *words):
        return [self.binary, *words, "--database", self.database]

    def start(self, *words):
        return subprocess.Popen(self.words(*words), cwd=self.folder, env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, seconds=300):
        return subprocess.run(self.words(*words), cwd=self.folder, env=self.environment,
                              capture_output=True, text=True, timeout=seconds)

    def said(self, *words):
        """What a command prints that must succeed."""
        done = self.run(*words)
        if done.returncode != 0:
            raise RuntimeError(f"guanxi {' '.join(words)} ended with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout

    def filled(self, customers, orders):
        """Makes a demo firm; gives a token of its administrator."""
        made = json.loads(self.said("demo", "--customers", str(customers), "--orders", str(orders), "--json"))
        return json.loads(self.said("user", "token", made["email"], "--name", "outages", "--json"))["token"]

    def ills(self, spared=()):
        """Names of what guanxi doctor finds wrong; whether the usual port is free is the machine's matter."""
        done = self.run("doctor", "--json")
        try:
            looked_at = json.loads(done.stdout)
        except ValueError:
            raise RuntimeError(f"guanxi doctor printed no JSON: {done.stderr}") from None
        return sorted(one["name"] for one in looked_at if not one["ok"] and one["name"] not in ("port", *spared))


class Server:
    """`guanxi serve` on free ports, from start to end of a `with`."""

    def __init__(self, product, token):
        self.product, self.token = product, token
        self.log = product.folder / "serve.log"
        self.port = self.health_port = self.process = None

    def __enter__(self):
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.product.words("serve", "--port", "0", "--health-port", "0"), cwd=self.product.folder,
                env=self.product.environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.health_port = self.printed(r"Health: http://127\.0\.0\.1:(\d+)")
            self.port = self.printed(r"running: http://127\.0\.0\.1:(\d+)")
        except BaseException:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def printed(self, pattern, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(pattern, self.log.read_text())
            if found:
                return int(found[1])
            time.sleep(0.05)
        raise RuntimeError(f"guanxi serve never said {pattern}:\n{self.log.read_text()[-2000:]}")

    @property
    def is_alive(self):
        return self.process.poll() is None

    def call(self, method, path, fields=None, mode="json", seconds=40):
        """One request on a connection of its own."""
        prefix, kind = MODES[mode]
        headers = {"Authorization": f"Bearer {self.token}", "Accept": kind, "Accept-Language": "en",
                   "Content-Type": "application/json"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        started = time.monotonic()
        try:
            line.request(method, prefix + path, fields and json.dumps(fields), headers)
            answer = line.getresponse()
            text = answer.read().decode()
            status, kind = answer.status, answer.headers.get("Content-Type", "")
        except (OSError, http.client.HTTPException) as error:
            status, kind, text = None, "", repr(error)
        finally:
            line.close()
        return Answer(status, kind, text, started, time.monotonic() - started)

    def add_customer(self, name, **more):
        return self.call("POST", "/customers", {"name": name, **more})

    def seconds_until_saved(self, name, most=30):
        """How long until a customer can be saved; None when it never happens."""
        started = time.monotonic()
        while time.monotonic() - started < most:
            if self.add_customer(name).is_done:
                return time.monotonic() - started
            time.sleep(0.2)
        return None

    def health(self, path="/readyz", seconds=5):
        """Status and text of the health listener, and how long it took."""
        line = http.client.HTTPConnection("127.0.0.1", self.health_port, timeout=seconds)
        started = time.monotonic()
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode().strip(), time.monotonic() - started
        except (OSError, http.client.HTTPException) as error:
            return None, repr(error), time.monotonic() - started
        finally:
            line.close()


def is_one_clear_sentence(text):
    """One line of the product's own beside what it logs: no dump, no code, no stack."""
    logged = re.compile(r"\d{4}-\d\d-\d\dT\S+ (info|notice|warning) ")
    lines = [line for line in text.strip().splitlines() if not logged.match(line)]
    return (len(lines) == 1 and lines[0].startswith("guanxi: ") and len(lines[0]) <= 300
            and not re.search(r"Error\(|SQLite error|code: |sqlstate|Fatal|\w+\.\w+\(", lines[0]))


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]
