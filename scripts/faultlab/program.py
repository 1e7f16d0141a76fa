"""The product as processes that are started, spoken to, and killed."""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.parse

from browser.server import ADDRESS, english
from .truth import Broken

PATIENCE = 120
# Some rows of a file may be rejected.
TAKEN_IN = (0, 3)


class Program:
    def __init__(self, binary):
        self.binary = pathlib.Path(binary).resolve()

    def begun(self, *words, firm, env=None, output=subprocess.PIPE):
        """A command on a firm, as a process that runs."""
        return subprocess.Popen(
            [self.binary, *words, "--database", firm.url], cwd=firm.folder, env=english() | (env or {}),
            stdout=output, stderr=subprocess.STDOUT if output is not subprocess.PIPE else subprocess.PIPE, text=True)

    def run(self, *words, firm, env=None):
        """The exit code of a command, what it printed, and what it complained of."""
        process = self.begun(*words, firm=firm, env=env)
        try:
            printed, complained = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Broken(f"guanxi {' '.join(map(str, words))} took more than {PATIENCE} seconds") from None
        return process.returncode, printed, complained

    def must(self, *words, firm, codes=(0,), env=None):
        code, printed, complained = self.run(*words, firm=firm, env=env)
        if code not in codes:
            raise Broken(f"guanxi {' '.join(map(str, words))} ended with {code}: {complained.strip()}")
        return printed

    def killed(self, *words, firm, after=None, env=None):
        """Whether a command was killed: after so many seconds, or by a fault in its environment."""
        process = self.begun(*words, firm=firm, env=env)
        try:
            _, complained = process.communicate(timeout=PATIENCE if after is None else after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            if after is None:
                raise Broken(f"guanxi {' '.join(map(str, words))} took more than {PATIENCE} seconds") from None
        if process.returncode not in (*TAKEN_IN, -signal.SIGKILL):
            raise Broken(f"guanxi {' '.join(map(str, words))} ended with {process.returncode}: {complained.strip()}")
        return process.returncode == -signal.SIGKILL


class Server:
    """A server on a firm; it is killed at the end unless it was stopped."""

    def __init__(self, program, firm, token=None, env=None, options=()):
        self.program, self.firm, self.token = program, firm, token
        self.env, self.options = env, options
        self.log = firm.folder / "server.log"

    def __enter__(self):
        self.begin()
        try:
            self.wait_until(self.is_well, 60, "answers")
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_):
        self.kill()

    def begin(self):
        with self.log.open("w") as log:
            self.process = self.program.begun(
                "serve", "--port", "0", *self.options, firm=self.firm, env=self.env, output=log)

    def is_well(self):
        """Whether its database answers it."""
        self.address = self.said(ADDRESS)
        if not self.address:
            return False
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.client(5).ask("GET", "/health", bare=True).status == 200
        return False

    def said(self, pattern):
        # The links it prints begin like its address, and others of its addresses stand before it.
        found = pattern.findall(self.log.read_text())
        return found[-1] if found else None

    def wait_until(self, holds, seconds, what):
        """Waits for something to hold; the server must live on."""
        until = time.monotonic() + seconds
        while not holds():
            if self.process.poll() is not None:
                raise Broken(f"the server ended with {self.process.returncode}:\n{self.tail()}")
            if time.monotonic() > until:
                raise Broken(f"after {seconds} seconds it does not hold that the server {what}:\n{self.tail()}")
            time.sleep(0.02)

    def client(self, timeout=30):
        return Client(self.address, self.token, timeout)

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def stop(self):
        """Asks it to end, which it must do by itself and well."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Broken("the server did not end within 30 seconds of being asked to") from None
        if code != 0:
            raise Broken(f"the server ended with {code} when it was asked to stop:\n{self.tail()}")

    def tail(self):
        return "\n".join(self.log.read_text().splitlines()[-8:])


class Answer:
    def __init__(self, status, kind, body, seconds):
        self.status, self.kind, self.body, self.seconds = status, kind, body, seconds

    @property
    def value(self):
        return json.loads(self.body)

    @property
    def is_clear_refusal(self):
        """A problem in words, which says that it may pass."""
        return self.status in (503, 507) and self.kind == "application/problem+json" and bool(self.value.get("title"))

    @property
    def is_uncertain(self):
        """It says that nobody can know whether the write was kept."""
        return self.is_clear_refusal and any(word in self.value["title"] for word in ("不确定", "not certain"))

    def __str__(self):
        return f"{self.status} {self.kind} after {self.seconds:.1f} s: {self.body[:200]!r}"


class Client:
    """Speaks to the API on one connection, which is made anew when it is lost."""

    def __init__(self, address, token=None, timeout=30):
        place = urllib.parse.urlsplit(address)
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, sent=None, bare=False, headers=None):
        body = None if sent is None else json.dumps(sent)
        headers = self.headers | (headers or {}) | ({"Content-Type": "application/json"} if body else {})
        begun = time.monotonic()
        try:
            self.connection.request(method, path if bare else f"/api/v1{path}", body, headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.headers.get_content_type(), answer.read(), time.monotonic() - begun)
        except BaseException:
            self.connection.close()
            raise

    def must(self, method, path, sent=None):
        answer = self.ask(method, path, sent)
        if not 200 <= answer.status < 300:
            raise Broken(f"{method} {path} was answered {answer}")
        return answer.value if answer.body else None


def token_of_a_new_user(program, firm):
    program.must("user", "create", "faults@example.org", "--name", "Faults", "--administrator", firm=firm)
    return program.must("user", "token", "faults@example.org", "--name", "faults", firm=firm).strip()


def imports(program, firm):
    return json.loads(program.must("import", "list", "--json", firm=firm))


def hasten(firm):
    """Makes all jobs due, as if the time had passed after which the work of a dead process is taken up."""
    now = int(time.time() * 1000)
    firm.change(f"UPDATE job SET run_at = {now}, claimed_until = NULL, claimed_by = NULL WHERE finished_at IS NULL")


def doctor(program, firm, besides=("port", "descriptors", "disk")):
    """Raises where the product's own check finds something wrong."""
    _, printed, complained = program.run("doctor", "--json", firm=firm)
    try:
        wrong = [found for found in json.loads(printed) if not found["ok"] and found["name"] not in besides]
    except ValueError:
        raise Broken(f"guanxi doctor printed {printed[:200]!r}, {complained[:200]!r}") from None
    if wrong:
        raise Broken("guanxi doctor: " + "; ".join(f"{found['name']}: {found['detail']}" for found in wrong))
