"""Shares by a day, of people or losses that are still watched: which days may be shown, and their table."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import polars as pl

from whatworks.journeys.watch import UNSEEN, WatchedDay
from whatworks.papers.answer import Rows, TableColumn
from whatworks.papers.disclosure.nested import FEWEST_FOR_DAYS, Nested
from whatworks.papers.journeys.words import share_words
from whatworks.records.audit.telling import Telling, part

DayRow = tuple[str, int, WatchedDay, bool]
"""Of whom, of how many, what by which day, and whether it may be shown."""


def day_rows(
    told: Telling, name: str, whole: str, rows: pl.DataFrame, days: Sequence[WatchedDay], minimum: int
) -> list[DayRow]:
    """Return the rows of a group by day; one is shown where no way has few by then, beside earlier papers too.

    `rows` have `unit`, `days` and `way` (None while watched); `whole` names all of them.
    """
    told.whole(whole, rows["unit"])
    found = []
    for day in days:
        gone, column = pl.col("way").is_not_null() & (pl.col("days") <= day.day), f"day {day.day}"
        own = rows.with_columns(pl.when(gone).then("way").otherwise(pl.lit(UNSEEN)).alias(column))
        told.parts(whole, own, column, among=True, divides=f"{whole} by day")
        names = (whole, *(part(whole, (column, way)) for way in day.shares))
        few = rows.height < FEWEST_FOR_DAYS or any(map(Nested(minimum).sensitive, own.group_by(column).len()["len"]))
        found.append((name, rows.height, day, not few and told.tells(*names)))
    return found


def day_table(
    name: str, title: str, rows: Iterable[DayRow], ways: Mapping[str, str], unit: tuple[str, int] = ("Within days", 1)
) -> Rows[DayRow]:
    """Return the table of rows by day; `ways` are the headings of the shares, `unit` what a day is divided by."""

    def share(way: str, row: DayRow) -> str:
        found = row[2].shares.get(way)
        return "c" if not row[3] else "0.0%" if found is None else share_words(found.value, found.low, found.high)

    return Rows(
        name=name,
        title=title,
        rows=list(rows),
        columns=(
            TableColumn("Of", lambda row: row[0], width=1.4),
            TableColumn(unit[0], lambda row: row[2].day // unit[1], numeric=True),
            TableColumn("Number", lambda row: row[1] if row[3] else "c", numeric=True),
            *(TableColumn(heading, partial(share, way), width=1.6) for way, heading in ways.items()),
        ),
        notes=("Shares of one row add up to 100%; who is watched no longer is in no share after that day.",),
    )
