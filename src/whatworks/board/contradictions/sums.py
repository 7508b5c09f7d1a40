"""Sums that do not foot: in cost tables, and in sentences that give a sum and its parts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from whatworks.board.contradictions.record import Contradiction, RecordPaper
from whatworks.board.contradictions.wording import plain
from whatworks.board.parsed import SumFault

MONEY = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(million|m|bn|billion|k|thousand)?\b", re.IGNORECASE)
SCALES = {"million": 10**6, "m": 10**6, "bn": 10**9, "billion": 10**9, "k": 1000, "thousand": 1000, "": 1}
PARTS = re.compile(r"(£[^()]{1,80})\(([^()]*£[^()]*£[^()]*)\)")
NO_SUM = re.compile(
    r"\b(?:20\d\d|each|of which|includ\w+|up from|down from|compared|against|previous\w*|per|or)\b", re.IGNORECASE
)
CELL = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?![\w.])")


def sums(papers: tuple[RecordPaper, ...]) -> Iterator[Contradiction]:
    """Yield each printed sum that its parts do not come to."""
    for paper in papers:
        for fault in paper.parsed.table_faults:
            yield in_table(paper, fault, papers)
        for paragraph, text in paper.texts:
            for found in PARTS.finditer(text):
                finding = in_sentence(paper, paragraph.lines, found)
                if finding:
                    yield finding


def in_table(paper: RecordPaper, fault: SumFault, papers: tuple[RecordPaper, ...]) -> Contradiction:
    """Return a table's fault, with another row of the same parts and another sum where the record has one."""
    what = f"the row {fault.row!r}" if fault.across else f"{fault.row!r} in the column {fault.column!r}"
    quotes = [paper.quote(fault.lines)]
    if fault.across:
        quotes += [one.quote((line, line)) for one, line in same_parts(fault, paper, papers)[:1]]
    else:
        quotes += [
            paper.quote(other.lines)
            for other in paper.parsed.table_faults
            if other.across and other.lines != fault.lines and other.printed - other.sum == -(fault.printed - fault.sum)
        ][:1]
    return Contradiction(
        "sums",
        f"{fault.row}: {fault.printed:,} is printed, {fault.sum:,} is the sum",
        f"In {what} of {fault.table!r}, {fault.printed:,} is printed; the parts come to {fault.sum:,}.",
        tuple(quotes),
        "Which figure is right, and does rounding explain the difference?",
        f"the parts come to {fault.sum:,}",
    )


def same_parts(fault: SumFault, paper: RecordPaper, papers: tuple[RecordPaper, ...]) -> list[tuple[RecordPaper, int]]:
    """Return other lines whose figures are the row's parts with another sum."""
    *parts, _ = cells(paper.document.between(fault.lines)) or [Decimal(0)]
    if len(parts) < 2:
        return []
    return [
        (one, line.number)
        for one in papers
        for line in one.document.lines
        if (found := cells(line.text))[:-1] == parts and found[-1] != fault.printed
    ]


def cells(line: str) -> list[Decimal]:
    """Return the numbers of a line.

    >>> cells("Staff 58 1,058 - 34")
    [Decimal('58'), Decimal('1058'), Decimal('34')]
    """
    return [Decimal(found.replace(",", "")) for found in CELL.findall(plain(line))]


def in_sentence(paper: RecordPaper, lines: tuple[int, int], found: re.Match[str]) -> Contradiction | None:
    """Return a sum in prose that its parts in brackets do not come to, or None."""
    totals, parts = list(MONEY.finditer(found[1])), list(MONEY.finditer(found[2]))
    if not totals or len(parts) < 2 or NO_SUM.search(found[2]):
        return None
    total, come = pounds(totals[-1]), sum((pounds(part) for part in parts), Decimal(0))
    if abs(total - come) <= sum((rounding(part) for part in (totals[-1], *parts)), Decimal(0)):
        return None
    return Contradiction(
        "sums",
        f"£{total:,} is printed, £{come:,} is the sum",
        f"On {paper.when}, £{total:,} is followed by parts that come to £{come:,}.",
        (paper.quote(lines, totals[-1][0]),),
        "Which figure is right, or what is left out?",
        f"the parts come to £{come:,}",
    )


def rounding(found: re.Match[str]) -> Decimal:
    """Return by how many pounds a printed amount may be rounded, up to a twentieth: none where it stands in pounds."""
    scale = SCALES[(found[2] or "").lower()]
    decimals = len(found[1].partition(".")[2])
    return min(Decimal(scale) / Decimal(10) ** decimals / 2, pounds(found) / 20) if scale > 1 else Decimal(0)


def pounds(found: re.Match[str]) -> Decimal:
    """Return an amount in pounds."""
    return (Decimal(found[1].replace(",", "")) * SCALES[(found[2] or "").lower()]).normalize() + 0
