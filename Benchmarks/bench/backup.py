"""A backup while people write all the time: how long the slowest of them waits, and how long the backup takes."""
import http.client
import json
import shutil
import threading
import time

from .program import FOLDER, Failed, Server
from .table import Row, Spread, limit

WRITERS = 4
SECONDS = 120  # about as long as a backup takes: the disk itself lets somebody wait now and then


def measure(firm, options):
    calm, busy, late, spent = [], [], [], []
    folder = FOLDER / "backups"
    for _ in range(options.runs):
        shutil.rmtree(folder, ignore_errors=True)
        with firm.copy("backup") as copy:
            paths, token = [f"/api/v1{path}/notes" for path in copy.card_paths(500)], administrator(copy)
            with Server(copy.binary, copy.url, backups=folder) as server, Writers(server.port, paths, token) as writers:
                time.sleep(SECONDS)
                calm.append(max(writers.taken()))
                begun = time.perf_counter()
                back_up(server, token)
                spent.append(time.perf_counter() - begun)
                waits = sorted(writers.taken())
                busy.append(waits[-1])
                late.append(waits[len(waits) * 99 // 100])
    shutil.rmtree(folder, ignore_errors=True)
    what = f"{firm.engine.name}: saving a note, {WRITERS} at a time"
    return [
        Row(f"{what}, slowest in {SECONDS} s", Spread(calm, "ms")),
        limit(f"{what}, slowest while a backup is made", Spread(busy, "ms"), 100),
        Row(f"{what}, 99 of 100 while a backup is made", Spread(late, "ms")),
        Row(f"{firm.engine.name}: a backup meanwhile, verified", Spread(spent, "s")),
    ]


def administrator(firm):
    firm.guanxi("user", "create", "boss@example.com", "--name", "Boss", "--administrator")
    return json.loads(firm.guanxi("user", "token", "boss@example.com", "--name", "bench", "--json").text)["token"]


def back_up(server, token):
    """By the page's own way, until it is made."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(method):
        server.connection.request(method, "/api/v1/settings/backups", "{}" if method == "POST" else None, headers)
        answer = server.connection.getresponse()
        return json.loads(answer.read())

    ask("POST")
    while "running" in (found := ask("GET")):
        time.sleep(0.2)
    if not found.get("last_good"):
        raise Failed(f"there is no backup: {found}")


class Writers:
    """Clients that save one note after the other."""

    def __init__(self, port, paths, token):
        self.port, self.paths = port, paths
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.waits, self.wrong, self.stopped = [], [], threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def work(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self.stopped.is_set():
            number += WRITERS
            start = time.perf_counter()
            connection.request("POST", self.paths[number % len(self.paths)], '{"text": "Tea again"}', self.headers)
            answer = connection.getresponse()
            answer.read()
            self.waits.append((time.perf_counter() - start) * 1000)
            if answer.status != 201:
                self.wrong.append(answer.status)

    def taken(self):
        """Milliseconds of each since this was asked before."""
        waits, self.waits = self.waits, []
        if self.wrong or not waits:
            raise Failed(f"notes were answered {self.wrong[:3]}")
        return waits
