"""A database that goes away: what is asked meanwhile is refused in time and in words, the rest goes on by itself."""

import copy
import re
import time

from .disk import must_be_refused_clearly
from .firms import PostgresFirm
from .imports import KilledWork
from .lab import Scenario
from .load import Ledger, Load
from .program import PATIENCE, TAKEN_IN, Server, doctor, imports, token_of_a_new_user
from .proxy import Proxy
from .truth import Broken, contents, must_be_sound, must_equal

# Seconds within which every request is answered, and after which all is well again.
DEADLINE, RECOVERY = 10, 5
TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'guanxi' AND datname = current_database()"""


def by_way_of(firm, proxy):
    """The same firm, reached through a proxy."""
    there = copy.copy(firm)
    there.url = firm.url.replace(f":{PostgresFirm.port()}/", f":{proxy.port}/")
    return there


class CutWhileServing(Scenario):
    """Clients write while the database is cut off, held up, or throws the product out."""

    name, engines, wanted, unit = "cut-serving", ("postgres",), (0, 24), "cut"

    def prepare(self):
        self.firm = self.lab.new_firm(self.engine)
        self.token = token_of_a_new_user(self.program, self.firm)
        self.number = 0

    def case(self, firm, chance):
        ledger = Ledger()
        ways = [self.cut, self.thrown_out, self.severed, self.held]
        way = ways[self.number % len(ways)]
        self.number += 1
        with Proxy(PostgresFirm.port()) as proxy, Server(self.program, by_way_of(firm, proxy), self.token) as server:
            with Load(server, ledger, f"{chance.random():.6f}"[2:], pause=0.01) as load:
                time.sleep(0.5)
                way(firm, proxy, chance)
                time.sleep(RECOVERY)
                well = time.monotonic()
                time.sleep(1)
            server.stop()
        when = f"after the database was {way.__name__}"
        must_be_refused_clearly(load.answers, {503})
        slow = max((answer for _, answer in load.answers), key=lambda answer: answer.seconds)
        if slow.seconds > DEADLINE:
            raise Broken(f"{when}: a write was answered {slow}")
        late = load.since(well)
        if not late or any(answer.status >= 400 for _, answer in late):
            raise Broken(f"{when}: {RECOVERY} seconds later {len(late)} answers, as {late[-1][1] if late else None}")
        ledger.must_be_kept(firm, when)
        must_be_sound(firm, when)
        doctor(self.program, firm)
        return 1

    def cut(self, firm, proxy, chance):
        proxy.cut()
        time.sleep(chance.uniform(1, 4))
        proxy.open()

    def severed(self, firm, proxy, chance):
        for _ in range(5):
            proxy.sever()
            time.sleep(chance.uniform(0.05, 0.3))

    def held(self, firm, proxy, chance):
        proxy.hold()
        time.sleep(chance.uniform(1, 12))
        proxy.open()

    def thrown_out(self, firm, proxy, chance):
        for _ in range(5):
            firm.change(TERMINATE)
            time.sleep(chance.uniform(0.05, 0.3))


class CutWhileImporting(KilledWork):
    """The database goes away during an import, of a command or of a server, which goes on or is begun again."""

    name, engines, wanted, unit = "cut-importing", ("postgres",), (0, 24), "cut"

    def case(self, firm, chance):
        with Proxy(PostgresFirm.port()) as proxy:
            process = self.program.begun(*self.world.command, firm=by_way_of(firm, proxy))
            time.sleep(chance.uniform(0.1, 1) * self.world.seconds)
            was_running = process.poll() is None
            chance.choice([proxy.cut, proxy.sever, lambda: firm.change(TERMINATE)])()
            _, complained = process.communicate(timeout=PATIENCE)
        must_be_sound(firm, "after the cut")
        is_explained = process.returncode == 1 and re.search("^guanxi: .*database", complained, re.MULTILINE)
        if process.returncode not in TAKEN_IN and not is_explained:
            raise Broken(f"the import ended with {process.returncode} and said {complained!r}")
        if imports(self.program, firm)[0]["state"] == "running" and chance.random() < 0.5:
            self.served_to_the_end(firm)
        self.program.must(*self.world.command, firm=firm, codes=TAKEN_IN)
        must_equal(contents(firm), self.world.after, "after the import was done again")
        self.served_to_the_end(firm)
        must_equal(contents(firm), self.world.after, "after a server ended what was begun")
        doctor(self.program, firm)
        return was_running


SCENARIOS = (CutWhileServing, CutWhileImporting)
