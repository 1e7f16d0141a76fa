"""A PostgreSQL server of its own, which can be followed by a standby, killed and promoted."""

import contextlib
import os
import pathlib
import signal
import subprocess

from .product import free_port

USER = "postgres"


def programs():
    """Where the newest server of the machine has its programs."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        raise SystemExit("outages: no PostgreSQL server installed; run make setup")
    return found[-1]


def owned(*words):
    """Runs a program of PostgreSQL; it refuses to be root, so root hands it to the user of the package."""
    as_owner = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    return subprocess.run([*as_owner, programs() / words[0], *words[1:]], cwd="/", check=True, timeout=120,
                          stdout=subprocess.DEVNULL)


class Cluster:
    """Runs from `start` to the end of a `with`. Its folder must be one that the owner may write to."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def make(self):
        owned("initdb", f"--pgdata={self.folder}", f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.set("listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "synchronous_commit = on", "fsync = off")

    def follow(self, primary):
        owned("pg_basebackup", "-R", "-D", self.folder, "-X", "stream", "-c", "fast", "-h", "127.0.0.1", "-p", str(primary.port), "-U", USER)

    def set(self, *lines):
        """The last word on a setting counts."""
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write("".join(f"{line}\n" for line in lines))

    def start(self):
        self.set(f"port = {self.port}")
        self.control("start", "-l", f"{self.folder}/log", "--timeout=60")

    def reload(self):
        self.control("reload")

    def promote(self):
        self.control("promote", "--timeout=60")

    def control(self, word, *more):
        owned("pg_ctl", word, "--silent", "--wait", "-D", self.folder, *more)

    def kill(self):
        """Every process at once, as when the machine burns."""
        try:
            first = int((self.folder / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError):
            return
        family = [first, *children(first)]
        for process in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def query(self, statement, database="postgres"):
        return subprocess.run(["psql", "-XqAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database, "-c", statement],
                              check=True, timeout=60, capture_output=True, text=True).stdout.strip()


def children(parent):
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(word) for word in said.split()]
