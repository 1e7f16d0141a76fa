"""A firm whose data have neither Chinese nor Latin letters, so that every letter on a page is the interface's."""

import json
import urllib.error
import urllib.request

from .server import command


def create(folder):
    """Makes it, empty, in a folder to start servers from; gives e-mail, password and a token for `fill`."""
    folder.mkdir(parents=True)
    user = json.loads(command("user", "create", "1@2.cn", "--name", "9", "--administrator", "--json", folder=folder))
    token = json.loads(command("user", "token", "1@2.cn", "--name", "8", "--json", folder=folder))["token"]
    return user["email"], user["password"], token


def fill(address, token):
    """Customers with all they can have, through the API of a running server."""
    def add(path, **record):
        return post(address, token, path, record)

    add("/products", name="7001", code="7002", price="12.50")
    for number in range(1, 13):
        customer = add("/customers", name=f"10{number:02}", kind="company" if number % 2 else "person",
                       phones="13800000000", outside_id=f"50{number:02}")["id"]
        add(f"/customers/{customer}/contacts", name=f"20{number:02}", phones="13900000000")
        add(f"/customers/{customer}/notes", text="3001", kind="call")
        add(f"/customers/{customer}/tags", name="4001")
        for month in range(1, 1 + number % 5):
            add("/orders", customer_id=customer, ordered_on=f"2026-0{month}-11", number=f"60{number:02}{month}",
                lines=[{"product": "7002", "quantity": str(number)}])


def post(address, token, path, record):
    request = urllib.request.Request(
        f"{address}/api/v1{path}", json.dumps(record).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{path}: {error.read().decode()}") from error
