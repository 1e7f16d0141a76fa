"""The product as a process of its own, on a fresh database and a free port."""

import http.client
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = pathlib.Path(os.environ.get("GUANXI", ROOT / ".build/debug/guanxi")).resolve()
LINK = re.compile(r"http://\S+/first-administrator\?\S+")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
# Milliseconds of a processor's time that one step may keep a thread that all requests share; a debug build is slow.
HELD = 300


class Server:
    """A running product, in a folder of its own that goes away with it.

    `link` is the one-time link of the first start, or None where somebody can sign in already.
    """

    def __init__(self, like=None, options=()):
        """like: the folder of a database to start from (see `filled`), which is copied; options: further ones of serve."""
        self.options = options
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guanxi-check-"))
        if like:
            shutil.copytree(like, self.folder, dirs_exist_ok=True)
        self.log = self.folder / "log"
        self.process = None
        self.address = self.link = None

    def __enter__(self):
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--port", "0", "--database", database(self.folder), *self.options],
                cwd=self.folder, env={**english(), "GUANXI_POOL_LIMIT": str(HELD)}, stdout=log, stderr=subprocess.STDOUT)
        self.address = self.said(ADDRESS)
        self.said_healthy()
        said = LINK.search(self.log.read_text())
        self.link = said and said[0]
        return self

    def __exit__(self, kind, *_):
        try:
            code = self.stop()
            if kind is None and code != 0:
                raise RuntimeError(f"the server did not stop gracefully but with {code}:\n{self.tail()}")
            if kind is None and "a shared thread was held" in self.log.read_text():
                raise RuntimeError(f"work that takes long kept others waiting:\n{self.tail()}")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self):
        """Asks the server to stop, and gives its exit code; it is killed when it takes more than ten seconds."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def said(self, pattern, seconds=20):
        """The first match in what the server printed, waited for."""
        for _ in self.patiently(seconds):
            found = pattern.search(self.log.read_text())
            if found:
                return found[0]
        raise RuntimeError(f"the server never said {pattern.pattern}:\n{self.tail()}")

    def said_healthy(self, seconds=10):
        for _ in self.patiently(seconds):
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=2) as answer:
                    if b'"ok"' in answer.read():
                        return
            except (OSError, http.client.HTTPException):
                continue
        raise RuntimeError(f"{self.address}/health is not well:\n{self.tail()}")

    def patiently(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            yield
            time.sleep(0.05)

    def tail(self):
        return "\n".join(self.log.read_text().splitlines()[-15:])


def command(*words, folder):
    """What a command of the product prints, on the database in a folder; it must succeed."""
    done = subprocess.run([BINARY, *words, "--database", database(folder)], cwd=folder, env=english(), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"guanxi {' '.join(words)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def filled(folder, customers=300, orders=3000):
    """Makes a demo firm in a folder to start servers from; gives the e-mail and the password to sign in with."""
    folder.mkdir(parents=True, exist_ok=True)
    said = command("demo", "--customers", str(customers), "--orders", str(orders), folder=folder)
    email, password = re.search(r"(\S+@\S+), password (\S+)", said).groups()
    # So that the pages of accounts have something to show.
    command("user", "token", email, "--name", "webshop", folder=folder)
    command("user", "token", email, "--name", "reports", "--scope", "read", "--days", "0", folder=folder)
    return email, password


def database(folder):
    """A file in the folder; an empty database of PostgreSQL where one is named."""
    return os.environ.get("GUANXI_CHECK_DATABASE") or f"sqlite:{folder / 'guanxi.db'}"


def english():
    return {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
