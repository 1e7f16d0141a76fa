"""A disk without room: what does not fit is refused in words and leaves nothing behind, and room helps by itself."""

import re
import time

from . import writes
from .lab import Scenario
from .load import Ledger, Load
from .program import TAKEN_IN, Server, doctor
from .truth import Broken, contents, must_be_sound, must_equal
from .worlds import ImportWorld

# One line that says what is the matter.
SENTENCE = re.compile(r"guanxi: .*\b(full|space|room)\b.*\n\Z", re.IGNORECASE)


class FullDisk(Scenario):
    """No file of the database can grow from a given write on, until room is made."""

    name, engines, wanted, unit = "small-disk", ("sqlite",), (1, 30), "full"

    def prepare(self):
        self.world = self.lab.world(ImportWorld, self.engine, "orders")
        self.firm = self.world.firm
        self.number = 0

    def case(self, firm, chance):
        self.number += 1
        way = self.import_stops if self.number % 2 else self.writes_are_refused
        return way(firm, chance)

    def import_stops(self, firm, chance):
        marker = firm.folder / "full"
        env = writes.full(firm, marker, at=chance.randint(1, self.world.writes))
        code, printed, complained = self.program.run(*self.world.command, firm=firm, env=env)
        was_stopped = marker.exists() and code not in TAKEN_IN
        if was_stopped and not (code == 1 and SENTENCE.match(complained)):
            raise Broken(f"on a full disk the import ended with {code} and said {printed!r} {complained!r}")
        must_be_sound(firm, "while the disk is full")
        marker.unlink(missing_ok=True)
        self.program.must(*self.world.command, firm=firm, codes=TAKEN_IN)
        must_equal(contents(firm), self.world.after, "after there was room again")
        must_be_sound(firm, "after there was room again")
        doctor(self.program, firm)
        return was_stopped

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


def must_be_refused_clearly(answers, statuses):
    """The refusals among the answers, each of which must be a problem in words with one of these statuses."""
    refused = [(at, answer) for at, answer in answers if answer.status >= 400]
    for _, answer in refused:
        if answer.status not in statuses or not answer.is_clear_refusal:
            raise Broken(f"a write was answered {answer}")
    return refused


SCENARIOS = (FullDisk,)
