"""Backups that are killed, while people write and by themselves: those made before stay good, and the next one is whole."""

import hashlib
import shutil
import time

from . import writes
from .lab import Scenario
from .load import QUESTIONS, Ledger, Load
from .program import Server, doctor, hasten
from .truth import Broken, must_be_sound, shown
from .worlds import ImportWorld


class KilledBackup(Scenario):
    """A server is killed while it makes a backup and clients write; the next server makes it anew."""

    name, wanted = "backup", (2, 30)

    def prepare(self):
        world = self.lab.world(ImportWorld, self.engine, "orders")
        self.firm, self.token = self.lab.new_firm(self.engine, like=world.firm), world.token
        begun = time.monotonic()
        self.program.must("backup", "create", firm=self.firm)
        self.seconds = time.monotonic() - begun

    def case(self, firm, chance):
        ledger = Ledger()
        # The copy of a database on a server has no files beside it.
        shutil.copytree(self.firm.folder / "backups", firm.folder / "backups", dirs_exist_ok=True)
        with Server(self.program, firm, self.token) as server, Load(server, ledger, f"{chance.random():.6f}"[2:]):
            server.client().must("POST", "/settings/backups", {})
            time.sleep(chance.uniform(0, 2 * self.seconds))
            server.kill()
        must_be_good(self.program, firm, "after a kill", least=1)
        hasten(firm)
        with Server(self.program, firm, self.token) as server:
            client = server.client()
            promised = {kind: set(kept) for kind, kept in ledger.promised.items()}
            with Load(server, ledger, f"{chance.random():.6f}"[2:], clients=2):
                client.must("POST", "/settings/backups", {})
                server.wait_until(
                    lambda: "running" not in client.must("GET", "/settings/backups"), 120, "ends its backup")
            server.stop()
        newest = must_be_good(self.program, firm, "after the next start", least=1)[-1]
        must_be_sound(firm, "after the next start")
        self.must_hold(newest, promised)
        doctor(self.program, firm)
        return 1

    def must_hold(self, backup, promised):
        """What was promised before a backup began is in it, and it is sound where it is restored."""
        other = self.lab.new_firm(self.engine)
        self.program.must("backup", "restore", backup, firm=other)
        must_be_sound(other, "in the restored backup")
        for kind, rows in other.ask(QUESTIONS).items():
            if missing := promised[kind] - {row[0] for row in rows}:
                raise Broken(f"{kind} that were promised before the backup are not in it: {shown(sorted(missing))}")
        other.removed()


class BackupKilledAtWrite(KilledBackup):
    """The command is killed at one of its own writes."""

    name, engines, wanted = "backup-write", ("sqlite",), (1, 30)

    def prepare(self):
        super().prepare()
        counting = self.lab.new_firm(self.engine, like=self.firm)
        report = counting.folder / "writes"
        self.program.must("backup", "create", firm=counting, env=writes.counted(counting, report) | self.watched(counting))
        self.writes = int(report.read_text())
        counting.removed()

    @staticmethod
    def watched(firm):
        return {"FAULT_FILES": str(firm.folder / "backups")}

    def case(self, firm, chance):
        env = writes.deadly(firm, chance.randint(1, self.writes), torn=chance.random() < 0.5) | self.watched(firm)
        was_killed = self.program.killed("backup", "create", firm=firm, env=env)
        must_be_good(self.program, firm, "after a kill", least=1)
        self.program.must("backup", "create", firm=firm)
        must_be_good(self.program, firm, "after another one", least=2)
        return was_killed


def must_be_good(program, firm, when, least):
    """The backups of a firm, the oldest first: as many as there must be, each as its digest says, and provable."""
    folder = firm.folder / "backups"
    found = sorted(folder.glob("*.backup"))
    if len(found) < least:
        raise Broken(f"{when}: {len(found)} backups instead of {least}: {sorted(folder.iterdir())}")
    for backup in found:
        digest = backup.with_name(backup.name + ".sha256").read_text().split()[0]
        if hashlib.sha256(backup.read_bytes()).hexdigest() != digest:
            raise Broken(f"{when}: {backup.name} is not what its digest says")
        program.must("backup", "verify", backup, firm=firm)
    return found


SCENARIOS = (KilledBackup, BackupKilledAtWrite)
