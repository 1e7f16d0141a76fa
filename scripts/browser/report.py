"""One line for each check, and what it came to."""

import time
from contextlib import contextmanager


class Abandoned(Exception):
    """A step failed that the steps after it stand on."""


class Report:
    def __init__(self):
        self.passed = self.failed = 0
        self.started = time.monotonic()

    def check(self, name, problems):
        """Passed when there are no problems, which are sentences."""
        problems = list(problems)
        if problems:
            self.failed += 1
        else:
            self.passed += 1
        print(f"{'FAILED' if problems else 'ok    '}  {name}")
        for problem in problems[:12]:
            print(f"        {problem}")
        if len(problems) > 12:
            print(f"        … and {len(problems) - 12} more", flush=True)

    @contextmanager
    def step(self, name):
        """A part of a journey; when it fails the journey ends there."""
        try:
            yield
        except Exception as error:
            self.check(name, [f"{type(error).__name__}: {str(error)[:1500]}"])
            raise Abandoned from error
        self.check(name, [])

    @contextmanager
    def journey(self):
        """Steps that stand on each other."""
        try:
            yield
        except Abandoned:
            pass

    def close(self):
        """The exit code."""
        seconds = time.monotonic() - self.started
        print(f"{self.passed} passed, {self.failed} failed ({seconds:.0f} s)")
        return 1 if self.failed else 0
