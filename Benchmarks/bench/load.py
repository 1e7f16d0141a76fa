"""The data card under 32 connections by wrk, beside bytes that the same server has in memory."""
import json

from .program import FOLDER, Failed, Server, run
from .table import Row, Spread, limit

CONNECTIONS = 32
SECONDS = 5
SCRIPT = """
local paths = {%s}
local turn = 0
function request()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format('{"rate": %%f, "p99": %%f, "errors": %%d}', summary.requests / summary.duration * 1e6,
    latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def measure(firm, options):
    cards, token = firm.card_paths(1_000), firm.token()
    mine, other, late, memory = [], [], [], []
    with Server(firm.binary, firm.url) as server:
        card = sorted((server.ask(path, token)[0] for path in cards[:21]), key=len)[10]
    echo = FOLDER / "echo.html"
    echo.write_bytes(card)
    with Server(firm.binary, firm.url, echo) as server:
        for _ in range(options.runs):
            server.forget_peak()
            found = wrk(server, cards, token)
            memory.append(server.memory("VmHWM"))
            mine.append(found["rate"])
            late.append(found["p99"])
            other.append(wrk(server, ["/bench/echo"], token)["rate"])
    where = f"{firm.engine.name}: data card, {CONNECTIONS} connections"
    what = f"{where}, {len(card) / 1000:.0f} kB, beside the same bytes from memory"
    return [
        Row(what, Spread(mine, "requests/s"), Spread(other, "requests/s"), at_least=0.12),
        limit(f"{where}, 99 of 100 answered within", Spread(late, "ms"), 60),
        limit(f"{where}, most memory of the server", Spread(memory, "MB"), 400),
    ]


def wrk(server, paths, token):
    script = FOLDER / "wrk.lua"
    script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths))
    text = run(
        "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script, "-H", f"Authorization: Bearer {token}",
        f"http://127.0.0.1:{server.port}").text
    found = json.loads(text.strip().splitlines()[-1])
    if found["errors"]:
        raise Failed(f"{found['errors']} requests of {paths[0]}… failed")
    return found
