"""A thousand clients that send and read by drops, while sixteen others work as people do; and a thousand strangers who
send as much as they are let."""

import asyncio
import json
import pathlib
import re
import socket
import threading
import time

from .findings import Findings
from .product import Product, Server

ENGINE = "sqlite"
MOUNTS = False
DRIPPING, WORKING = 1000, 16
RISE = 5  # seconds until all slow ones are there
AT_ONCE = 8  # answers a slow reader asks for: more than the system's buffers hold
LINGER = 25  # seconds until it comes anew, since it cannot see that the server gave it up
PAUSE = 0.05  # seconds between two requests of a client that works
P95, HEALTH, GROWTH = 0.5, 0.1, 100  # seconds, seconds, MB
DROP, RATE = 1, 64  # seconds between two drops, bytes of each


def tried(options, folder):
    product = Product(options.binary, f"sqlite:{folder / 'guanxi.db'}", folder)
    token = product.filled(options.size(500, 5000), options.size(5000, 50000))
    yield asyncio.run(dripped(product, token, options.seconds))
    yield asyncio.run(stuffed(product, token, options.seconds))


async def dripped(product, token, seconds):
    findings = Findings(f"slow: {DRIPPING} clients by drops for {seconds} s, {WORKING} that work")
    with Server(product, token) as server:
        cards = [one["id"] for one in json.loads(server.call("GET", "/customers").text)["customers"]["items"]]
        server.largest = largest_asset(server)
        workers = [Worker(server, cards[number:] + cards[:number]) for number in range(WORKING)]
        await together(workers, 5)
        usual = Watch.memory(server)
        for worker in workers:
            worker.took.clear()
        drippers = [(SlowHeaders, SlowBody, SlowReader)[number % 3](server, number * RISE / DRIPPING) for number in range(DRIPPING)]
        with Watch(server) as watch:
            await together(workers + drippers, seconds)
        findings.expect("the same process all along", server.is_alive, True, server.is_alive)
    judge(findings, workers, drippers, watch, usual)
    return findings


