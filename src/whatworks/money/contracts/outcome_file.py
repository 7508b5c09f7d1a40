"""Read the counts of a contract from a table, one count a row, and hold its totals to their parts."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from whatworks.money.contracts.outcomes import EVERYONE, Count, Group, Key, Outcomes
from whatworks.money.text_rows import TextRow, read_rows
from whatworks.records.refusal import Fault, Refused

COLUMNS = ("payee", "metric", "period", "count")
OPTIONAL = ("group", "people")
ALL = "all"
"""In place of a payee or a metric: the row is a total, and must be the sum of the others."""
WHOLE = re.compile(r"\d{1,3}(,\d{3})+|\d+")


def read_outcomes(path: Path) -> Outcomes:
    """Read a file of counts (CSV, Excel, ODS, ...) with the columns payee, metric, period and count.

    Optional: `people` of a cohort, and `group` (payee, comparison or national; payee by default). A payee or metric
    "all" is a total, which is checked and left out. Refused with every fault at once.
    """
    notes: list[str] = []
    rows, faults = read_rows(path, _header, notes)
    if faults:
        raise Refused(faults)
    counts: dict[Key, Count] = {}
    totals: dict[Key, Count] = {}
    lines: dict[Key, int] = {}
    for row in rows:
        found, wrong = parsed(row, path.name)
        faults += wrong
        if found is None:
            continue
        key, count = found
        if key in lines:
            problem = (
                f"counts {key.metric} in {key.period} for {key.payee or key.group} again, as row {lines[key]} does"
            )
            faults.append(Fault(problem, "keep one of them", path.name, row.line))
            continue
        lines[key] = row.line
        (totals if ALL in (key.payee, key.metric) else counts)[key] = count
    faults += unequal(counts, totals, lines, path.name)
    if faults:
        raise Refused(faults)
    return Outcomes(counts, path.name, {key: line for key, line in lines.items() if key in counts}, tuple(notes))


def parsed(row: TextRow, file: str) -> tuple[tuple[Key, Count] | None, list[Fault]]:
    """Return the count of a row, or its faults."""
    faults = []
    group = row.text("group") or "payee"
    if group not in get_args(Group):
        remedy = f"write {', '.join(get_args(Group))}, or leave it empty"
        faults.append(Fault("is not a group", remedy, file, row.line, "group", group))
    for column in ("metric", "period", *(("payee",) if group == "payee" else ())):
        if not row.text(column):
            faults.append(Fault("is empty", "fill it in", file, row.line, column))
    numbers: dict[str, int] = {}
    for column in ("count", "people"):
        if column == "people" and not row.text(column):
            continue
        if problem := wrong_number(row.text(column)):
            faults.append(Fault(problem[0], problem[1], file, row.line, column, row.text(column)))
        else:
            numbers[column] = int(row.text(column).replace(",", ""))
    if faults:
        return None, faults
    named: Group = "comparison" if group == "comparison" else "national" if group == "national" else "payee"
    payee = EVERYONE if named != "payee" and row.text("payee") in ("", ALL) else row.text("payee")
    return (
        Key(payee, row.text("metric"), row.text("period"), named),
        Count(numbers["count"], numbers.get("people")),
    ), []


def wrong_number(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a count, and its remedy.

    >>> wrong_number("1,204"), wrong_number("-3")
    (None, ('is a negative count', 'correct it'))
    >>> wrong_number("47.5%")[0]
    'is not a whole number'
    """
    if WHOLE.fullmatch(text):
        return None
    if re.fullmatch(r"[-−]\s*\d[\d,]*", text):
        return "is a negative count", "correct it"
    if not text:
        return "is empty", "fill it in; zero is written 0"
    return "is not a whole number", "give the number counted, and how many people it is of, not a rate"


def unequal(counts: dict[Key, Count], totals: dict[Key, Count], lines: dict[Key, int], file: str) -> Iterator[Fault]:
    """Yield the totals that are not the sum of their parts."""
    sums: dict[Key, list[Count]] = defaultdict(list)
    for key, count in counts.items():
        for payee in (key.payee, ALL):
            for metric in (key.metric, ALL):
                sums[Key(payee, metric, key.period, key.group)].append(count)
    for key, total in totals.items():
        parts = sum(one.count for one in sums[key])
        if parts != total.count:
            problem = f"the total disagrees with its {len(sums[key])} parts, which sum to {parts:,}"
            remedy = "correct the total, or the part that is wrong"
            yield Fault(problem, remedy, file, lines[key], "count", str(total.count))
        people = sum(one.people or 0 for one in sums[key])
        if total.people is not None and key.metric != ALL and people != total.people:
            problem, remedy = f"the total disagrees with its parts, which sum to {people:,}", "correct one of them"
            yield Fault(problem, remedy, file, lines[key], "people", str(total.people))


def _header(header: Sequence[str], file: str) -> Iterator[Fault]:
    known = (*COLUMNS, *OPTIONAL)
    for column in COLUMNS:
        if column not in header:
            yield Fault("is missing from the header", f"the columns are {', '.join(known)}", file, field=column)
    for column in header:
        if column not in known:
            near = get_close_matches(column, known, 1)
            remedy = f'did you mean "{near[0]}"?' if near else f"the columns are {', '.join(known)}"
            yield Fault("is an unknown column", remedy, file, field=column)
