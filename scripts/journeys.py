#!/usr/bin/env python3
"""Walks through the product in a real browser, as people do, and judges every page on the way.

usage: scripts/journeys.py [sweep] [words] [narrow] [first] [keys] [plain]

Without names all are walked: every page judged (sweep), its language (words), endless words on a small phone (narrow),
the way from the first start to the first note in both languages and sizes (first), the same by keyboard alone (keys)
and without scripts (plain).
"""

import pathlib
import sys
import tempfile

from browser import journey, narrow, sweep
from browser.pages import LANGUAGES, SIZES, chromium
from browser.report import Report
from browser.server import filled


def main():
    wanted = set(sys.argv[1:]) or {"sweep", "words", "narrow", "first", "keys", "plain"}
    report = Report()
    with tempfile.TemporaryDirectory(prefix="guanxi-journeys-") as folder, chromium() as browser:
        folder = pathlib.Path(folder)
        firm = folder / "firm"
        somebody = filled(firm)
        if "first" in wanted:
            for language in LANGUAGES:
                for size in SIZES:
                    journey.first(report, browser, language, size, folder)
        if "keys" in wanted:
            journey.by_keyboard(report, browser, firm, somebody)
        if "plain" in wanted:
            journey.without_scripts(report, browser, firm, somebody)
        if "words" in wanted:
            sweep.languages(report, browser, folder / "plain")
        if "narrow" in wanted:
            narrow.pages(report, browser, folder / "narrow")
        if "sweep" in wanted:
            sweep.pages(report, browser, firm, somebody)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
