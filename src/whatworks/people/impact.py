"""Cumulative impact: what is proven of each person and what is only alleged, in two columns that are never summed."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from whatworks.people.contacts import contacts
from whatworks.people.rule import ListRule
from whatworks.records.engine import Engine


def impact(engine: Engine, rule: ListRule, on: date, edition: str, people: Iterable[str]) -> pl.DataFrame:
    """Return for each of these people (linked numbers) what is proven and what is alleged within the rule's window.

    Columns: linked_id, proven, proven_weight, alleged, alleged_weight (cases, however many agencies report one, and
    the sum of their gravest weights in the named edition), and cleared: cases left out, since the person was acquitted
    or there was no crime. Nothing adds the two up, and rows stand in the order of linked numbers.
    """
    first, last = rule.window(on)
    found = contacts(engine, ("offence", "allegation"), first, last, edition)
    cases = found.filter(pl.col("linked_id").is_in(list(people)), pl.col("role") != "victim").group_by(
        "linked_id", "event").agg(pl.col("proven").any(), cleared=(pl.col("role") == "cleared").any(),
                                  weight=pl.col("seriousness").max().fill_null(0) / 100)  # fmt: skip
    proven, cleared = pl.col("proven"), pl.col("cleared") & ~pl.col("proven")
    alleged = ~proven & ~cleared
    return cases.group_by("linked_id").agg(
        proven.sum().alias("proven"), pl.col("weight").filter(proven).sum().alias("proven_weight"),
        alleged.sum().alias("alleged"), pl.col("weight").filter(alleged).sum().alias("alleged_weight"),
        cleared.sum().alias("cleared"),
    ).sort("linked_id")  # fmt: skip


def impact_words(row: dict[str, float] | None) -> str:
    """Return one person's row in words, the two counts apart.

    >>> impact_words({"proven": 2, "proven_weight": 40.0, "alleged": 5, "alleged_weight": 9.0, "cleared": 1})
    'proven 2 (weight 40); alleged, not proven 5 (weight 9); 1 cleared and left out'
    """
    if row is None:
        return "no offence is laid to the person"
    return (
        f"proven {row['proven']} (weight {row['proven_weight']:g}); alleged, not proven {row['alleged']} (weight "
        f"{row['alleged_weight']:g}); {row['cleared']} cleared and left out"
    )
