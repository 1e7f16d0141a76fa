#!/usr/bin/env python3
"""Copies the files listed in vendor.txt to Sources/CAssets/vendor, each held to its checksum.

A path that begins with scripts/ is a script that makes the file out of the wheel.

usage: vendor.py check         tells by its exit code whether all are there and unaltered
       vendor.py copy WHEELS   takes them out of the wheels in that folder and the installed packages
"""

import hashlib
import pathlib
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
VENDOR = HERE.parent / "Sources/CAssets/vendor"


def listed():
    for line in (HERE / "vendor.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split(" ", 3)


def is_in_place(sha256, name):
    path = VENDOR / name
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def content(source, path, wheels):
    if path.startswith("/"):
        return pathlib.Path(path).read_bytes()
    [wheel] = wheels.glob(f"{source}-*.whl")
    if path.startswith("scripts/"):
        return subprocess.run([sys.executable, HERE.parent / path, wheel], check=True, stdout=subprocess.PIPE).stdout
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(path)


def copy(wheels):
    for sha256, name, source, path in listed():
        if is_in_place(sha256, name):
            continue
        data = content(source, path, wheels)
        if hashlib.sha256(data).hexdigest() != sha256:
            # Another release of the system carries another version: better without than with an unknown one.
            print(f"setup: {path} of {source} is not the version known here; left out", file=sys.stderr)
            if not path.startswith("/"):
                sys.exit(1)
            continue
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        (VENDOR / name).write_bytes(data)


if sys.argv[1:] == ["check"]:
    sys.exit(not all(is_in_place(sha256, name) for sha256, name, _, _ in listed()))
elif len(sys.argv) == 3 and sys.argv[1] == "copy":
    copy(pathlib.Path(sys.argv[2]))
else:
    sys.exit(__doc__)
