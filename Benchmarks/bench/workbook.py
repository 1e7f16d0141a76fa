"""The largest sheet a workbook can have, tried out: the most memory over that of a server that nobody asks."""
import contextlib
import tempfile
import time
import zipfile

from .program import FOLDER, Server, run
from .table import Spread, limit

ROWS = 1_048_575  # below the header
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"


def measure(firm, options):
    if firm.engine.name != "SQLite":
        return []
    path = write(FOLDER / "large.xlsx")
    with empty(firm.binary) as (url, idle):
        over = [tried(firm.binary, path, url).peak - idle for _ in range(options.runs)]
    path.unlink()
    return [limit(f"a workbook of {ROWS + 1:,} rows tried out: most memory over that of an idle server", Spread(over, "MB"), 64)]


@contextlib.contextmanager
def empty(binary):
    """A database with nothing in it, and the most memory of a server of it that nobody asks."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        url = f"sqlite:{folder}/workbook.db"
        with Server(binary, url) as server:
            time.sleep(2)
            idle = server.memory("VmHWM")
        yield url, idle


def tried(binary, path, url, **how):
    """An import of a workbook as far as one can see what it would do."""
    return run(binary, "import", "customers", path, "--dry-run", "--database", url, **how)


@contextlib.contextmanager
def begin(path):
    """A workbook of one sheet and shared texts, which are still to be written."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        book.writestr(
            "xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")))
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="客户" sheetId="1" r:id="id1"/></sheets></workbook>')
        yield book


def write(path):
    """Customers with a number, a name and a phone, all of them shared texts, as Excel writes them."""
    with begin(path) as book:
        with part(book, "xl/sharedStrings.xml", "sst") as write_text:
            for number in range(ROWS + 1):
                for text in ["编号", "客户名称", "电话"] if number == 0 else [f"C{number:07}", f"第{number}号有限公司", f"1380{number:07}"]:
                    write_text(f"<si><t>{text}</t></si>")
        with part(book, SHEET, "worksheet") as write_text:
            write_text("<sheetData>")
            for number in range(ROWS + 1):
                cells = (f'<c r="{column}{number + 1}" t="s"><v>{3 * number + place}</v></c>' for place, column in enumerate("ABC"))
                write_text(f'<row r="{number + 1}">{"".join(cells)}</row>')
            write_text("</sheetData>")
    return path


def relations(*parts):
    each = (f'<Relationship Id="id{number}" Type="{OFFICE}/{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(parts, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


@contextlib.contextmanager
def part(book, name, root):
    with book.open(name, "w") as file:
        file.write(f'<{root} xmlns="{MAIN}">'.encode())
        yield lambda text: file.write(text.encode())
        file.write(f"</{root}>".encode())
