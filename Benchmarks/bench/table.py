"""The table of figures: each a median with its spread, held to a peer or a limit."""
import dataclasses
import json
import statistics


@dataclasses.dataclass(frozen=True)
class Spread:
    """What several runs gave."""

    runs: list
    unit: str

    @property
    def median(self):
        return statistics.median(self.runs)

    def __str__(self):
        least, most = shown(min(self.runs)), shown(max(self.runs))
        return f"{shown(self.median)} {self.unit} ({least}–{most})"

    def as_json(self):
        return {"median": self.median, "min": min(self.runs), "max": max(self.runs), "unit": self.unit}


@dataclasses.dataclass(frozen=True)
class Row:
    """One line: our figure beside a peer's or a limit, and what it must be. Without a target it only tells."""

    what: str
    ours: Spread
    other: Spread | float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self):
        if self.other is None:
            return None
        return self.ours.median / (self.other.median if isinstance(self.other, Spread) else self.other)

    @property
    def is_met(self):
        """None where there is no target."""
        if self.at_least is not None:
            return self.ratio >= self.at_least
        return None if self.at_most is None else self.ratio <= self.at_most

    @property
    def target(self):
        if self.at_least is None and self.at_most is None:
            return "–"
        if not isinstance(self.other, Spread):
            return f"≤ {shown(self.other)} {self.ours.unit}"
        return f"≥ {self.at_least:.0%}" if self.at_least is not None else f"≤ {self.at_most:.0%}"

    def cells(self):
        other = {type(None): "–", Spread: str(self.other)}.get(
            type(self.other), f"{self.other} {self.ours.unit}")
        ratio = "–" if self.ratio is None else f"{self.ratio:.1%}"
        return [self.what, str(self.ours), other, ratio, self.target, {None: "–", True: "yes", False: "MISSED"}[self.is_met]]

    def as_json(self):
        other = self.other.as_json() if isinstance(self.other, Spread) else self.other
        return {"what": self.what, "ours": self.ours.as_json(), "peer_or_limit": other, "ratio": self.ratio,
                "target": self.target, "met": self.is_met}


def limit(what, ours, most):
    """A row held to a limit that is not a peer's."""
    return Row(what, ours, most, at_most=1)


def shown(number):
    """Three digits are as many as a run is worth."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def text(rows):
    lines = [["what", "ours", "peer or limit", "ratio", "target", "met?"], *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(" | ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def write_json(rows, path, about):
    path.write_text(json.dumps({**about, "rows": [row.as_json() for row in rows]}, ensure_ascii=False, indent=2) + "\n")
