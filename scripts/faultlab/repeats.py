"""A server that is killed while programs write: what they send again, with the key they sent it with, is done once."""

import http.client
import itertools
import threading
import time

from .lab import Scenario
from .program import Server, doctor, token_of_a_new_user
from .truth import Broken, must_be_sound, shown

COUNT = {"customers": "SELECT name, count(*) FROM customer GROUP BY name"}
CLIENTS = 4
# The answer to what was done, where it died with the server.
DONE = ("这个请求已经完成", "This request was done before")


class Programs:
    """They send each request until it is answered, and remember what."""

    def __init__(self):
        self.numbers, self.lock = itertools.count(1), threading.Lock()
        self.unanswered, self.answers, self.wrong = [], {}, []

    def work(self, server, stopped):
        client = server.client(10)
        while not stopped.is_set():
            with self.lock:
                number = self.unanswered.pop() if self.unanswered else next(self.numbers)
            try:
                self.send(client, number)
            except (OSError, http.client.HTTPException, ValueError):
                with self.lock:
                    self.unanswered.append(number)
                stopped.wait(0.02)

    def send(self, client, number):
        while True:
            answer = client.ask("POST", "/customers", {"name": f"c{number}"}, headers={"Idempotency-Key": f"k{number}"})
            if answer.status not in (409, 503):
                break
            if answer.value["title"] in DONE:
                return self.answers.setdefault(number, None)
            time.sleep(0.02)
        if answer.status != 201:
            self.wrong.append(f"c{number} was answered {answer}")
            return
        id = answer.value["id"]
        if self.answers.setdefault(number, id) not in (id, None):
            self.wrong.append(f"c{number} was answered with {self.answers[number]} and with {id}")


class RepeatedRequests(Scenario):
    name, wanted = "repeats", (2, 60)

    def prepare(self):
        self.firm = self.lab.new_firm(self.engine)
        self.token = token_of_a_new_user(self.program, self.firm)

    def case(self, firm, chance):
        programs, rounds = Programs(), 2 if self.lab.is_short else 8
        for _ in range(rounds):
            before = len(programs.answers)
            with Server(self.program, firm, self.token) as server:
                stopped = threading.Event()
                threads = [threading.Thread(target=programs.work, args=(server, stopped)) for _ in range(CLIENTS)]
                for thread in threads:
                    thread.start()
                server.wait_until(lambda: len(programs.answers) > before, 30, "takes a write")
                time.sleep(chance.uniform(0, 1))
                server.kill()
                stopped.set()
                for thread in threads:
                    thread.join()
        self.sent_again(firm, programs)
        must_be_sound(firm, "after the kills")
        doctor(self.program, firm)
        return rounds

    def sent_again(self, firm, programs):
        """Everything: what was never answered, and what was."""
        with Server(self.program, firm, self.token) as server:
            for number in [*programs.unanswered, *list(programs.answers)]:
                programs.send(server.client(), number)
            server.stop()
        found = dict(firm.ask(COUNT)["customers"])
        wrong = programs.wrong + [
            f"c{number} is there {found.get(f'c{number}', 0)} times" for number in programs.answers
            if found.get(f"c{number}") != 1]
        if wrong:
            raise Broken(f"of {len(programs.answers)} requests that were sent again are wrong {shown(wrong)}")


SCENARIOS = (RepeatedRequests,)
