"""A disk that runs full under imports and under writes over HTTP, and is given space again."""

import shutil
import subprocess
import time

from .findings import Findings
from .firm import Content, write_orders
from .product import Product, Server, is_one_clear_sentence
from .upload import Upload

ENGINE = "sqlite"
MOUNTS = True
ROOM, MORE = 2, 1500  # MB: beside the firm when it runs full, and after it was given space
FULL = ("disk", "page_sums")  # what guanxi doctor may complain of on a full disk: the log cannot be written back to look at pages


class Volume:
    """A file system in memory, of a size that can change."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.folder.mkdir()
        self.mount("size=64m")
        return self

    def mount(self, options):
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "outages", self.folder], check=True)

    def leave_free(self, megabytes):
        self.mount(f"remount,size={round((in_megabytes(self.folder) + megabytes) * 1024)}k")

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


def in_megabytes(folder):
    return sum(path.stat().st_blocks * 512 for path in folder.iterdir()) / 2**20


def tried(options, folder):
    start = folder / "start"
    start.mkdir()
    fresh = Product(options.binary, f"sqlite:{start / 'guanxi.db'}", folder)
    token = fresh.filled(customers=100, orders=300)
    file = write_orders(folder / "orders.csv", options.size(2000, 40000))
    calm = copied(fresh, start, folder / "calm", options.binary)
    calm.said("import", "orders", str(file))
    undisturbed, whole = Content(calm.database).digest(), in_megabytes(folder / "calm") - in_megabytes(start)
    rooms = [round(whole * part, 1) for part in options.size([0.5], [0.2, 0.7])]
    trials = [lambda *here, room=room: imported(*here, file, undisturbed, room) for room in rooms]
    trials.append(lambda *here: served(*here, token, file))
    if not options.short:
        trials.append(lambda *here: carried(*here, token, file, undisturbed))
    for number, trial in enumerate(trials):
        with Volume(folder / f"small{number}") as volume:
            yield trial(copied(fresh, start, volume.folder, options.binary), volume)


def copied(fresh, start, folder, binary):
    folder.mkdir(exist_ok=True)
    for path in start.iterdir():
        shutil.copy(path, folder)
    return Product(binary, f"sqlite:{folder / 'guanxi.db'}", fresh.folder)


def imported(product, volume, file, calm, room):
    """`guanxi import` stops with a sentence, and when there is room ends as if nothing had been."""
    findings = Findings(f"disk: guanxi import with {room} MB free")
    volume.leave_free(room)
    done = product.run("import", "orders", str(file))
    content = Content(product.database)
    findings.expect("exit code", done.returncode, "1", done.returncode == 1)
    findings.expect("what it says", done.stderr.strip()[:150], "one sentence on the disk",
                    is_one_clear_sentence(done.stderr) and "disk" in done.stderr)
    kept = len(content.rows("SELECT id FROM sales_order WHERE outside_id LIKE 'S-%'"))
    findings.expect("orders kept of it", kept, "0, as it says", kept == 0 or "nothing was saved" not in done.stderr)
    findings.none("orders without all their lines", content.halves())
    findings.none("ills according to doctor, full", product.ills(spared=FULL))
    volume.leave_free(MORE)
    again = product.run("import", "orders", str(file))
    findings.expect("exit code with room again", f"{again.returncode} {again.stderr.strip()[:100]}".strip(), "0", again.returncode == 0)
    findings.expect("content", content.digest(), f"{calm}, as undisturbed", content.digest() == calm)
    findings.none("ills according to doctor, afterwards", product.ills())
    return findings


def served(product, volume, token, file):
    """A running server refuses whole requests, goes on reading, and saves again by itself."""
    findings = Findings("disk: guanxi serve on a disk that runs full")
    content = Content(product.database)
    with Server(product, token) as server:
        volume.leave_free(ROOM)
        answers = written_until_full(server)
        judge(findings, server, answers)
        sent = Upload(server, file).answer
        findings.expect("a file sent to be imported", sent.status, "507 or 503, clear", sent.is_clear_refusal)
        findings.at_most("health listener says so after", seconds_until_told(server), 15, " s")
        volume.leave_free(MORE)
        findings.at_most("saved again after space was given", server.seconds_until_saved("storm-over"), 10, " s")
        findings.expect("the same process all along", server.is_alive, True, server.is_alive)
    kept = content.names("storm-0")
    done = {name for name, answer in answers if answer.is_done}
    findings.none("acknowledged and lost", sorted(done - set(kept)))
    findings.none("refused and kept", sorted(set(kept) - done))
    findings.none("kept twice", {name for name in kept if kept.count(name) > 1})
    findings.none("orders without all their lines", content.halves())
    findings.none("ills according to doctor, afterwards", product.ills())
    return findings


def written_until_full(server, refusals=20):
    """Customers with long descriptions until so many were refused; beside them a page is asked for."""
    answers = []
    for number in range(4000):
        name = f"storm-{number:05}"
        answers.append((name, server.add_customer(name, description=f"{number} " * 1500)))
        if sum(not answer.is_done for _, answer in answers) >= refusals:
            break
    return answers


def seconds_until_told(server, most=30):
    """Writes go on meanwhile, as they would."""
    started = time.monotonic()
    while time.monotonic() - started < most:
        status, text, _ = server.health()
        if status == 503 and "disk" in text.lower():
            return time.monotonic() - started
        server.add_customer("storm-told", description="full " * 1500)
        time.sleep(0.1)
    return None


def judge(findings, server, answers):
    refused = [answer for _, answer in answers if not answer.is_done]
    page = server.call("POST", "/customers", {"name": "storm-page"}, mode="page")
    findings.some("saved before it was full", len(answers) - len(refused), 10)
    findings.some("refused when full", len(refused), 20)
    findings.none("answers other than a clear 507 or 503", [a.status or a.text for a in refused if not a.is_clear_refusal])
    findings.none("answers of 500", [a.status for a in [*refused, page] if a.status == 500])
    for path in ("/customers", "/orders", "/search?q=a", "/insight/abc"):
        read = [server.call("GET", path, mode=mode).status for mode in ("page", "json")]
        findings.expect(f"reading {path} when full", read, [200, 200], read == [200, 200])



def carried(product, volume, token, file, calm):
    """An import that the server does in the background goes on by itself, or can be started again."""
    findings = Findings("disk: an import in the background of guanxi serve on a disk that runs full")
    content = Content(product.database)
    with Server(product, token) as server:
        upload = Upload(server, file)
        upload.check()
        checked = upload.comes_to("checked")
        findings.expect("looked through", checked, "checked", checked == "checked")
        volume.leave_free(ROOM)
        upload.start()
        until = time.monotonic() + 30
        while server.health()[0] == 200 and upload.state == "running" and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(2)
        findings.expect("when full", upload.state, "running or failed", upload.state in ("running", "failed"))
        volume.leave_free(MORE)
        findings.at_most("saved again after space was given", server.seconds_until_saved("storm-over"), 10, " s")
        state = upload.comes_to("finished")
        if state == "failed":
            upload = Upload(server, file)
            upload.check()
            upload.comes_to("checked")
            upload.start()
            state = f"failed, the second time {upload.comes_to('finished')}"
        findings.expect("with room again", state, "finished", state.endswith("finished"))
    findings.expect("content", content.digest(), f"{calm}, as undisturbed", content.digest() == calm)
    findings.none("orders without all their lines", content.halves())
    findings.none("ills according to doctor, afterwards", product.ills())
    return findings
