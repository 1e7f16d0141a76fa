"""Two people have large workbooks looked through, one downloads rejected rows, and everybody else works on."""

import http.client
import json
import os
import statistics
import threading
import time
import uuid
import zipfile

from .findings import Findings
from .product import Product, Server

ENGINE = "sqlite"
MOUNTS = False
MOST = 500  # milliseconds that 95 of 100 pages may take meanwhile
HELD = 100  # milliseconds of a processor's time that one step may keep a shared thread; in a debug build times ten
PAGES = ("/customers", "/orders", "/products", "/health")
PARTS = {
    "[Content_Types].xml": """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="xml" ContentType="application/xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0"?><Relationships
        xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        Target="worksheets/sheet1.xml"/></Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
        <sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>""",
}
COLUMNS = ("order_number", "date", "customer_number", "customer", "product", "quantity", "price")


def tried(options, folder):
    product = Product(options.binary, f"sqlite:{folder / 'guanxi.db'}", folder)
    is_debug = "release" not in str(options.binary.resolve())
    held = HELD * (10 if is_debug else 1)
    product.environment["GUANXI_POOL_LIMIT"] = str(held)
    boss = product.filled(options.size(300, 5000), options.size(2000, 50000))
    product.said("user", "create", "second@firm.example", "--name", "Second", "--administrator")
    second = json.loads(product.said("user", "token", "second@firm.example", "--name", "heavy", "--json"))["token"]
    book = write_workbook(folder / "orders.xlsx", options.size(20000, 900000))
    with Server(product, boss) as server:
        yield worked_beside(server, (boss, second), book, held)


def worked_beside(server, tokens, book, held):
    findings = Findings(f"heavy: two workbooks of {book.stat().st_size / 2**20:.1f} MB looked through beside everyday work")
    done, states, downloads = threading.Event(), [], []

    def bring(token):
        with_token = lambda method, path, fields=None: call(server, token, method, path, fields)
        place = f"/imports/{json.loads(upload(server, token, book))['id']}"
        with_token("PUT", f"{place}/columns", {"next": "check"})
        state = None
        while state not in ("checked", "failed"):
            time.sleep(0.5)
            state = json.loads(with_token("GET", place)[1])["state"]
        states.append(state)
        downloads.append(download(server, token, place))

    with Everyday(server, done) as everyday:
        people = [threading.Thread(target=bring, args=[token]) for token in tokens]
        for one in people:
            one.start()
        for one in people:
            one.join()
    took = sorted(1000 * answer.seconds for answer in everyday.answers)
    findings.some("pages asked for meanwhile", len(took), least=20)
    findings.at_most("95 of 100 took", took[len(took) * 95 // 100], MOST, " ms")
    findings.expect("longest, median", f"{took[-1]:.0f}, {statistics.median(took):.0f} ms", "for the record", True)
    findings.none("pages that failed", (answer.text[:80] for answer in everyday.answers if answer.status != 200))
    findings.expect("both were looked through", states, ["checked"] * 2, states == ["checked"] * 2)
    findings.none("downloads of rejected rows that failed", (one for one in downloads if one != 200))
    lines = [line for line in server.log.read_text().splitlines() if "a shared thread was held" in line]
    findings.none(f"steps that held a shared thread for more than {held} ms", lines)
    return findings


class Everyday:
    """Somebody who looks at one page after the other."""

    def __init__(self, server, done):
        self.server, self.done, self.answers = server, done, []
        self.thread = threading.Thread(target=self.work)

    def work(self):
        number = 0
        while not self.done.is_set():
            path = PAGES[number % len(PAGES)]
            self.answers.append(self.server.call("GET", path, mode="page"))
            number += 1
            time.sleep(0.05)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


def call(server, token, method, path, fields=None):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line.request(method, "/api/v1" + path, fields and json.dumps(fields), headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


def upload(server, token, book):
    mark = uuid.uuid4().hex
    body = (f'--{mark}\r\nContent-Disposition: form-data; name="kind"\r\n\r\norders\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{book.name}"\r\n\r\n').encode()
    body += book.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    line.request("POST", "/api/v1/imports", body,
                 {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={mark}"})
    text = line.getresponse().read().decode()
    line.close()
    return text


def download(server, token, place):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    line.request("GET", f"{place}/problems", headers={"Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def write_workbook(path, rows):
    """Every third row has a date that is none, so that it is rejected."""
    def cells(number, values):
        inner = "".join(f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
                        for column, value in enumerate(values))
        return f'<row r="{number}">{inner}</row>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                        b"<sheetData>" + cells(1, COLUMNS).encode())
            for number in range(rows):
                day = "never" if number % 3 == 0 else f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
                values = (f"W-{number}-{os.urandom(3).hex()}", day, f"C-{number // 10}", f"Heavy {number // 10} Ltd",
                          f"Tea {number % 50}", number % 7 + 1, f"{number % 90 + 10}.50")
                sheet.write(cells(number + 2, values).encode())
            sheet.write(b"</sheetData></worksheet>")
    return path
