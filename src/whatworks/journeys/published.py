"""Published times of the parts of a journey: is a part the quickest, as somebody claims? Medians are never added."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whatworks.records.published_table import PublishedTable, published_number
from whatworks.records.refusal import Fault, Refused, choice

_COLUMN = re.compile(r"(mean|median)_(\w+?)_to_(\w+)")
NEEDED = ("year", "period", "defendants")
WHERE = ("region", "lcjb_area")
ROUNDING = 2.0
"""Printed whole days of three parts may miss the printed whole by so many."""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One line of a published table: where, when, of how many, and each part's mean and median days."""

    place: str
    court: str
    when: str
    base: int
    means: dict[str, float]
    medians: dict[str, float]
    whole_mean: float | None
    whole_median: float | None

    @property
    def total(self) -> float:
        """Return the sum of the parts' means, which is the mean of the whole but for rounding."""
        return sum(self.means.values())

    def share(self, part: str) -> float:
        """Return a part's share of the total mean time."""
        return self.means[part] / self.total

    def is_quickest(self, part: str, of: str = "means") -> bool:
        """Return whether no other part takes less, by means or by medians."""
        days: dict[str, float] = getattr(self, of)
        return days[part] == min(days.values())


@dataclass(frozen=True, slots=True)
class PublishedTimes:
    """A published table of times, and its parts in order."""

    file: str
    parts: tuple[str, ...]
    rows: tuple[PublishedRow, ...]

    def of(self, place: str | None = None, court: str | None = None) -> "PublishedTimes":
        """Return the rows of a place, a kind of court or both, or refuse naming those that there are."""
        rows = self.rows
        for field, wanted in (("place", place), ("court", court)):
            known = list(dict.fromkeys(getattr(row, field) for row in rows))
            rows = tuple(row for row in rows if wanted is None or getattr(row, field).casefold() == wanted.casefold())
            if not rows:
                raise Refused(Fault("is not there", choice(str(wanted), known), self.file, None, field, wanted))
        return PublishedTimes(self.file, self.parts, rows)

    def part(self, name: str) -> str:
        """Return a part by its name, or refuse naming those that there are.

        >>> PublishedTimes("a.csv", ("offence_to_charge",), ()).part("offence to charge")
        'offence_to_charge'
        """
        wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
        if wanted not in self.parts:
            raise Refused(Fault("is not a part", choice(wanted, self.parts), self.file, field="part", value=name))
        return wanted


def read_published(path: Path) -> PublishedTimes:
    """Return a published table of times: `year`, `period`, `defendants` and columns as `mean_offence_to_charge`.

    The whole is the column from the first part's beginning to the last one's end. Refused, all faults at once: columns
    that lack, numbers that are none, a base of nobody, parts that miss their printed whole by more than rounding.
    """
    table = PublishedTable(path, NEEDED, f"it needs {', '.join(NEEDED)}")
    parts, whole = _parts([name for name in table.header if name.startswith("mean_")])
    if len(parts) < 2:
        remedy = "it needs at least two columns as mean_offence_to_charge, one after the other"
        table.wrong("has no parts to compare", remedy, 1)
    table.check()
    rows = tuple(_row(table, at, line, parts, whole) for at, line in table.lines)
    table.check()
    return PublishedTimes(table.file, parts, rows)


def _parts(columns: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the parts that follow each other, and the whole from the first beginning to the last end.

    >>> _parts(["mean_a_to_b", "mean_b_to_c", "mean_a_to_c"])
    (('a_to_b', 'b_to_c'), 'a_to_c')
    """
    spans = [(found[2], found[3]) for name in columns if (found := _COLUMN.fullmatch(name))]
    chain: list[tuple[str, str]] = []
    for begin, end in spans:
        if not chain or begin == chain[-1][1]:
            chain.append((begin, end))
    ends = (chain[0][0], chain[-1][1]) if chain else ("", "")
    whole = "_to_".join(ends) if ends in spans and len(chain) > 1 else None
    return tuple("_to_".join(span) for span in chain), whole


def _row(table: PublishedTable, at: int, line: dict[str, str], parts: Sequence[str], whole: str | None) -> PublishedRow:
    means, medians = (
        {part: f"{kind}_{part}" for part in (*parts, *filter(None, (whole,)))} for kind in ("mean", "median")
    )
    wanted = [
        "defendants",
        *(means[part] for part in parts),
        *(n for n in (*means.values(), *medians.values()) if n in line),
    ]
    numbers = {name: published_number(line.get(name, "")) for name in dict.fromkeys(wanted)}
    for name, value in numbers.items():
        if not 0 <= value < 1e9:
            table.wrong("is not a number of days or people", "write it as 94", at, name, line.get(name))
    if numbers["defendants"] == 0:
        table.wrong("is nobody: times without n say nothing", "give the number of people", at, "defendants")
    if not sum(numbers[means[part]] for part in parts):
        table.wrong("has parts that all take no time", "give their mean days", at, means[parts[0]])
    row = PublishedRow(
        place=next((line[name] for name in reversed(WHERE) if line.get(name)), "all"),
        court=line.get("court_type") or "all",
        when=f"{line['year']} {line['period']}",
        base=int(numbers["defendants"]),
        means={part: numbers[means[part]] for part in parts},
        medians={part: numbers[medians[part]] for part in parts if medians[part] in numbers},
        whole_mean=numbers.get(f"mean_{whole}"),
        whole_median=numbers.get(f"median_{whole}"),
    )
    if row.whole_mean is not None and min(numbers.values()) >= 0 and abs(row.whole_mean - row.total) > ROUNDING:
        problem = f"is {row.whole_mean:g} days, and its parts come to {row.total:g}"
        table.wrong(problem, "correct the part or the whole", at, f"mean_{whole}")
    return row


def misses(rows: Sequence[PublishedRow]) -> Iterator[PublishedRow]:
    """Yield the rows whose parts do not come to the printed whole, by rounding."""
    return (row for row in rows if row.whole_mean is not None and row.whole_mean != row.total)
