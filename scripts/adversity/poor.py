"""A machine with a tenth of a processor and a slow disk: work that nobody waits for comes to its end, also in two goes."""

import json
import signal
import threading
import time

from faultlab.compiled import compiled

from .findings import Findings
from .firm import Content
from .product import ROOT, Product

ENGINE = "sqlite"
MOUNTS = False
SHARE, TURN = 0.1, 0.1  # of a processor; seconds
DISK = 5e6  # bytes a second
LOG = 200  # MB that the write-ahead log may have


def tried(options, folder):
    customers = options.size(400, 20000)
    slow = Product(options.binary, f"sqlite:{folder / 'guanxi.db'}", folder)
    library = compiled("slow_disk.so", [ROOT / "scripts/adversity/slow_disk.c"], "-shared", "-fPIC", "-ldl")
    slow.environment |= {"LD_PRELOAD": str(library), "SLOW_DISK": str(DISK)}
    words = ["demo", "--customers", str(customers), "--orders", str(customers * 6), "--json"]
    findings = Findings(f"poor: a demo of {customers} customers by {SHARE:.0%} of a processor and {DISK / 1e6:.0f} MB/s")
    started = time.monotonic()
    with Poverty(slow.start(*words), folder) as first:
        first.ends(lambda: time.monotonic() - started > options.size(8, 120))
    # Nobody else opens the file in between: whoever did would finish its log without checksums.
    broken_off = f"after {time.monotonic() - started:.0f} s"
    with Poverty(slow.start(*words), folder) as second:
        code = second.ends()
    made = json.loads(second.said) if code == 0 else {}
    findings.expect("broken off and taken up again", broken_off, "whole", code == 0)
    content = Content(slow.database)
    count = (content.count("customer"), content.count("sales_order"))
    findings.expect("customers, orders", count, (customers, customers * 6), count == (customers, customers * 6))
    findings.expect("it says how to sign in", bool(made.get("password")), True, bool(made.get("password")))
    findings.none("what guanxi doctor finds wrong", Product(options.binary, slow.database, folder).ills())
    findings.at_most("largest write-ahead log", max(first.largest, second.largest) / 2**20, LOG, " MB")
    findings.expect("took", f"{time.monotonic() - started:.0f} s", "for the record", True)
    yield findings


class Poverty:
    """Lets a process have a share of a processor, by stopping it most of the time."""

    def __init__(self, process, folder):
        self.process, self.log = process, folder / "guanxi.db-wal"
        self.largest, self.said, self.over = 0, "", threading.Event()
        self.thread = threading.Thread(target=self.share)

    def share(self):
        while not self.over.is_set() and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            time.sleep(TURN * SHARE)
            self.process.send_signal(signal.SIGSTOP)
            time.sleep(TURN * (1 - SHARE))
            self.largest = max(self.largest, self.log.stat().st_size if self.log.exists() else 0)
        self.process.send_signal(signal.SIGCONT)

    def ends(self, is_killed=lambda: False):
        """Its exit code once it ended, by itself or killed."""
        reader = threading.Thread(target=lambda: setattr(self, "said", self.process.communicate()[0]))
        reader.start()
        while self.process.poll() is None:
            if is_killed():
                self.process.kill()
            time.sleep(0.1)
        reader.join()
        return self.process.returncode

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
