"""Runs programs and says what they took."""
import dataclasses
import http.client
import os
import pathlib
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".build/bench"


class Failed(Exception):
    """A measurement that came to nothing, and why."""


@dataclasses.dataclass(frozen=True)
class Finished:
    text: str
    errors: str
    code: int
    seconds: float
    cpu: float
    """Seconds of CPU, user and system, from the start of the process to its end."""
    peak: float
    """The most memory it held, in MB. Never below what this process itself holds, which is little."""


def run(*command, stdin=None, stdout=None, environment=None, may_fail=False):
    """Runs a program to its end; its output goes to a file where one is given."""
    with tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], stdin=stdin or subprocess.DEVNULL, stdout=stdout or subprocess.PIPE,
            stderr=errors, text=True, env={**os.environ, **(environment or {})})
        text = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().strip()
        if process.returncode and not may_fail:
            raise Failed(f"{' '.join(map(str, command))[:200]}: {said[-500:]}")
    return Finished(text, said, process.returncode, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


class Server:
    """`guanxi serve` on a free port, for as long as the `with` lasts."""

    def __init__(self, binary, url, echo=None, backups="off"):
        """`echo` is a file whose bytes `/bench/echo` answers with, from memory; `backups` a folder, or none are made."""
        self.command = [str(binary), "serve", "--database", url, "--backups", str(backups)]
        self.environment = {**os.environ, **({"GUANXI_BENCH_ECHO": str(echo)} if echo else {})}

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], stdout=subprocess.DEVNULL, env=self.environment)
        try:
            self.connection = self.first_answer(start + 60)
        except BaseException:
            self.__exit__()
            raise
        self.seconds_to_answer = time.perf_counter() - start
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def first_answer(self, deadline):
        while time.perf_counter() < deadline and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", "/health")
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    return connection
            except OSError:
                pass
            time.sleep(0.002)
        raise Failed("the server did not start")

    def ask(self, path, token):
        """The body, and how many milliseconds it took to come."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = self.connection.getresponse()
        body = answer.read()
        spent = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise Failed(f"{path}: {answer.status} {body[:300]}")
        return body, spent

    def memory(self, name):
        """MB by the system's name: VmRSS is what it holds now, VmHWM the most since it was forgotten."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024 / 1e6
        raise Failed(f"the system does not tell {name}")

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
