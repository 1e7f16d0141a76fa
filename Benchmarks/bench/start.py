"""From the start of the server to its first answer, and the most it holds while nobody asks."""
import time

from .program import Server
from .table import Spread, limit


def measure(firm, options):
    seconds, memory = [], []
    for _ in range(options.runs):
        with Server(firm.binary, firm.url) as server:
            seconds.append(server.seconds_to_answer)
            time.sleep(2)
            memory.append(server.memory("VmHWM"))
    return [
        limit(f"{firm.engine.name}: start to first answer", Spread(seconds, "s"), 0.5),
        limit(f"{firm.engine.name}: most memory of a server that nobody asks", Spread(memory, "MB"), 80),
    ]
