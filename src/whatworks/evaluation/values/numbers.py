"""Read a column of numbers as its author wrote them, and know a number in disguise from a kind of people."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from whatworks.evaluation.values.cleaning import PLAIN_NUMBER, cleaned
from whatworks.evaluation.values.settings import ColumnSettings

_CURRENCY = r"[£$€¥']|GBP|EUR|USD"
"""What may stand before a number: currencies, and the apostrophe by which Excel keeps a number as text."""
_DIGITS = r"(?:\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
_NUMBER = re.compile(rf"^[+-]?{_DIGITS}$", re.ASCII)
_BEFORE = re.compile(rf"^([+-]?)\s*({_CURRENCY})\s*([+-]?{_DIGITS})$", re.ASCII)
_AFTER = re.compile(
    rf"^([+-]?{_DIGITS})\s*({_CURRENCY}|%|per cent|[^\W\d_][^\W\d_.]*(?:\.[^\W\d_]+)*(?: [^\W\d_]+)?\.?)$"
)
_BRACKETED = re.compile(rf"^\(\s*(?:{_CURRENCY})?\s*{_DIGITS}\s*\)$", re.ASCII)
_BOUND = re.compile(
    rf"^(?:[<>≤≥~]=?|under|over|about|c\.?)\s*{_DIGITS}$|^{_DIGITS}\s*(?:\+|\?|\*|or more|and over)$", re.I
)
_RANGE = re.compile(r"^\d+\s*(?:-|–|to)\s*\d+\b")
_ORDINAL = ("st", "nd", "rd", "th")
_SPACES = "[ \u00a0\u2009\u202f]"
MOST_UNITS = 3
"""A column whose numbers are followed by more different words than this holds no unit, but names or codes."""


def read_numbers(values: pl.Series, settings: ColumnSettings) -> pl.Series:
    r"""Return a column's numbers, null where a text is none as the settings say that numbers are written.

    >>> read_numbers(pl.Series(["12", "1.5e3", "34 years", "inf"]), ColumnSettings()).to_list()
    [12.0, 1500.0, None, None]
    >>> pounds = ColumnSettings(unit=("years", "£"), decimal=",", thousands=".")
    >>> read_numbers(pl.Series(["34 years", "£1.234,5", "1.2345"]), pounds).to_list()
    [34.0, 1234.5, None]
    """
    text = pl.col("text")
    for unit in sorted(settings.units, key=len, reverse=True):
        word = re.escape(unit)
        text = text.str.replace(rf"(?i)^([+-]?)\s*{word}\s*([+-]?[\d.,])", "${1}${2}")
        text = text.str.replace(rf"(?i)^(.*[\d.])\s*{word}$", "${1}")
    point = re.escape(settings.decimal or ".")
    if settings.thousands is not None:
        sign = _SPACES if settings.thousands == " " else re.escape(settings.thousands)
        grouped = text.str.contains(rf"^[+-]?\d{{1,3}}(?:{sign}\d{{3}})+(?:{point}\d+)?$")
        text = pl.when(grouped).then(text.str.replace_all(sign, "")).otherwise(text)
    if settings.decimal == ",":
        text = pl.when(text.str.contains(r"^[+-]?\d*,?\d*$")).then(text.str.replace(",", ".", literal=True))
    number = pl.when(text.str.contains(PLAIN_NUMBER)).then(text.cast(pl.Float64, strict=False))
    return (
        values.rename("text").to_frame().select(pl.when(number.is_finite()).then(number).alias(values.name)).to_series()
    )


@dataclass(slots=True)
class Disguise:
    """What the texts of a column that are not numbers seem to be, with their rows."""

    numbers: dict[str, int] = field(default_factory=dict)
    """Numbers written in another way than the settings say."""
    bounds: dict[str, int] = field(default_factory=dict)
    """What says of a number only that it is above or below another, as <5 or 10+."""
    others: dict[str, int] = field(default_factory=dict)
    ranges: bool = False
    units: Counter[str] = field(default_factory=Counter)
    hidden: bool = False
    """Whether some are numbers once signs that nobody sees are taken out, or written in the ordinary width."""
    commas: bool = False
    """Whether some have a comma that can only be a decimal point."""
    groups: Counter[str] = field(default_factory=Counter)

    def settings(self) -> list[str]:
        """Return the settings by which such numbers are read, as a protocol has them."""
        found = ['clean = ["characters"]'] if self.hidden else []
        if self.commas:
            found.append('decimal = ","')
        found += [f'thousands = "{sign}"' for sign in sorted(self.groups) if not (sign == "," and self.commas)]
        units = [unit for unit, _ in sorted(self.units.items(), key=lambda one: (-one[1], one[0]))]
        quoted = ", ".join(f'"{unit}"' for unit in units)
        return [*found, *([f"unit = [{quoted}]" if units[1:] else f"unit = {quoted}"] if units else [])]


def disguised(counts: Mapping[str, int]) -> Disguise:
    r"""Return what a column's texts that are not read as numbers seem to be.

    >>> disguised({"34 years": 5, "35 year": 1}).settings()
    ['unit = ["years", "year"]']
    >>> disguised({"1,5": 5}).settings(), disguised({"£1,234": 5}).settings()
    (['decimal = ","'], ['thousands = ","', 'unit = "£"'])
    >>> disguised({"34 y.o.": 5}).settings()
    ['unit = "y.o."']
    >>> disguised({"'34": 5}).settings(), read_numbers(pl.Series(["'34"]), ColumnSettings(unit="'")).to_list()
    (['unit = "\'"'], [34.0])
    >>> disguised({"18-24": 9, "25+": 3}).ranges, disguised({"1st": 9, "E12": 3}).others
    (True, {'1st': 9, 'E12': 3})
    """
    found = Disguise()
    with_units: dict[str, str] = {}
    for text, rows in counts.items():
        plain = cleaned(text, ["characters", "spaces"])
        digits, unit = _parts(plain)
        if digits is None:
            found.ranges |= bool(_RANGE.match(plain))
            kind = found.bounds if _BOUND.match(plain) else found.others
            kind[text] = rows
            continue
        found.numbers[text] = rows
        found.hidden |= unicodedata.normalize("NFC", text) != plain and bool(_PLAIN_OR_UNIT.match(plain))
        if unit:
            with_units[text] = unit
            found.units[unit] += rows
        _note_signs(digits, found)
    if len({unit.casefold().rstrip(".s") for unit in found.units}) > MOST_UNITS:
        for text in with_units:
            found.others[text] = found.numbers.pop(text)
        found.units.clear()
    return found


_PLAIN_OR_UNIT = re.compile(rf"^[^\d.,+-]*[+-]?{_DIGITS}", re.ASCII)


def _parts(text: str) -> tuple[str | None, str]:
    """Return the digits of a number in disguise, and its unit; None where a text is not a number.

    >>> _parts("34 years"), _parts("£1,234"), _parts("1,5"), _parts("(12)"), _parts("12A"), _parts("2nd")
    (('34', 'years'), ('1,234', '£'), ('1,5', ''), ('12', ''), (None, ''), (None, ''))
    """
    if _NUMBER.match(text):
        return text, ""
    if found := _BEFORE.match(text):
        return found[3], found[2]
    if _BRACKETED.match(text):
        return text.strip("() "), ""
    found = _AFTER.match(text)
    if found is None or found[2].casefold() in _ORDINAL or (len(found[2]) == 1 and found[2].isupper()):
        return None, ""
    return found[1], found[2]


def _note_signs(digits: str, found: Disguise) -> None:
    if digits.count(",") == 1 and "." not in digits and not re.search(r"\d,\d{3}$", digits):
        found.commas = True
    elif digits.count(",") == 1 and re.search(r"\..*,", digits):
        found.commas = True
        found.groups["."] += 1
    else:
        for sign in (",", " ", "'"):
            found.groups[sign] += sign in digits
        if digits.count(".") > 1:
            found.groups["."] += 1
    found.groups = Counter({sign: rows for sign, rows in found.groups.items() if rows})
