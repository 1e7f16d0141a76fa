"""An import through a running server, as a program would do it."""

import json
import time

RESTING = ("checked", "finished", "failed", "cancelled")


class Upload:
    def __init__(self, server, file):
        self.server = server
        fields = {"kind": "orders", "file_name": file.name, "text": file.read_text()}
        self.answer = server.call("POST", "/imports", fields)
        self.place = f"/imports/{json.loads(self.answer.text)['id']}" if self.answer.is_done else None

    def check(self):
        """Lets the server look through the file with the columns as it guessed them."""
        return self.server.call("PUT", f"{self.place}/columns", {"next": "check"})

    def start(self):
        return self.server.call("POST", f"{self.place}/start", {})

    @property
    def state(self):
        answer = self.server.call("GET", self.place)
        return json.loads(answer.text)["state"] if answer.is_done else None

    def comes_to(self, wanted, seconds=60):
        """The state it comes to rest in, or the one it is still in after so long."""
        until = time.monotonic() + seconds
        state = self.state
        while state != wanted and state not in RESTING[1:] and time.monotonic() < until:
            time.sleep(0.2)
            state = self.state
        return state
