"""Imports and their reverts that are killed, at random moments and at given writes, and then go on."""

import json
import time

from . import writes
from .lab import Scenario
from .program import TAKEN_IN, Server, doctor, hasten, imports
from .truth import Broken, contents, must_be_sound, must_equal
from .worlds import ImportWorld, RevertWorld

# States in which nothing is left to do.
ENDED = ("uploaded", "checked", "finished", "cancelled", "reverted")


class KilledWork(Scenario):
    kind, world_class = "orders", ImportWorld

    def prepare(self):
        self.world = self.lab.world(self.world_class, self.engine, self.kind)
        self.firm = self.world.firm

    def killed_at_moment(self, firm, chance):
        """Whether the command was killed before it ended."""
        return self.program.killed(*self.world.command, firm=firm, after=chance.uniform(0.02, 1) * self.world.seconds)

    def killed_at_write(self, firm, chance):
        env = writes.deadly(firm, chance.randint(1, self.world.writes), torn=chance.random() < 0.5)
        return self.program.killed(*self.world.command, firm=firm, env=env)

    def killed_server(self, firm, chance, begin=lambda server: None):
        """Starts a server that has everything to do at once, and kills it."""
        hasten(firm)
        with Server(self.program, firm, self.world.token) as server:
            begin(server)
            time.sleep(chance.uniform(0, self.world.seconds))
        return True

    def served_to_the_end(self, firm):
        """Lets a server do all that is left to do."""
        hasten(firm)
        with Server(self.program, firm, self.world.token) as server:
            client = server.client()

            def is_done():
                return all(
                    client.must("GET", f"/imports/{found['id']}")["state"] in ENDED
                    for found in client.must("GET", "/imports")["items"])

            server.wait_until(is_done, 60, "ends all imports")
            server.stop()


class ImportKilledAtMoment(KilledWork):
    """The import is killed some times, taken up by the command or by a server, and ended by either."""

    name, wanted = "import-moment", (2, 60)

    def killed(self, firm, chance):
        return self.killed_at_moment(firm, chance)

    def case(self, firm, chance):
        kills = 0
        for _ in range(chance.choice([1, 1, 2, 3])):
            by_server = kills and chance.random() < 0.5
            kills += self.killed_server(firm, chance) if by_server else self.killed(firm, chance)
            must_be_sound(firm, f"after kill {kills}")
        is_begun = any(found["state"] not in ENDED for found in imports(self.program, firm))
        if is_begun and chance.random() < 0.5:
            self.served_to_the_end(firm)
            must_equal(contents(firm), self.world.after, "after a server went on")
        self.program.must(*self.world.command, firm=firm, codes=TAKEN_IN)
        must_equal(contents(firm), self.world.after, "after the same command again")
        if is_begun:
            self.served_to_the_end(firm)
            must_equal(contents(firm), self.world.after, "after a server ended what was begun before")
        must_be_sound(firm, "in the end")
        doctor(self.program, firm)
        return kills


class ImportKilledAtWrite(ImportKilledAtMoment):
    name, wanted = "import-write", (2, 60)

    def killed(self, firm, chance):
        return self.killed_at_write(firm, chance)


class CustomersKilledAtMoment(ImportKilledAtMoment):
    name, wanted, kind = "customers-moment", (0, 30), "customers"


class CustomersKilledAtWrite(ImportKilledAtWrite):
    name, wanted, kind = "customers-write", (0, 30), "customers"


class RevertKilled(KilledWork):
    """An import is taken back, and killed while it is."""

    name, wanted, world_class = "revert", (2, 60), RevertWorld

    def case(self, firm, chance):
        kills = 0
        for _ in range(chance.choice([1, 1, 2, 3])):
            way = chance.choice([self.killed_at_moment, self.killed_at_write, self.killed_while_served])
            kills += way(firm, chance)
            must_be_sound(firm, f"after kill {kills} ({way.__name__})")
        state = imports(self.program, firm)[0]["state"]
        if state == "reverting" and chance.random() < 0.5:
            self.served_to_the_end(firm)
        else:
            kept = json.loads(self.program.must(*self.world.command, "--json", firm=firm))["kept"]
            if kept:
                raise Broken(f"the revert kept {len(kept)} records, as {kept[0]}")
        must_equal(contents(firm), self.world.before, "after the revert")
        must_be_sound(firm, "in the end")
        doctor(self.program, firm)
        return kills

    def killed_while_served(self, firm, chance):
        return self.killed_server(firm, chance, self.begin_revert)

    def begin_revert(self, server):
        answer = server.client().ask("POST", f"/imports/{self.world.id}/revert")
        # It may have been done, or be under way, already.
        if answer.status not in (200, 409):
            raise Broken(f"a revert was answered {answer}")


SCENARIOS = (
    ImportKilledAtMoment, ImportKilledAtWrite, CustomersKilledAtMoment, CustomersKilledAtWrite, RevertKilled)
