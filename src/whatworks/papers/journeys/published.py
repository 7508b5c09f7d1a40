"""A claim that a part of a journey is the quickest, put to published figures: base, year, and what it cannot say."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from whatworks.journeys.published import PublishedRow, PublishedTimes, misses
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.journeys.words import days, per_cent

MOST_TOLD = 5
"""Rows of a table that are told in sentences."""


def published_answer(found: PublishedTimes, part: str) -> Answer:
    """Return whether a part is the quickest in each row, with base and year."""
    return Answer(
        title=f"Is {words(part)} the quickest part?",
        sentences=tuple(_sentences(found, part)),
        tables=(_table(found, part),),
        figures=figures(found, part),
        item="Timeliness",
        prepared_for="The board",
    )


def words(part: str) -> str:
    """Return a part as a page says it.

    >>> words("charge_to_first_list")
    'charge to first list'
    """
    return part.replace("_", " ")


def _sentences(found: PublishedTimes, part: str) -> Iterator[str]:
    holds = [row for row in found.rows if row.is_quickest(part)]
    verdict = (
        "holds in every row" if len(holds) == len(found.rows) else "fails" if not holds
        else f"holds in {len(holds)} of {len(found.rows)} rows"
    )  # fmt: skip
    when = ", ".join(dict.fromkeys(row.when for row in found.rows))
    yield f"The claim that {words(part)} is the quickest part {verdict}, by the mean days of {when} ({found.file})."
    for row in found.rows if len(found.rows) <= MOST_TOLD else ():
        quickest = min(row.means, key=lambda name: row.means[name])
        yield (
            f"{row.place}, {row.court}, {row.when}, {row.base:,} defendants: {words(part)} took "
            f"{days(row.means[part])} of {days(row.total)} days on average, {per_cent(row.share(part))}; the "
            f"quickest was {words(quickest)} with {days(row.means[quickest])}."
        )
    if part.startswith("offence_to"):
        yield f"{words(part).capitalize()} includes the time before the police knew of the offence."
    if any(row.medians for row in found.rows):
        yield "Medians stand beside the means and are not added: the median of the whole is not the sum of its parts'."
    if off := [row.place for row in misses(found.rows)]:
        yield f"The parts' means do not come to the printed whole by rounding: {', '.join(dict.fromkeys(off))}."
    yield f"These are figures of {when}: for another year they say nothing; put that year's table to the same test."


def _table(found: PublishedTimes, part: str) -> Rows[PublishedRow]:
    def mean(name: str, row: PublishedRow) -> str:
        return f"{days(row.means[name])} ({days(row.medians[name])})" if name in row.medians else days(row.means[name])

    def whole(row: PublishedRow) -> str:
        if row.whole_mean is None:
            return days(row.total)
        return f"{days(row.whole_mean)}" + ("" if row.whole_median is None else f" ({days(row.whole_median)})")

    return Rows(
        name="Parts",
        title="Mean days, and the median in brackets",
        rows=found.rows,
        columns=(
            TableColumn("Place", lambda row: row.place, width=1.6),
            TableColumn("Courts", lambda row: row.court, width=1.2),
            TableColumn("When", lambda row: row.when),
            TableColumn("Defendants", lambda row: row.base, numeric=True),
            *(TableColumn(words(name).capitalize(), partial(mean, name), numeric=True) for name in found.parts),
            TableColumn("Whole, as printed", whole, numeric=True),
            TableColumn(f"Share of {words(part)}", lambda row: per_cent(row.share(part)), numeric=True),
            TableColumn("Quickest", lambda row: "yes" if row.is_quickest(part) else "no"),
        ),
    )


def figures(found: PublishedTimes, part: str) -> dict[str, Any]:
    """Return the figures of each row, and whether the claim holds there."""
    rows = [
        asdict(row) | {"total_of_parts": row.total, "share": row.share(part), "quickest": row.is_quickest(part)}
        for row in found.rows
    ]
    return {"file": found.file, "part": part, "holds": all(row["quickest"] for row in rows), "rows": rows}
