"""Workbooks made to harm, tried out: how long until they are refused or read, and the most memory over an idle server."""
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
        for name, (make, blamed) in files(outside.getsockname()[1]).items():
            seconds, over = [], []
            for _ in range(options.runs):
                with tempfile.TemporaryDirectory() as folder:
                    done = attempt(firm.binary, make, pathlib.Path(folder), url)
                check_outcome(name, done, blamed)
                seconds.append(done.seconds)
                over.append(done.peak - idle)
            rows.append(limit(f"hostile workbook, {name}: over and done with", Spread(seconds, "s"), 2))
            rows.append(limit(f"hostile workbook, {name}: most memory over that of an idle server", Spread(over, "MB"), 64))
        check_nobody_called(outside)
    return rows


def attempt(binary, make, folder, url):
    path, space = folder / "book.xlsx", folder / "a" / "b" / "c"
    space.mkdir(parents=True)
    make(path)
    before = everything(folder)
    done = tried(binary, path, url, environment={"TMPDIR": str(space)}, may_fail=True)
    if everything(folder) != before:
        raise Failed(f"left behind: {everything(folder) - before}")
    return done


def check_outcome(name, done, blamed):
    """That it was read, or refused for what is wrong with it."""
    if not (done.code == 1 and blamed in done.errors if blamed else done.code == 0):
        raise Failed(f"{name}: ended with {done.code}: {done.errors[-300:]}")


def everything(folder):
    return {str(path) for path in folder.rglob("*")}


def check_nobody_called(outside):
    try:
        outside.accept()
    except BlockingIOError:
        return
    raise Failed("a workbook made the program call somebody")


def files(port):
    """What each is called, how it is made at a path, and what is blamed when it is refused; nothing when it is read."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughing = f'<!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'
    entity = "<row><c><v>&{};</v></c></row>"
    server = f'SYSTEM "http://127.0.0.1:{port}/x"'
    start = f'<worksheet xmlns="{MAIN}"><sheetData>'
    return {
        "a billion laughs": (of(sheet(entity.format("l9"), laughing)), SHEET),
        "a billion laughs in UTF-16": (of(sheet(entity.format("l9"), laughing, "UTF-16")), SHEET),
        "an entity from a file": (of(sheet(entity.format("x"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), SHEET),
        "an entity from a server": (of(sheet(entity.format("x"), f"<!DOCTYPE w [<!ENTITY x {server}>]>")), SHEET),
        "a type from a server": (of(sheet(ROWS, f"<!DOCTYPE w {server}>")), SHEET),
        "1 GB of blanks": (of_huge(SHEET, start, b" "), "unreasonable size"),
        "a shared text of 1 GB": (of_huge(TEXTS, f'<sst xmlns="{MAIN}"><si><t>', b"x"), "unreasonable size"),
        "rows without end": (of_huge(SHEET, start, b"<row><c><v>1</v></c></row>"), "rows"),
        "cells without end": (of_huge(SHEET, start + "<row>", b'<c r="A1"><v>1</v></c>'), "columns"),
        "sizes that lie": (lying, None),
        "names that climb out": (climbing, None),
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
    """Made once: packing takes longer than what is measured."""
    made = []

    def make(path):
        if not made:
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
            made.append(path.read_bytes())
        path.write_bytes(made[0])
    return make


def lying(path):
    """The directory says that the sheet is ten bytes long, and so does what stands before it."""
    of(sheet(ROWS * 100_000))(path)
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))


def climbing(path):
    of(sheet(ROWS), "../../evil.xml", str(path.parent / "evil.xml"), "..\\..\\evil.xml")(path)
