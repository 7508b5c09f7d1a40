"""Read the tables of a report: risks with their responses, abbreviations, and figures whose sums do not foot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from whatworks.board.parsed import Abbreviation, PrintedRisk, SumFault
from whatworks.board.reading.block import plain
from whatworks.records.documents import Document, Grid, Line

_RISK_HEAD = re.compile(
    r"^(?:identified )?risks?\b.*\b(?:response|responses|mitigations?|actions?|controls?)$", re.IGNORECASE
)
_RISK_CELL = re.compile(r"^(?:(?:identified |strategic |key )?risks?(?: description)?)$", re.IGNORECASE)
_RESPONSE_CELL = re.compile(r"^(?:risk )?(?:responses?|mitigations?|controls?|mitigating actions?)$", re.IGNORECASE)
_SHORT_FORMS = re.compile(r"^(?:abbreviations|glossary|acronyms)(?: (?:and|of) .*)?:?$", re.IGNORECASE)
_SHORT = re.compile(r"^[A-Z][A-Za-z&/-]{1,7}s?$")
_PAIR = re.compile(r"^(?P<short>[A-Z][A-Za-z&/-]{1,9})\s*(?:\t|\s[–—-]\s|:\s|\s{2,})\s*(?P<long>[A-Z].+)$")
_SEAM = re.compile(r"(?<=[a-z)])\s+(?=[A-Z][a-z])")
_CAPTION = re.compile(r"^table\s+\w+\s*[:.–-]", re.IGNORECASE)


@dataclass(slots=True)
class Tables:
    """What the tables of a paper say, and which lines are theirs."""

    risks: list[PrintedRisk] = field(default_factory=list)
    abbreviations: list[Abbreviation] = field(default_factory=list)
    faults: list[SumFault] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)


def read_tables(document: Document, first: int, last: int) -> Tables:
    """Return what the tables between two lines say."""
    tables = Tables()
    grids = [grid for grid in document.tables if first <= grid.lines[0] and grid.lines[1] <= last]
    for grid in grids:
        if _risk_columns(grid):
            tables.risks += _risks_of(grid)
            tables.placed.update(range(grid.lines[0], grid.lines[1] + 1))
        elif _is_of_figures(grid):
            tables.faults += faults_of(grid)
            tables.placed |= _lines_of(grid, document)
    lines = document.lines[first - 1 : last]
    _read_loose_risks(lines, tables)
    _read_abbreviations(lines, tables)
    return tables


def faults_of(grid: Grid) -> Iterator[SumFault]:
    """Yield the sums of a table that do not foot, as the money room finds them."""
    from whatworks.money.tables import check_table

    for fault in check_table(grid):
        if fault.printed is None or fault.recomputed is None:
            continue
        place = fault.place
        yield SumFault(
            grid.name,
            place.row_label,
            place.column_label,
            Decimal(fault.printed),
            Decimal(fault.recomputed),
            fault.along == "row",
            (place.line, place.line),
        )


def _is_of_figures(grid: Grid) -> bool:
    rows = [row for row in grid.rows if any(cell.text for cell in row)]
    held = sum(sum(bool(re.search(r"\d", cell.text)) for cell in row[1:]) >= 1 and len(row) > 2 for row in rows)
    values = [cell.text for row in rows for cell in row[1:] if cell.text]
    figures = sum(bool(re.fullmatch(r"[(\-−–]?£?\d[\d,.]*(?:%|[km])?\)?|-|–", text.strip())) for text in values)
    return held >= 3 and figures * 10 >= len(values) * 6


def _lines_of(grid: Grid, document: Document) -> set[int]:
    """Return the lines of a table with its captions and the note in brackets below it."""
    held = set(range(grid.lines[0], grid.lines[1] + 1))
    bare = _CAPTION.sub("", grid.name).strip()
    for line in document.lines[max(0, grid.lines[0] - 4) : grid.lines[1] + 5]:
        text = plain(line.text)
        noted = line.number > grid.lines[1] and text.startswith("(") and text.endswith(")")
        if text and (text in (grid.name, bare) or noted):
            held.add(line.number)
    return held


def _risk_columns(grid: Grid) -> tuple[int, int | None] | None:
    head = [cell.text.strip(" :") for cell in grid.rows[0]] if grid.rows else []
    risk = next((n for n, text in enumerate(head) if _RISK_CELL.match(text)), None)
    if risk is None:
        return None
    return risk, next((n for n, text in enumerate(head) if _RESPONSE_CELL.match(text)), None)


def _risks_of(grid: Grid) -> Iterator[PrintedRisk]:
    columns = _risk_columns(grid)
    for row in grid.rows[1:]:
        texts = [cell.text for cell in row]
        if columns and len(texts) > columns[0] and texts[columns[0]].strip():
            response = texts[columns[1]].strip() if columns[1] is not None and len(texts) > columns[1] else None
            yield PrintedRisk(texts[columns[0]].strip(), response or None, row[0].lines)


def _read_loose_risks(lines: Sequence[Line], tables: Tables) -> None:
    """Read a table of risks whose columns nothing separates: a response begins at the first capital within a row."""
    for at, line in enumerate(lines):
        if line.number in tables.placed or not _RISK_HEAD.match(plain(line.text)):
            continue
        if "and" in plain(line.text).lower().split() and at + 1 < len(lines) and plain(lines[at + 1].text):
            tables.placed.add(line.number)  # the caption above the header
            continue
        tables.placed.add(line.number)
        for row in lines[at + 1 :]:
            text = plain(row.text)
            if not text:
                break
            seam = _SEAM.search(text)
            parts = (text[: seam.start()], text[seam.end() :]) if seam else (text, None)
            tables.risks.append(
                PrintedRisk(parts[0], parts[1], (row.number, row.number), split_inferred=seam is not None)
            )
            tables.placed.add(row.number)
        _place_caption(lines[at:], tables)


def _place_caption(lines: Sequence[Line], tables: Tables) -> None:
    for line in lines[:30]:
        if _CAPTION.match(plain(line.text)):
            tables.placed.add(line.number)
            return


def _read_abbreviations(lines: Sequence[Line], tables: Tables) -> None:
    at = next((n for n, line in enumerate(lines) if _SHORT_FORMS.match(plain(line.text))), None)
    if at is None:
        return
    held = [line for line in lines[at + 1 :] if plain(line.text)]
    begun = len(tables.abbreviations)
    n = 0
    while n < len(held):
        pair = _PAIR.match(held[n].text.strip())
        if pair:
            _add(tables, pair.group("short"), pair.group("long"), held[n].number, held[n].number)
            n += 1
        elif n + 1 < len(held) and _SHORT.match(plain(held[n].text)) and held[n + 1].number - held[n].number <= 2:
            _add(tables, plain(held[n].text), plain(held[n + 1].text), held[n].number, held[n + 1].number)
            n += 2
        else:
            break
    if len(tables.abbreviations) > begun:
        tables.placed.add(lines[at].number)


def _add(tables: Tables, short: str, long: str, first: int, last: int) -> None:
    tables.abbreviations.append(Abbreviation(short, long.strip(), (first, last)))
    tables.placed.update(range(first, last + 1))
