"""Faults at a given write of the product, by a small library that is loaded into it (writes.c)."""

import pathlib

from .compiled import compiled
from .firms import PostgresFirm

SOURCE = pathlib.Path(__file__).with_name("writes.c")


def counted(firm, report):
    """The environment in which the product tells a file how many writes it made."""
    return watched(firm) | {"FAULT_COUNT": str(report)}


def deadly(firm, at, torn=False):
    """The environment in which the product is killed at a write."""
    return watched(firm) | {"FAULT_AT": str(at), "FAULT_TORN": "1" if torn else "0"}


def full(firm, marker, at=0):
    """The environment in which no file grows while the marker is there, which is made at a write."""
    return watched(firm) | {"FAULT_AT": str(at), "FAULT_FULL": str(marker)}


def library():
    return str(compiled("writes.so", [SOURCE], "-shared", "-fPIC", "-ldl"))


def watched(firm):
    if firm.engine == "sqlite":
        return {"LD_PRELOAD": library(), "FAULT_FILES": str(firm.file)}
    return {"LD_PRELOAD": library(), "FAULT_PORT": str(PostgresFirm.port())}