async def stuffed(product, token, seconds):
    """What strangers send before it is known who they are does not stay in memory."""
    findings = Findings(f"slow: {DRIPPING} strangers who send as much as they are let for {seconds} s, {WORKING} that work")
    with Server(product, token) as server:
        cards = [one["id"] for one in json.loads(server.call("GET", "/customers").text)["customers"]["items"]]
        workers = [Worker(server, cards[number:] + cards[:number]) for number in range(WORKING)]
        await together(workers, 5)
        usual = Watch.memory(server)
        strangers = [STRANGERS[number % len(STRANGERS)](server, number * RISE / DRIPPING) for number in range(DRIPPING)]
        with Watch(server) as watch:
            await together(workers + strangers, seconds)
        findings.expect("the same process all along", server.is_alive, True, server.is_alive)
    findings.none("errors of those who work", [error for worker in workers for error in worker.errors])
    for kind in STRANGERS:
        findings.some(f"connections of {kind.__doc__}", sum(one.opened for one in strangers if isinstance(one, kind)), 1)
    findings.some("bytes that strangers sent", sum(one.sent for one in strangers), 10_000_000)
    findings.at_most("memory above the usual", max(watch.memories) - usual, GROWTH, " MB")
    findings.some("clients at once, according to the health listener", watch.most_open, DRIPPING * 2 // 3)
    return findings


def largest_asset(server):
    """The library of charts, more than any kernel buffers for a slow reader."""
    page = server.call("GET", "/customers", mode="page").text
    return re.search(r"/assets/\w+/", page)[0] + "echarts.min.js"


async def together(clients, seconds):
    tasks = [asyncio.create_task(client.run()) for client in clients]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    broken = [end for end in ends if not isinstance(end, asyncio.CancelledError)]
    if broken:
        raise RuntimeError(f"{len(broken)} clients broke, the first with {broken[0]!r}")


def judge(findings, workers, drippers, watch, usual):
    took = sorted(seconds for worker in workers for seconds in worker.took)
    findings.some("requests of those who work", len(took), 1000)
    findings.none("their errors", [error for worker in workers for error in worker.errors])
    findings.at_most("their p95", took[len(took) * 95 // 100] if took else None, P95, " s")
    for kind in (SlowHeaders, SlowBody, SlowReader):
        group = [one for one in drippers if isinstance(one, kind)]
        findings.some(f"connections of {kind.__doc__}", sum(one.opened for one in group), len(group))
    findings.some("connections the server gave up", watch.given_up, DRIPPING // 3)
    findings.at_most("memory above the usual", max(watch.memories) - usual, GROWTH, " MB")
    findings.some("health checks", len(watch.health), 100)
    findings.at_most("longest health check", max(watch.health), HEALTH, " s")
    findings.none("health checks that failed", watch.failures)
    findings.some("bytes that waited for slow readers", watch.most_waiting)
    findings.some("clients at once, according to the health listener", watch.most_open, DRIPPING * 2 // 3)


class Client:
    """A connection that is made again whenever the server ends it."""

    def __init__(self, server, delay):
        self.server, self.delay, self.opened = server, delay, 0

    async def run(self):
        await asyncio.sleep(self.delay)
        while True:
            line = socket.socket()
            line.setblocking(False)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            try:
                await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", self.server.port))
                self.opened += 1
                await self.drip(line)
            except OSError:
                pass
            finally:
                line.close()
            await asyncio.sleep(DROP)

    async def send_drops(self, line, drop):
        """Until the server has answered or ended the connection."""
        loop = asyncio.get_running_loop()
        answer = asyncio.ensure_future(loop.sock_recv(line, 4096))
        try:
            while not answer.done():
                await loop.sock_sendall(line, drop)
                await asyncio.wait([answer], timeout=DROP)
        finally:
            answer.cancel()
            await asyncio.gather(answer, return_exceptions=True)

    def head(self, method, path, more=""):
        return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.server.token}\r\n{more}").encode()


class SlowHeaders(Client):
    """slow headers"""

    async def drip(self, line):
        await asyncio.get_running_loop().sock_sendall(line, self.head("GET", "/customers"))
        await self.send_drops(line, b"X-Drop: 1\r\n")


class SlowBody(Client):
    """slow bodies"""

    async def drip(self, line):
        more = "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
        await asyncio.get_running_loop().sock_sendall(line, self.head("POST", "/api/v1/customers", more))
        await self.send_drops(line, b" " * RATE)


class SlowReader(Client):
    """slow readers"""

    async def drip(self, line):
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(line, self.head("GET", self.server.largest, "\r\n") * AT_ONCE)
        until = time.monotonic() + LINGER
        while time.monotonic() < until and await loop.sock_recv(line, RATE):
            await asyncio.sleep(DROP)


class Stranger(Client):
    """Nobody the server knows, who sends a beginning at once, then pieces until it is stopped."""
    sent = 0
    path, length, pieces, pause = "/sign-in", None, b"", DROP
    beginning = b""

    async def drip(self, line):
        loop = asyncio.get_running_loop()
        kind = "Transfer-Encoding: chunked" if self.length is None else f"Content-Length: {self.length}"
        head = (f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session={'x' * 43}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\n{kind}\r\n\r\n")
        await loop.sock_sendall(line, head.encode() + self.beginning)
        self.sent += len(self.beginning)
        while True:
            await loop.sock_sendall(line, self.pieces)
            self.sent += len(self.pieces)
            await asyncio.sleep(self.pause)


class FormThatRests(Stranger):
    """forms that are sent but for their end"""
    length, beginning, pieces = 16_384, b"a" * 15_000, b"a" * 8


class FormInPieces(Stranger):
    """forms in pieces without an end"""
    beginning, pieces, pause = b"3a98\r\n" + b"a" * 15_000 + b"\r\n", b"400\r\n" + b"a" * 1024 + b"\r\n", 0.5


class LargeForm(Stranger):
    """forms of a megabyte"""
    length, beginning, pieces = 1_000_000, b"a" * 900_000, b"a" * 1_000


class LargeFile(Stranger):
    """files that somebody unknown brings"""
    path, length, pieces, pause = "/imports", 100_000_000, b"a" * 50_000, 0.2


STRANGERS = (FormThatRests, FormInPieces, LargeForm, LargeFile)


class Worker:
    """Opens card after card on one connection, as a browser does."""

    def __init__(self, server, cards):
        self.server, self.cards = server, cards
        self.took, self.errors = [], []

    async def run(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            while True:
                for card in self.cards:
                    await self.look(reader, writer, card)
                    await asyncio.sleep(PAUSE)
        finally:
            writer.close()

    async def look(self, reader, writer, card):
        started = time.monotonic()
        writer.write(f"GET /customers/{card} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
                     f"Authorization: Bearer {self.server.token}\r\n\r\n".encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length:")[1].split("\r\n")[0])
            page = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError, IndexError) as error:
            self.errors.append(repr(error))
            raise
        self.took.append(time.monotonic() - started)
        if not head.startswith("http/1.1 200") or not page.rstrip().endswith(b"</html>"):
            self.errors.append(head.splitlines()[0])


class Watch:
    """Asks the health listener and looks at the memory of the server, from a thread of its own."""

    def __init__(self, server):
        self.server, self.stopped = server, threading.Event()
        self.health, self.failures, self.memories = [], [], []
        self.most_open = self.most_waiting = self.given_up = 0
        self.thread = threading.Thread(target=self.watch)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def watch(self):
        while not self.stopped.wait(0.2):
            for path in ("/readyz", "/metrics"):
                status, text, seconds = self.server.health(path)
                self.health.append(seconds)
                if status != 200:
                    self.failures.append(f"{status} {text[:60]}")
                elif path == "/metrics":
                    self.most_open = max(self.most_open, figure(text, "guanxi_connections_open"))
                    self.given_up = figure(text, "guanxi_connections_given_up_total")
                    self.most_waiting = max(self.most_waiting, figure(text, "guanxi_answer_bytes_waiting"))
            self.memories.append(self.memory(self.server))

    @staticmethod
    def memory(server):
        """In MB."""
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def figure(metrics, name):
    return int(metrics.split(f"\n{name} ")[1].split()[0])
