"""Find the money, rates, counts and dates that a paper mentions, and how many people a rate rests on."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from whatworks.board.parsed import FigureKind, PrintedFigure
from whatworks.board.reading.outline import Unit
from whatworks.board.reading.printed_date import find_dates, find_months
from whatworks.board.reading.sentence import TextSentence, sentences

_MONEY = re.compile(
    r"£\s?(?P<value>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>million|billion|thousand|bn|[mkMK](?![a-z]))?", re.IGNORECASE
)
_RATE = re.compile(r"(?<![\d.])(?P<value>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
_SCALES = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "thousand": 10**3, "k": 10**3}
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_THINGS = (
    r"districts?|boroughs?|pilots?|pilot (?:sites?|areas?|projects?)|sites?|wards?|areas?|people|offenders?"
    r"|victims?|officers?|constables|"
    r"PCSOs?|police officers|staff|agencies|partners|boards?|groups?|strands?|teams?|cases|offences|incidents"
    r"|households"
    r"|children|young people|places|beds?|refuges?|schools?|years?|months?|metrics|risks|recommendations"
)
_COUNT = re.compile(
    rf"(?<![\d£.,/-])\b(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(_WORDS)})\s+(?P<what>(?:(?:key|priority|other|potential|Diamond"
    rf"|pilot|local|new|additional|multi-agency|[a-z]+-[a-z]+)\s+){{0,2}}(?:{_THINGS}))\b",
    re.IGNORECASE,
)
_CASES = (
    r"(?:people|offenders|victims|cases|offences|incidents|residents|respondents|participants|referrals|children"
    r"|households)"
)
_BASE = re.compile(
    rf"\bfrom\s+\d[\d,]*\s+to\s+\d[\d,]*\s+(?:\w+\s+){{0,2}}?{_CASES}\b|"
    r"\(?\b[nN]\s*=\s*[\d,]+|\b\d[\d,]*\s*(?:out of|of(?: the)?|/)\s*(?:the\s+)?\d[\d,]*\b"
    rf"|\bof\s+(?:the\s+|all\s+|some\s+)?\d[\d,]*\s+(?:\w+\s+){{0,2}}?{_CASES}\b"
)


def find_figures(units: Sequence[Unit]) -> Iterator[PrintedFigure]:
    """Yield the figures of the running text, in order; those of tables stay in the tables."""
    for unit in units:
        if unit.role in ("paragraph", "entry"):
            for sentence in sentences(unit.block.text):
                yield from _of_sentence(unit, sentence)


def _of_sentence(unit: Unit, sentence: TextSentence) -> Iterator[PrintedFigure]:
    found: list[tuple[int, PrintedFigure]] = []
    text, begun = sentence.text, sentence.start
    base = _BASE.search(text)
    for one in _MONEY.finditer(text):
        value = _number(one.group("value")) * _SCALES.get((one.group("scale") or "").lower(), 1)
        found.append((one.start(), _figure(unit, begun, one, "money", value, "GBP", None)))
    for one in _RATE.finditer(text):
        rate = _figure(
            unit, begun, one, "rate", _number(one.group("value")), "per cent", base.group() if base else None
        )
        found.append((one.start(), rate))
    for one in _COUNT.finditer(text):
        printed = one.group("value").lower()
        count = Decimal(_WORDS[printed]) if printed in _WORDS else _number(printed)
        found.append((one.start(), _figure(unit, begun, one, "count", count, one.group("what"), None)))
    for day in find_dates(text):
        on = day.on()
        lines = unit.block.lines_of(begun + day.start, begun + day.end)
        found.append((day.start, PrintedFigure("date", day.text, None, None, on, on, None, unit.number, lines)))
    for named, first, last in find_months(text):
        at = text.find(named)
        lines = unit.block.lines_of(begun + at, begun + at + len(named))
        found.append((at, PrintedFigure("date", named, None, None, first, last, None, unit.number, lines)))
    yield from (figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def _figure(
    unit: Unit, begun: int, one: re.Match[str], kind: FigureKind, value: Decimal, what: str, base: str | None
) -> PrintedFigure:
    lines = unit.block.lines_of(begun + one.start(), begun + one.end())
    return PrintedFigure(kind, one.group().strip(), value, what, None, None, base, unit.number, lines)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
