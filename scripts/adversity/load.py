"""Clients that work on without a pause, whatever the answer."""

import threading
import time


class Load:
    """From start to end of a `with`, some clients save customers and some look at one."""

    def __init__(self, server, card, writers=4, readers=4, prefix="storm-"):
        self.server, self.card, self.prefix = server, card, prefix
        self.writes, self.reads = [], []  # (name, answer); answers
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=[number]) for number in range(writers)]
        self.threads += [threading.Thread(target=self.read, args=[number]) for number in range(readers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def write(self, writer):
        number = 0
        while not self.stopped.is_set():
            name = f"{self.prefix}{writer}-{number:06}"
            self.writes.append((name, self.server.add_customer(name)))
            number += 1
            time.sleep(0.02)

    def read(self, reader):
        mode = ("page", "json")[reader % 2]
        while not self.stopped.is_set():
            self.reads.append(self.server.call("GET", self.card, mode=mode))
            time.sleep(0.02)

    @property
    def answers(self):
        return [answer for _, answer in self.writes] + self.reads

    @property
    def acknowledged(self):
        return {name for name, answer in self.writes if answer.is_done}

    @property
    def said_not_saved(self):
        return {name for name, answer in self.writes if answer.says_not_saved}

    @property
    def last_failure(self):
        """When the last request began that did not succeed; 0 when all did."""
        return max((answer.started for answer in self.answers if not answer.is_done), default=0)
