"""Read a table's cell as people print money: separators, brackets, CR, dashes and blanks; nothing is guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["number", "nil", "blank", "unknown", "text"]
NIL = frozenset({"-", "–", "—", "−", "nil"})
UNKNOWN = frozenset({"n/a", "na", "n/k", "..", "...", "…", "tbc", "tba", "*", "x", ":", "[c]", "[x]", "[z]", "?"})
MARKS = re.compile(r"(?:[*†‡]+|\[\w+\])$")
NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-−–+])?\s*(?P<pound>[£$€])?\s*(?P<inner>[-−])?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u2009\u202f]\d{3})+|\d+)(?P<decimals>\.\d+)?\s*"
    r"(?P<unit>%|k|K|m|M|mn|bn|million|billion|thousand)?\s*(?P<close>\))?\s*(?P<end>CR|Cr|cr|DR|Dr|dr|-|−)?"
)
UNITS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
"""By how many places a unit moves a figure."""
IN_THOUSANDS = re.compile(r"[£$€]\s*['’]?0{3,6}(?:['’]?s)?")
"""A heading that says in what units a column is, and no figure."""
YEAR = re.compile(r"(?:FY\s*)?(?:19|20)\d\d(?:\s*[/–-]\s*(?:\d\d|\d{4}))?(?:\s*[^\d,.\s].{0,12})?")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says. `value` is None where no number stands or is known; blanks and dashes count as zero.

    `places` are those behind the point of the value: -5 in "£1.3m", which is known to the nearest 100,000.
    """

    text: str
    kind: Kind
    value: Decimal | None = None
    percent: bool = False
    places: int = 0

    @property
    def printed(self) -> bool:
        """Say whether a figure stands here: a number, a dash, or a mark for one that is not known."""
        return self.kind in ("number", "nil", "unknown")


@lru_cache(maxsize=4096)
def read_figure(text: str) -> Figure:
    """Return the figure in a cell.

    >>> [read_figure(text).value for text in ("1,282", "£1,060.50", "(58)", "58-", "120 CR", "-", "300 ", "£1.3m")]
    [Decimal('1282'), Decimal('1060.50'), Decimal('-58'), Decimal('-58'), Decimal('-120'), Decimal('0'), \
Decimal('300'), Decimal('1.3E+6')]
    >>> read_figure("1,28").kind, read_figure("tbc").kind, read_figure("").kind, read_figure("1,O60").kind
    ('text', 'unknown', 'blank', 'text')
    """
    plain = text.replace("\u00a0", " ").strip()
    if not plain:
        return Figure(plain, "blank", Decimal(0))
    if plain.lower() in NIL:
        return Figure(plain, "nil", Decimal(0))
    if plain.lower() in UNKNOWN:
        return Figure(plain, "unknown")
    found = NUMBER.fullmatch(MARKS.sub("", plain).strip()) if not IN_THOUSANDS.fullmatch(plain) else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return Figure(plain, "text")
    number = Decimal(re.sub(r"[^\d]", "", found["whole"]) + (found["decimals"] or ""))
    moved = UNITS.get((found["unit"] or "").lower(), 0)
    number = number.scaleb(moved) if moved else number
    minuses = (found["open"], found["sign"] in ("-", "−", "–"), found["inner"], (found["end"] or "").lower() in MINUS)
    if sum(bool(one) for one in minuses) > 1:
        return Figure(plain, "text")
    places = max(0, len(found["decimals"] or ".") - 1) - moved
    return Figure(plain, "number", -number if any(minuses) else number, found["unit"] == "%", places)


def shown(value: Decimal, like: str) -> str:
    """Return a value as a cell of its table shows one: with its sign of money, its unit and its places.

    >>> shown(Decimal(83_900_000), "£83.8m"), shown(Decimal("-12"), "1,200.00"), shown(Decimal(5), "-")
    ('£83.9m', '−12.00', '5')
    """
    found = NUMBER.fullmatch(MARKS.sub("", like.replace("\u00a0", " ").strip()).strip())
    pound, unit = (found["pound"] or "", found["unit"] or "") if found else ("", "")
    value = value.scaleb(-UNITS.get(unit.lower(), 0))
    least = max(0, len(found["decimals"] or ".") - 1) if found else 0
    places = max(least, -int(value.normalize().as_tuple().exponent))
    sign = "−" if value < 0 else ""
    space = " " if len(unit) > 2 else ""
    return f"{sign}{pound}{abs(value):,.{places}f}{space}{unit}"


MINUS = frozenset({"cr", "-", "−"})


def is_year(text: str) -> bool:
    """Say whether a heading names a year.

    >>> is_year("2008/09"), is_year("2008-2009 £000's"), is_year("1,282"), is_year("2008")
    (True, True, False, True)
    """
    return YEAR.fullmatch(text.replace("\u00a0", " ").strip()) is not None
