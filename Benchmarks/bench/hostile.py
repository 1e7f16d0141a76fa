"""Workbooks made to harm, tried out: how long until they are refused or read, and the most memory over an idle server."""
import contextlib
import multiprocessing
import pathlib
import socket
import tempfile
import zipfile

from .program import Failed
from .table import Spread, limit
from .workbook import MAIN, SHEET, begin, empty, tried

ROWS = '<row><c t="str"><v>name</v></c></row><row><c t="str"><v>张伟</v></c></row>'
HUGE = 1 << 30
TEXTS = "xl/sharedStrings.xml"


def measure(firm, options):
    """Each must end by itself, with a message where it is refused; nobody is called, and no file is left anywhere."""
    if firm.engine.name != "SQLite":
        return []
    rows = []
    with socket.create_server(("127.0.0.1", 0)) as outside, empty(firm.binary) as (url, idle):
        outside.setblocking(False)
        for name, (make, code, says) in files(outside.getsockname()[1]).items():
            seconds, over = [], []
            with made(make) as book:
                for _ in range(options.runs):
                    done = attempt(firm.binary, book, url)
                    if done.code != code or says not in done.text + done.errors:
                        raise Failed(f"{name}: ended with {done.code}: {(done.text + done.errors)[-300:]}")
                    seconds.append(done.seconds)
                    over.append(done.peak - idle)
            rows.append(limit(f"hostile workbook, {name}: over and done with", Spread(seconds, "s"), 2))
            rows.append(limit(f"hostile workbook, {name}: most memory over that of an idle server", Spread(over, "MB"), 64))
        check_nobody_called(outside)
    return rows


@contextlib.contextmanager
def made(make):
    """By a process of its own: what this one ever held, those that it starts seem to hold too."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "book.xlsx"
        process = multiprocessing.get_context("fork").Process(target=make, args=(path,))
        process.start()
        process.join()
        if process.exitcode:
            raise Failed("a workbook could not be made")
        yield path


def attempt(binary, book, url):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        space = folder / "a" / "b"
        space.mkdir(parents=True)
        before = everything(folder)
        done = tried(binary, book, url, environment={"TMPDIR": str(space)}, may_fail=True)
        if everything(folder) != before or len(everything(book.parent)) > 1:
            raise Failed(f"left behind: {everything(folder) - before}, {everything(book.parent)}")
    return done


def everything(folder):
    return {str(path) for path in folder.rglob("*")}


def check_nobody_called(outside):
    try:
        outside.accept()
    except BlockingIOError:
        return
    raise Failed("a workbook made the program call somebody")


def files(port):
    """What each is called, how it is made at a path, and the exit code and words it must end with."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughing = f'<!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'
    entity = "<row><c><v>&{};</v></c></row>"
    server = f'SYSTEM "http://127.0.0.1:{port}/x"'
    start = f'<worksheet xmlns="{MAIN}"><sheetData>'
    damaged = f"{SHEET} cannot be read"
    too_large = "unpacks to an unreasonable size"
    return {
        "a billion laughs": (of(sheet(entity.format("l9"), laughing)), 1, damaged),
        "a billion laughs in UTF-16": (of(sheet(entity.format("l9"), laughing, "UTF-16")), 1, damaged),
        "an entity from a file": (
            of(sheet(entity.format("x"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), 1, damaged),
        "an entity from a server": (of(sheet(entity.format("x"), f"<!DOCTYPE w [<!ENTITY x {server}>]>")), 1, damaged),
        "a type from a server": (of(sheet(ROWS, f"<!DOCTYPE w {server}>")), 1, damaged),
        "1 GB of blanks": (of_huge(SHEET, start, b" "), 1, too_large),
        "a shared text of 1 GB": (of_huge(TEXTS, f'<sst xmlns="{MAIN}"><si><t>', b"x"), 1, too_large),
        "rows without end": (of_huge(SHEET, start, b"<row><c><v>1</v></c></row>"), 1, "more than 1048576 rows"),
        "cells without end": (of_huge(SHEET, start + "<row>", b'<c r="A1"><v>1</v></c>'), 1, "more than 16384 columns"),
        "sizes that lie": (lying, 0, "49,999 rows, 0 rejected"),
        "names that climb out": (climbing, 0, "1 row, 0 rejected"),
    }


def sheet(rows, doctype="", encoding="UTF-8"):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return text.encode(encoding)


def of(content, *others):
    def make(path):
        with begin(path) as book:
            book.writestr(TEXTS, f'<sst xmlns="{MAIN}"/>')
            book.writestr(SHEET, content)
            for name in others:
                book.writestr(name, "x")
    return make


def of_huge(part, start, filling):
    def make(path):
        block = filling * ((1 << 20) // len(filling))
        with begin(path) as book:
            if part == SHEET:
                book.writestr(TEXTS, f'<sst xmlns="{MAIN}"/>')
            else:
                book.writestr(SHEET, sheet('<row><c t="s"><v>0</v></c></row>'))
            with book.open(part, "w") as file:
                file.write(start.encode())
                for _ in range(HUGE // len(block)):
                    file.write(block)
    return make


def lying(path):
    """The directory says that the sheet is ten bytes long, and so does what stands before it."""
    of(sheet(ROWS * 25_000))(path)
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))


def climbing(path):
    of(sheet(ROWS), "../../evil.xml", str(path.parent / "evil.xml"), "..\\..\\evil.xml")(path)
