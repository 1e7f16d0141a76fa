"""Firms as they are before an import and as they must be after it, made and measured once for all scenarios."""

import random
import time

from . import files, writes
from .program import TAKEN_IN, imports, token_of_a_new_user
from .truth import contents, must_be_sound, must_equal

MAKERS = {"orders": files.write_orders, "customers": files.write_customers}


class ImportWorld:
    """A firm, and a file that adds to it and changes it."""

    # Records of the first file, and of the second, which begins in the middle of the first. Five thousand are written
    # in one transaction.
    sizes = {True: (600, 5_400), False: (6_000, 11_000)}

    def __init__(self, lab, engine, kind):
        self.program, self.engine = lab.program, engine
        chance = random.Random(f"{lab.seed} {engine} {kind}")
        known, new = self.sizes[lab.is_short]
        first, second = (lab.folder / f"{kind}-{engine}-{part}.csv" for part in (1, 2))
        MAKERS[kind](first, chance, range(known))
        MAKERS[kind](second, chance, range(known // 2, known // 2 + new))
        self.command = ("import", kind, second)
        self.firm = lab.new_firm(engine)
        self.token = token_of_a_new_user(self.program, self.firm)
        self.program.must("import", kind, first, firm=self.firm, codes=TAKEN_IN)
        must_be_sound(self.firm, "before anything was killed")
        self.before = contents(self.firm)
        self.done = lab.new_firm(engine, like=self.firm)
        self.seconds, self.writes = self.measured(self.done, *self.command)
        must_be_sound(self.done, "after an import that nobody disturbed")
        self.after = contents(self.done)

    def measured(self, firm, *words):
        """How long a command takes, and how many writes it makes."""
        begun, report = time.monotonic(), firm.folder / "writes"
        self.program.must(*words, firm=firm, codes=TAKEN_IN, env=writes.counted(firm, report))
        return time.monotonic() - begun, int(report.read_text())


class RevertWorld:
    """The same firm after the import, which is to be taken back."""

    def __init__(self, lab, engine, kind):
        world = lab.world(ImportWorld, engine, kind)
        self.firm, self.token, self.before = world.done, world.token, world.before
        self.id = imports(world.program, self.firm)[0]["id"]
        self.command = ("import", "revert", self.id)
        whole = lab.new_firm(engine, like=self.firm)
        self.seconds, self.writes = world.measured(whole, *self.command)
        must_equal(contents(whole), self.before, "after a revert that nobody disturbed")
        whole.removed()
