"""Clients that write through the API and remember what they were promised."""

import http.client
import json
import random
import threading
import time

from .program import Client
from .truth import Broken, shown

NAMES = "安宁 百川 长风 德信 恩泽 方圆 光华 海通".split()

QUESTIONS = {
    "customers": "SELECT outside_id, name, email, description FROM customer WHERE outside_id IS NOT NULL",
    "orders": """
        SELECT sales_order.outside_id, customer.outside_id AS customer, sales_order.amount,
          (SELECT count(*) FROM sales_order_line WHERE order_id = sales_order.id) AS lines
        FROM sales_order JOIN customer ON customer.id = customer_id WHERE sales_order.outside_id IS NOT NULL""",
    "notes": "SELECT note.text, customer.outside_id FROM note JOIN customer ON customer.id = customer_id",
}


class Ledger:
    """What was promised, and what was sent without an answer: that may be there or not."""

    def __init__(self):
        self.promised = {kind: {} for kind in QUESTIONS}
        self.uncertain = {kind: {} for kind in QUESTIONS}
        self.lock = threading.Lock()

    def send(self, kind, key, content):
        with self.lock:
            self.uncertain[kind].setdefault(key, []).append(content)

    def settle(self, kind, key, content, is_kept):
        with self.lock:
            self.uncertain[kind][key].remove(content)
            if is_kept:
                self.promised[kind][key] = content
                # What came before it is certain to be written over.
                self.uncertain[kind][key].clear()

    def count(self):
        return sum(len(kept) for kept in self.promised.values())

    def must_be_kept(self, firm, when):
        """Raises where something that was promised is not there with its content, or is there with one nobody sent."""
        wrong = []
        for kind, rows in firm.ask(QUESTIONS).items():
            found = {row[0]: row[1:] for row in rows}
            for key, content in self.promised[kind].items():
                if found.get(key) not in [content, *self.uncertain[kind].get(key, [])]:
                    wrong.append(f"{kind} {key}: promised {content}, found {found.get(key)}")
            for key, content in found.items():
                if key not in self.promised[kind] and content not in self.uncertain[kind].get(key, [content]):
                    wrong.append(f"{kind} {key}: {content} was never sent")
        if wrong:
            raise Broken(f"{when}: of {self.count()} promised writes are wrong {shown(wrong)}")


class Load:
    """Several clients that write one thing after the other until told to stop."""

    def __init__(self, server, ledger, seed, clients=4, pause=0.0, timeout=30):
        self.server, self.ledger, self.pause = server, ledger, pause
        self.stopped = threading.Event()
        self.answers = []
        self.threads = [
            threading.Thread(target=self.work, args=(f"{seed}-{number}", timeout), daemon=True)
            for number in range(clients)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def work(self, name, timeout):
        chance = random.Random(name)
        client = Client(self.server.address, self.server.token, timeout)
        writer = Writer(name, chance, self.ledger, client, self.answers)
        while not self.stopped.is_set():
            try:
                writer.write()
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                # The server is dead; what was sent stays uncertain.
                self.stopped.wait(0.05)
            self.stopped.wait(self.pause)

    def since(self, moment):
        """The answers to requests that were sent after a moment."""
        return [(at, answer) for at, answer in list(self.answers) if at - answer.seconds >= moment]


class Writer:
    """One client: writes customers, and for those that are there orders, notes and changes."""

    def __init__(self, name, chance, ledger, client, answers):
        self.name, self.chance, self.ledger, self.client, self.answers = name, chance, ledger, client, answers
        self.customers = []
        self.count = 0

    def write(self):
        self.count += 1
        acts = [self.customer, self.order, self.order, self.note, self.change] if self.customers else [self.customer]
        self.chance.choice(acts)(f"{self.name}-{self.count}")

    def customer(self, key):
        sent = {"name": f"{self.chance.choice(NAMES)}{key}", "outside_id": key, "email": f"k{self.count}@a.example"}
        answer = self.send("customers", key, [sent["name"], sent["email"], ""], "POST", "/customers", sent)
        if answer.status == 201:
            self.customers.append((answer.value["id"], sent))

    def change(self, key):
        place, sent = self.chance.choice(self.customers)
        sent = sent | {"email": f"k{self.count}@b.example", "description": key}
        self.send(
            "customers", sent["outside_id"], [sent["name"], sent["email"], key], "PATCH", f"/customers/{place}", sent)

    def order(self, key):
        place, customer = self.chance.choice(self.customers)
        lines = [
            {"product": f"茶{self.chance.randrange(9)}", "quantity": str(self.chance.randint(1, 9)),
             "amount": str(self.chance.randint(1, 999))} for _ in range(self.chance.randint(1, 3))]
        amount = sum(int(line["amount"]) * 100 for line in lines)
        self.send(
            "orders", key, [customer["outside_id"], amount, len(lines)], "POST", "/orders",
            {"customer_id": place, "ordered_on": "2026-01-05", "number": key, "lines": lines})

    def note(self, key):
        place, customer = self.chance.choice(self.customers)
        self.send("notes", key, [customer["outside_id"]], "POST", f"/customers/{place}/notes", {"text": key})

    def send(self, kind, key, content, method, path, sent):
        self.ledger.send(kind, key, content)
        answer = self.client.ask(method, path, sent)
        self.answers.append((time.monotonic(), answer))
        # A refusal that does not say so means that nothing was kept.
        if not answer.is_uncertain:
            self.ledger.settle(kind, key, content, is_kept=answer.status < 300)
        return answer
