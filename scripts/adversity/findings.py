"""What was measured, each beside what it should be, as one small table."""

import unicodedata


class Findings:
    def __init__(self, title):
        self.title, self.rows = title, []

    def expect(self, what, measured, target, holds):
        self.rows.append((what, one_line(measured), one_line(target), bool(holds)))

    def at_most(self, what, measured, most, unit=""):
        """Never measured is a miss."""
        said = "never" if measured is None else f"{measured:.3g}{unit}"
        self.expect(what, said, f"<= {most:g}{unit}", measured is not None and measured <= most)

    def none(self, what, found):
        """None of these may be there; the first few are shown."""
        found = list(found)
        self.expect(what, f"{len(found)}: {', '.join(map(str, found[:3]))}" if found else 0, 0, not found)

    def some(self, what, count, least=1):
        """Without these the trial would have proved nothing."""
        self.expect(what, count, f">= {least}", count >= least)

    @property
    def missed(self):
        return [row for row in self.rows if not row[3]]

    def show(self):
        print(f"\n{self.title}")
        widest = [max(width(row[column]) for row in self.rows) for column in range(3)]
        for what, measured, target, holds in self.rows:
            cells = (text + " " * (room - width(text)) for text, room in zip((what, measured, target), widest))
            print(f"  {'ok  ' if holds else 'MISS'}  {'  '.join(cells)}".rstrip(), flush=True)


def one_line(value):
    return str(value).replace("\n", " ⏎ ").replace("\t", " ")


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
