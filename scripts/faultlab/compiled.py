"""Small programs and libraries in C that the trials need."""

import subprocess

from browser.server import ROOT

FOLDER = ROOT / ".build/faults"


def compiled(name, sources, *options):
    """Its path; compiled unless it is newer than its sources."""
    target = FOLDER / name
    if not target.exists() or any(source.stat().st_mtime > target.stat().st_mtime for source in sources):
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-Werror", "-o", target, *sources, *options], check=True)
    return target
