"""PostgreSQL behind a line that is cut, falls silent or ends every connection, and comes back."""

import json
import subprocess
import time
import uuid

from .findings import Findings
from .firm import Content, write_orders
from .load import Load
from .product import ROOT, Product, Server, is_one_clear_sentence
from .proxy import Proxy

ENGINE = "postgres"
MOUNTS = False
LONGEST, RECOVERY = 10, 5  # seconds: of a request, and until all succeed again
FAULTS = ("cut", "silent", "ended")
OUTAGE = {"cut": 12, "silent": 40, "ended": 0}  # seconds, in the long form


class Lines:
    """Ways to the cluster of the tests: one direct, one through the proxy, for a schema of its own."""

    def __init__(self, options, folder, proxy, cluster):
        self.schema = f"outages_{uuid.uuid4().hex[:8]}"
        self.direct = f"{cluster}?schema={self.schema}"
        behind = cluster.replace(f":{proxy.behind}/", f":{proxy.port}/")
        self.product = Product(options.binary, f"{behind}?schema={self.schema}", folder)
        self.calm = Product(options.binary, self.direct, folder)
        self.proxy, self.cluster = proxy, cluster
        self.content = Content(self.direct)

    def break_for(self, fault, seconds):
        """When the fault began, and when it was over."""
        began = time.monotonic()
        if fault == "ended":
            self.end_all()
        else:
            {"cut": self.proxy.cut, "silent": self.proxy.stall}[fault]()
            time.sleep(seconds)
            self.proxy.mend()
        return began, time.monotonic()

    def end_all(self):
        """As an administrator would, but only the connections through the proxy."""
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port IN "
            f"({', '.join(map(str, self.proxy.far_ports)) or 'NULL'})", self.cluster)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        sql(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE", self.cluster)


def sql(statement, url):
    subprocess.run(["psql", "-Xq", "-o", "/dev/null", url, "-c", "SET client_min_messages = error", "-c", statement], check=True, timeout=60)


def tried(options, folder):
    subprocess.run([ROOT / "scripts/postgres", "start"], check=True)
    cluster = subprocess.run([ROOT / "scripts/postgres", "url"], check=True, capture_output=True, text=True).stdout.strip()
    file = write_orders(folder / "orders.csv", options.size(1000, 20000))
    with Proxy(int(cluster.rsplit(":", 1)[1].split("/")[0])) as proxy:
        with Lines(options, folder, proxy, cluster) as lines:
            token = lines.calm.filled(customers=100, orders=300)
            for fault in FAULTS:
                yield served(lines, token, fault, options)
        with Lines(options, folder, proxy, cluster) as lines:
            calm = calm_import(lines, file)
        for fault in options.size(FAULTS[:1], FAULTS):
            with Lines(options, folder, proxy, cluster) as lines:
                yield imported(lines, file, fault, calm, options)


def served(lines, token, fault, options):
    """Requests end and say why, later ones succeed by themselves, and what was acknowledged is there."""
    seconds = min(OUTAGE[fault], options.size(2, 60))
    findings = Findings(f"cut: guanxi serve while PostgreSQL is {fault}" + f" for {seconds} s" * bool(seconds))
    prefix = f"storm-{fault}-"
    with Server(lines.product, token) as server:
        customers = json.loads(server.call("GET", "/customers").text)["customers"]["items"]
        with Load(server, f"/customers/{customers[0]['id']}", prefix=prefix) as load:
            time.sleep(options.size(1, 3))
            began, over = lines.break_for(fault, seconds)
            time.sleep(options.size(2, RECOVERY + 3))
        findings.expect("the same process all along", server.is_alive, True, server.is_alive)
    before = [answer for answer in load.answers if answer.ended < began]
    failed = [answer for answer in load.answers if not answer.is_done]
    findings.some("requests before", len(before), 20)
    findings.none("failures before", [answer.status for answer in before if not answer.is_done])
    if seconds:
        met = [answer for answer in load.answers if began < answer.ended and (not answer.is_done or answer.seconds > seconds / 2)]
        findings.some("failed or had to wait", len(met))
    findings.at_most("longest request", max(answer.seconds for answer in load.answers), LONGEST, " s")
    findings.none("failures other than a clear 503", [a.status or a.text[:60] for a in failed if not a.is_clear_refusal])
    findings.at_most("all succeed after", max(0, load.last_failure - over), RECOVERY, " s")
    kept = lines.content.names(prefix)
    findings.some("writes acknowledged", len(load.acknowledged), 20)
    findings.none("acknowledged and lost", sorted(load.acknowledged - set(kept)))
    findings.none("said not to be saved and kept", sorted(load.said_not_saved & set(kept)))
    findings.none("kept twice", {name for name in kept if kept.count(name) > 1})
    findings.none("ills according to doctor", lines.calm.ills())
    return findings


def calm_import(lines, file):
    """What it makes when nothing happens, and how long that takes."""
    lines.calm.filled(customers=100, orders=300)
    started = time.monotonic()
    lines.product.said("import", "orders", str(file))
    return lines.content.digest(), time.monotonic() - started


def imported(lines, file, fault, calm, options):
    """An import goes on or stops with a sentence; run again it ends as if nothing had been."""
    undisturbed, usual = calm
    findings = Findings(f"cut: guanxi import while PostgreSQL is {fault}")
    lines.calm.filled(customers=100, orders=300)
    running = lines.product.start("import", "orders", str(file))
    while running.poll() is None and not lines.content.rows("SELECT 1 FROM import WHERE started_at IS NOT NULL"):
        time.sleep(0.02)
    time.sleep(usual / 6)
    findings.expect("under way when it happens", running.poll() is None, True, running.poll() is None)
    _, over = lines.break_for(fault, options.size(2, 5))
    _, said = running.communicate(timeout=180)
    ended = max(0, time.monotonic() - over)
    findings.expect("how it ends", f"{running.returncode} {said.strip()[:110]}".strip(), "0, or 1 and a sentence",
                    running.returncode == 0 or running.returncode == 1 and is_one_clear_sentence(said))
    findings.at_most("ended after", ended, 60, " s")
    findings.none("orders without all their lines", lines.content.halves())
    again = lines.calm.run("import", "orders", str(file))
    findings.expect("exit code, run again", f"{again.returncode} {again.stderr.strip()[:100]}".strip(), "0", again.returncode == 0)
    digest = lines.content.digest()
    findings.expect("content", digest, f"{undisturbed}, as undisturbed", digest == undisturbed)
    findings.none("ills according to doctor", lines.calm.ills())
    return findings
