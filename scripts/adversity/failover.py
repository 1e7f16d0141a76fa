"""A primary that is killed while customers are saved, and its synchronous standby promoted."""

import json
import shutil
import time

from .cluster import USER, Cluster
from .findings import Findings
from .firm import Content
from .load import Load
from .product import Product, Server

ENGINE = "postgres"
MOUNTS = False
NAME = "guanxi_outages"
BACK = 10  # seconds from the promotion until all writes succeed
SYNCHRONOUS = "synchronous_standby_names = '{}'"


def tried(options, folder):
    place = folder / "clusters"
    place.mkdir()
    for path in (folder, place):
        path.chmod(0o755)
    shutil.chown(place, USER)
    with Cluster(place / "one") as primary, Cluster(place / "two") as standby:
        primary.make()
        primary.start()
        primary.query(f"CREATE DATABASE {NAME}")
        standby.follow(primary)
        for cluster in (primary, standby):
            cluster.set(SYNCHRONOUS.format("*"))
        standby.start()
        primary.reload()
        wait_until_synchronous(primary)
        yield failed_over(options, folder, primary, standby)


def wait_until_synchronous(primary, seconds=30):
    until = time.monotonic() + seconds
    while primary.query("SELECT sync_state FROM pg_stat_replication") != "sync":
        if time.monotonic() > until:
            raise RuntimeError("the standby never followed synchronously")
        time.sleep(0.2)


def failed_over(options, folder, primary, standby):
    findings = Findings("failover: the primary is killed under load, its synchronous standby promoted")
    hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    product = Product(options.binary, f"postgres://{USER}@{hosts}/{NAME}?schema=guanxi", folder)
    token = product.filled(customers=200, orders=1000)
    with Server(product, token) as server:
        customers = json.loads(server.call("GET", "/customers").text)["customers"]["items"]
        card = f"/customers/{customers[0]['id']}"
        with Load(server, card, writers=8, readers=2) as load:
            time.sleep(5)
            struck = time.monotonic()
            primary.kill()
            killed = time.monotonic()
            time.sleep(options.size(3, 6))
            read = [server.call("GET", card, mode=mode).status for mode in ("page", "json")]
            called = time.monotonic()
            standby.promote()
            standby.set(SYNCHRONOUS.format(""))
            standby.reload()
            time.sleep(BACK + 5)
        findings.expect("the same process all along", server.is_alive, True, server.is_alive)
    judge(findings, load, struck, killed, called)
    findings.expect("pages between, from the standby", read, [200, 200], read == [200, 200])
    url = f"postgres://{USER}@127.0.0.1:{standby.port}/{NAME}?schema=guanxi"
    kept = Content(url).names(load.prefix)
    findings.none("acknowledged and not on the new primary", sorted(load.acknowledged - set(kept)))
    findings.none("said not to be saved and kept", sorted(load.said_not_saved & set(kept)))
    findings.none("kept twice", {name for name in kept if kept.count(name) > 1})
    findings.none("ills according to doctor", Product(options.binary, url, folder).ills())
    return findings


def judge(findings, load, struck, killed, called):
    failed = [answer for answer in load.answers if not answer.is_done]
    before = [answer for _, answer in load.writes if answer.ended < struck]
    between = [(name, answer) for name, answer in load.writes if killed < answer.started and answer.ended < called]
    after = [answer.ended for _, answer in load.writes if answer.started > called and answer.is_done]
    findings.some("writes acknowledged before", sum(answer.is_done for answer in before), 20)
    findings.none("failures before", [answer.status for answer in before if not answer.is_done])
    findings.some("writes refused between", len(between))
    findings.none("writes accepted between", [name for name, answer in between if answer.is_done])
    findings.none("failures other than a clear 503", [a.status or a.text[:60] for a in failed if not a.is_clear_refusal])
    findings.at_most("longest request", max(answer.seconds for answer in load.answers), BACK, " s")
    findings.at_most("first write after the promotion", max(0, min(after) - called) if after else None, BACK, " s")
    findings.at_most("all succeed after", max(0, load.last_failure - called) if after else None, BACK, " s")
    findings.some("writes acknowledged afterwards", len(after), 20)
