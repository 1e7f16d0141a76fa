"""A disk without room: what does not fit is refused in words and leaves nothing behind, and room helps by itself."""

import contextlib
import os
import re
import subprocess
import time

from . import writes
from .firms import SQLiteFirm
from .lab import Scenario
from .load import Ledger, Load
from .program import TAKEN_IN, Server, doctor
from .truth import Broken, contents, must_be_sound, must_equal
from .worlds import ImportWorld

FULL = re.compile(r"\b(full|space|room)\b|已满|空间", re.IGNORECASE)
MOUNTED = 24


class FullDisk(Scenario):
    """No file of the database can grow from a given write on, until room is made."""

    name, engines, wanted, unit = "small-disk", ("sqlite",), (2, 30), "full"

    def prepare(self):
        self.world = self.lab.world(ImportWorld, self.engine, "orders")
        self.firm = self.world.firm
        self.number = 0

    def case(self, firm, chance):
        self.number += 1
        ways = [self.import_stops, self.writes_are_refused]
        if not self.lab.is_short and may_mount():
            ways.append(self.mounted_disk_is_full)
        return ways[self.number % len(ways)](firm, chance)

    def import_stops(self, firm, chance):
        marker = firm.folder / "full"
        env = writes.full(firm, marker, at=chance.randint(1, self.world.writes))
        was_full = self.import_must_stop(firm, env, marker.exists)
        must_be_sound(firm, "after the disk was full")
        marker.unlink(missing_ok=True)
        self.import_must_go_on(firm)
        return was_full

    def import_must_stop(self, firm, env, is_full):
        """Whether the command was stopped by the disk, in one clear sentence."""
        code, printed, complained = self.program.run(*self.world.command, firm=firm, env=env)
        if code in TAKEN_IN or not is_full():
            return False
        lines = complained.strip().splitlines()
        if code != 1 or not FULL.search(complained) or not lines[-1].startswith("guanxi: ") or len(lines) > 2:
            raise Broken(f"on a full disk the import ended with {code} and said {printed!r} {complained!r}")
        return True

    def import_must_go_on(self, firm):
        self.program.must(*self.world.command, firm=firm, codes=TAKEN_IN)
        must_equal(contents(firm), self.world.after, "after there was room again")
        must_be_sound(firm, "after there was room again")
        doctor(self.program, firm)

    def writes_are_refused(self, firm, chance):
        marker, ledger = firm.folder / "full", Ledger()
        env = writes.full(firm, marker)
        with Server(self.program, firm, self.world.token, env=env) as server:
            with Load(server, ledger, f"{chance.random():.6f}"[2:]) as load:
                time.sleep(chance.uniform(0.3, 1))
                marker.touch()
                begun = time.monotonic()
                time.sleep(2)
                ended = time.monotonic()
                if server.client().ask("GET", "/customers").status != 200:
                    raise Broken("nothing can be read while the disk is full")
                marker.unlink()
                time.sleep(5)
                again = time.monotonic()
                time.sleep(1)
            server.stop()
        refused = must_be_refused_clearly(load.answers, {507})
        if not any(begun < at < ended for at, _ in refused):
            raise Broken("no write was refused while the disk was full")
        if late := [answer for at, answer in refused if at > again]:
            raise Broken(f"5 seconds after there was room: {late[0]}")
        ledger.must_be_kept(firm, "after the disk was full")
        must_be_sound(firm, "after the disk was full")
        return 1

    def mounted_disk_is_full(self, firm, chance):
        """The same with a real disk of some megabytes, which then becomes larger."""
        with mounted(firm.folder / "disk", MOUNTED) as folder:
            small = firm.copied(folder / "firm")
            filler = folder / "filler"
            left = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
            filler.write_bytes(bytes(max(0, left - chance.randint(200, 3_000) * 1024)))
            was_full = self.import_must_stop(small, {}, lambda: True)
            must_be_sound(small, "after the disk was full")
            subprocess.run(["mount", "-o", f"remount,size={8 * MOUNTED}m", folder], check=True)
            self.import_must_go_on(small)
        return was_full


def must_be_refused_clearly(answers, statuses):
    """The refusals among the answers, each of which must be a problem in words with one of these statuses."""
    refused = [(at, answer) for at, answer in answers if answer.status >= 400]
    for _, answer in refused:
        if answer.status not in statuses or not answer.is_clear_refusal:
            raise Broken(f"a write was answered {answer}")
    return refused


def may_mount():
    return os.geteuid() == 0 and subprocess.run(
        ["unshare", "--mount", "true"], capture_output=True).returncode == 0


@contextlib.contextmanager
def mounted(folder, megabytes):
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


SCENARIOS = (FullDisk,)
