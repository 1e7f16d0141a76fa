"""Runs scenarios: as many cases of each as it takes for the wanted number of strikes, and a table of what came out."""

import collections
import concurrent.futures
import pathlib
import random
import shutil
import sys
import tempfile
import time
import traceback

from . import writes
from .firms import FIRMS, PostgresFirm
from .program import Program
from .truth import Broken

Fault = collections.namedtuple("Fault", "scenario engine case what place")
Tally = collections.namedtuple("Tally", "scenario engine cases strikes unit broken seconds")


class Scenario:
    """One way to break the product.

    `prepare` is asked once for each engine; `case` breaks one firm, a copy of `self.firm` where there is one, and gives
    how often it struck. It raises `Broken` when something is not as it must be.
    """

    name = ""
    engines = ("sqlite", "postgres")
    # How often an engine is to be struck, in the short form and in the long, and by what.
    wanted, unit = (2, 60), "kill"

    def __init__(self, lab, engine):
        self.lab, self.engine, self.program = lab, engine, lab.program
        self.firm = None

    def prepare(self):
        pass

    def case(self, firm, chance):
        raise NotImplementedError


class Lab:
    """Breaks one engine."""

    def __init__(self, engine, binary, seed, is_short):
        self.engine, self.program, self.seed, self.is_short = engine, Program(binary), seed, is_short
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guanxi-faults-"))
        self.firms, self.worlds = [], {}
        self.tallies, self.faults = [], []

    def new_firm(self, engine, like=None):
        folder = self.folder / f"{engine}-{len(self.firms) + 1}"
        firm = like.copied(folder) if like else FIRMS[engine](folder)
        self.firms.append(firm)
        return firm

    def world(self, kind, engine, *more):
        """What several scenarios start from, made once."""
        key = (kind, engine, *more)
        if key not in self.worlds:
            self.worlds[key] = kind(self, engine, *more)
        return self.worlds[key]

    def run(self, scenarios):
        try:
            for kind in scenarios:
                wanted = kind.wanted[0 if self.is_short else 1]
                if self.engine in kind.engines and wanted:
                    self.run_scenario(kind(self, self.engine), wanted)
        finally:
            self.tidy()
        return self.tallies, self.faults

    def run_scenario(self, scenario, wanted):
        """As many cases as it takes; a scenario is given up after three that found something broken."""
        begun, strikes, number, broken = time.monotonic(), 0, 0, 0
        try:
            scenario.prepare()
        except Exception as error:
            self.note(scenario, 0, error, None)
            broken = 3
        while strikes < wanted and broken < 3 and number < 2 * wanted + 10:
            number += 1
            done = self.try_case(scenario, number)
            strikes, broken = strikes + (done or 0), broken + (done is None)
        if strikes < wanted and broken < 3:
            self.note(scenario, number, Broken(f"struck {strikes} times instead of {wanted}"), None)
        self.tallies.append(Tally(
            scenario.name, self.engine, number, strikes, scenario.unit, broken, time.monotonic() - begun))
        print(f"faults: {scenario.name} on {self.engine}: {strikes} × {scenario.unit}, {broken} broken", flush=True)

    def try_case(self, scenario, number):
        """How often a case struck; None when it found something broken, and then its firm is kept."""
        firm = self.new_firm(self.engine, like=scenario.firm)
        try:
            strikes = scenario.case(firm, random.Random(f"{self.seed} {scenario.name} {self.engine} {number}"))
        except Exception as error:
            return self.note(scenario, number, error, firm)
        firm.removed()
        return strikes

    def note(self, scenario, number, error, firm):
        what = str(error) if isinstance(error, Broken) else traceback.format_exc().strip()
        fault = Fault(scenario.name, self.engine, number, what, firm and firm.place)
        self.faults.append(fault)
        print(f"faults: {fault}", file=sys.stderr, flush=True)

    def tidy(self):
        """Removes everything but the firms that were found broken."""
        kept = {fault.place for fault in self.faults}
        for firm in self.firms:
            if firm.place not in kept:
                firm.removed()
        if not self.faults:
            shutil.rmtree(self.folder)


def run(scenarios, binary, seed, is_short, engines):
    """Runs both engines at the same time, then prints a table and every fault. Gives the exit code."""
    if "postgres" in engines:
        PostgresFirm.start()
    writes.library()
    with concurrent.futures.ProcessPoolExecutor(len(engines)) as pool:
        running = [pool.submit(run_engine, scenarios, engine, binary, seed, is_short) for engine in engines]
        results = [future.result() for future in running]
    tallies, faults = (sum(parts, []) for parts in zip(*results))
    print(f"\n{'scenario':<18}{'engine':<10}{'cases':>6}{'struck':>8} {'by':<6}{'broken':>6}{'seconds':>9}")
    for tally in tallies:
        print("{:<18}{:<10}{:>6}{:>8} {:<6}{:>6}{:>9.1f}".format(*tally))
    for engine in engines:
        kills = sum(tally.strikes for tally in tallies if tally.engine == engine and tally.unit == "kill")
        print(f"{'all':<18}{engine:<10}{'':>6}{kills:>8} kill")
    for fault in faults:
        print(f"\n{fault.scenario} on {fault.engine}, case {fault.case}: {fault.what}\nkept: {fault.place}")
    if faults:
        print(f"\nfaults: {len(faults)} broken; again: scripts/faults{' --short' if is_short else ''}"
              f" --seed {seed} --only {faults[0].scenario} --engine {faults[0].engine}")
    return bool(faults)


def run_engine(scenarios, engine, binary, seed, is_short):
    return Lab(engine, binary, seed, is_short).run(scenarios)
