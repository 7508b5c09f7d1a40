"""What the looks at reading asked and what came of it, beside what chance gives: counts, nobody's name."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.journeys.clearance import clear_parts
from whatworks.records.audit.telling import Telling, part
from whatworks.records.refusal import Refused
from whatworks.records.register.ledger import Row
from whatworks.sharing.access import OUTCOMES
from whatworks.sharing.unusual import KINDS
from whatworks.statistics.limits.funnel import FunnelUnit, funnel

NOTICE = "OFFICIAL. Counts of looks and questions; a question is no evidence about anybody."


def access_answer(
    looks: Sequence[Row], questions: Sequence[Row], readers: pl.DataFrame, minimum: int, told: Telling
) -> Answer:
    """Return the questions of all looks by kind and outcome, and how often readers of each group were asked about.

    `readers` has a row for each who read: `unit`, `asked` (yes or no), and a column for each way of grouping them.
    """
    if not looks:
        raise Refused("no look was made yet", "make one: `whatworks audit unusual --by NAME`")
    expected = sum(look["expected_false"] for look in looks)
    kinds = clear_parts({kind: sum(row["kind"] == kind for row in questions) for kind in KINDS}, minimum)
    came = clear_parts({name: sum(row["outcome"] == name for row in questions) for name in OUTCOMES}, minimum)
    told.whole("questions", [str(row["id"]) for row in questions])
    about = {KINDS[kind]: count for kind, count in kinds.items()}
    tables: list[Rows[Any]] = [_counts("Kinds", "Questions by what they are about", about),
              _counts("Outcomes", "Questions by what the reviewer found", came)]  # fmt: skip
    sentences = [
        f"{len(looks)} looks, from {looks[0]['last_on']} to {looks[-1]['last_on']}, made "
        f"{sum(look['tests'] for look in looks):,} tests and asked "
        f"{told.count('questions', Nested(minimum).publish(len(questions)))} questions.",
        f"Chance alone gives {expected:.2g} questions in so many looks, {52 * expected / len(looks):.1f} in a year of "
        f"weekly ones. A rule p < .001 by Poisson would have flagged "
        f"{sum(look['by_poisson'] for look in looks):.1f} readers by chance.",
    ]
    for column in [name for name in readers.columns if name not in ("unit", "asked")]:
        rows = readers.with_columns(pl.col(column).fill_null("not known"))
        units = _units(rows, column)
        out = [f"{one.name} ({one.outside})" for one in units if one.outside and one.n >= minimum]
        sentences.append(
            f"By {column.replace('_', ' ')}, beyond what chance gives (funnel limits of 95% and 99.8%): "
            f"{', '.join(out) or 'no group'}."
        )
        told.parts("readers", rows, column, "asked")
        tables.append(_groups(column, units, minimum, told))
    return Answer(
        "Unusual reading of records", tuple(sentences), tuple(tables), item="Integrity", notice=NOTICE,
        prepared_for="The integrity lead", as_at=looks[-1]["last_on"],
    )  # fmt: skip


def _units(rows: pl.DataFrame, column: str) -> tuple[FunnelUnit, ...]:
    counts = rows.group_by(column).agg((pl.col("asked") == "yes").sum().alias("asked"), pl.len()).sort(column)
    return funnel(counts[column].to_list(), counts["asked"].to_list(), counts["len"].to_list()).units


def _counts(name: str, title: str, counts: Mapping[str, Count]) -> Rows[tuple[str, Count]]:
    columns: tuple[TableColumn[tuple[str, Count]], ...] = (
        TableColumn("About", lambda row: row[0].replace("_", " "), width=3.0),
        TableColumn("Questions", lambda row: row[1], numeric=True),
    )
    return Rows(name, title, list(counts.items()), columns)


def _groups(column: str, units: Sequence[FunnelUnit], minimum: int, told: Telling) -> Rows[tuple[str, Count, Count]]:
    sizes = clear_parts({one.name: one.n for one in units}, minimum)
    asked = clear_parts({one.name: one.events for one in units}, minimum)
    rest = clear_parts({one.name: one.n - one.events for one in units}, minimum)
    rows: list[tuple[str, Count, Count]] = []
    for one in units:
        n = told.count(part("readers", (column, one.name)), sizes[one.name])
        few = "c" in (n, asked[one.name], rest[one.name])
        rows.append(
            (one.name, n, "c" if few else told.count(part("readers", (column, one.name), ("asked", "yes")), one.events))
        )
    return Rows(
        f"By {column}", f"Readers who were asked about, by {column.replace('_', ' ')}", rows,
        (TableColumn("Group", lambda row: row[0]), TableColumn("Readers", lambda row: row[1], numeric=True),
         TableColumn("Asked about", lambda row: row[2], numeric=True)),
    )  # fmt: skip
