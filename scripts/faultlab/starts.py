"""Servers that are killed: at their first start while they make the database, and while people write."""

import time

from browser.server import LINK
from . import writes
from .lab import Scenario
from .load import Ledger, Load
from .program import Server, doctor, token_of_a_new_user
from .truth import Broken, must_be_sound, must_equal


class FirstStart(Scenario):
    """The first start is killed at a write; the next must come up with the whole shape."""

    name, wanted = "first-start", (2, 60)

    def prepare(self):
        whole = self.lab.new_firm(self.engine)
        report = whole.folder / "writes"
        with Server(self.program, whole, env=writes.counted(whole, report)) as server:
            server.wait_until(lambda: server.said(LINK), 30, "says how to sign in")
            server.stop()
        self.writes, self.shape = int(report.read_text()), whole.shape()
        whole.removed()

    def case(self, firm, chance):
        kills = self.is_killed(firm, chance) + (chance.random() < 0.3 and self.is_killed(firm, chance))
        with Server(self.program, firm) as server:
            server.wait_until(lambda: server.said(LINK), 30, "says how to sign in")
            server.stop()
        must_equal(firm.shape(), self.shape, "after the next start")
        must_be_sound(firm, "after the next start")
        doctor(self.program, firm)
        return kills

    def is_killed(self, firm, chance):
        """Whether the start is killed; the last writes are those of its end, which nobody asks for here."""
        server = Server(self.program, firm, env=writes.deadly(
            firm, chance.randint(1, self.writes), torn=chance.random() < 0.5))
        server.begin()
        until = time.monotonic() + 60
        while server.process.poll() is None and not server.said(LINK) and time.monotonic() < until:
            time.sleep(0.02)
        was_killed = server.process.poll() is not None
        server.kill()
        if was_killed and server.process.returncode != -9:
            raise Broken(f"the first start ended with {server.process.returncode}:\n{server.tail()}")
        return was_killed


class KilledServer(Scenario):
    """A server is killed again and again while clients write; what they were promised must be there."""

    name, wanted = "single-writes", (2, 60)

    def prepare(self):
        self.firm = self.lab.new_firm(self.engine)
        self.token = token_of_a_new_user(self.program, self.firm)

    def case(self, firm, chance):
        ledger, rounds = Ledger(), 2 if self.lab.is_short else 8
        for round in range(rounds):
            before = ledger.count()
            with Server(self.program, firm, self.token) as server:
                with Load(server, ledger, f"{chance.random():.6f}"[2:]):
                    server.wait_until(lambda: ledger.count() > before, 30, "takes a write")
                    time.sleep(chance.uniform(0, 1.3))
                    server.kill()
            must_be_sound(firm, f"after kill {round + 1}")
            ledger.must_be_kept(firm, f"after kill {round + 1}")
        doctor(self.program, firm)
        return rounds


SCENARIOS = (KilledServer, FirstStart)
