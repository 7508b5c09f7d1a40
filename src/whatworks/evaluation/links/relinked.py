"""Measure people anew under other joinings of their records: only those whose records another joining moves."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.studied.units import AnalysisSample, Periods
from whatworks.linkage.clusters.components import Labels
from whatworks.linkage.doubt.believable import BelievableLinks, changed
from whatworks.measures.prepare import prepare
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine

_SCHEME = """
SELECT DISTINCT i.linked_id FROM participation AS p
JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE p.scheme_id = ?
"""
_RELINKED = """
SELECT organisation_id, person_id, linked_id, method FROM identity
UNION ALL
SELECT organisation_id, person_id, linked_id, 'relinked' AS method FROM relinked
"""


def scheme_records(connection: Engine, links: BelievableLinks, scheme: str) -> NDArray[np.bool_]:
    """Tell of each record whether its person, as joined now, is in the scheme's records."""
    people = {linked_id for (linked_id,) in connection.rows(_SCHEME, [scheme])}
    return np.array([linked_id in people for linked_id in links.linked_id], dtype=np.bool_)


def relinked_units(
    connection: Engine,
    protocol: Protocol,
    settings: MeasureSettings,
    links: BelievableLinks,
    joinings: Sequence[Labels],
) -> list[AnalysisSample]:
    """Return the people to be analysed under each of these joinings; `prepare` must have run on the connection.

    Whoever a joining changes stands once more among the people measured, under a number of that joining's own, and all
    joinings are measured in one go; the others are as they were. What is no case reference is not asked again, since
    the same offences would count for many people. The store itself is not written to.
    """
    moved = [changed(links.joined, label) for label in joinings]
    relinked = pl.concat(
        [_people(links, label, rows, at) for at, (label, rows) in enumerate(zip(joinings, moved, strict=True))]
    )
    with connection.lent("relinked", relinked):
        connection.derive("identity", _RELINKED)
    try:
        prepare(connection, settings, kept=("unusable_reference",))
        units = partnership_units(connection, protocol, settings)
        after = {spec.months for spec in units.specs if spec.design == "difference_in_differences" and spec.months}
        ask = units.periods
        periods = {months: ask(units.people, months) for months in sorted(after)} if ask else {}
    finally:
        connection.drop("identity")
    now = pl.DataFrame({"linked_id": links.linked_id.tolist(), "place": links.joined}).unique()
    places = pl.concat(
        [
            now.with_columns(joining=pl.lit(None, pl.Int64)),
            relinked.select("linked_id", "place", "joining").unique(),
        ]
    )
    known = units.people.select("linked_id").join(places, on="linked_id", how="left", maintain_order="left")
    return [_chosen(units, periods, known, at, set(links.linked_id[rows].tolist())) for at, rows in enumerate(moved)]


def _people(links: BelievableLinks, label: Labels, rows: NDArray[np.bool_], at: int) -> pl.DataFrame:
    records = links.records
    return pl.DataFrame(
        {
            "organisation_id": [records.organisations[code] for code in records.organisation[rows]],
            "person_id": records.person_id[rows].tolist(),
            "linked_id": [f"joining {at}, record {lowest}" for lowest in label[rows]],
            "place": label[rows].astype(np.int32),
            "joining": np.full(int(rows.sum()), at),
        },
        schema_overrides={"organisation_id": pl.String, "person_id": pl.String, "linked_id": pl.String},
    )


def _chosen(
    units: AnalysisSample, periods: dict[int, pl.DataFrame], known: pl.DataFrame, at: int, gone: set[str]
) -> AnalysisSample:
    """Return the people of one joining, in order of their lowest record."""
    kept = (pl.col("joining") == at) | (pl.col("joining").is_null() & ~pl.col("linked_id").is_in(list(gone)))
    order = known.with_row_index("row").filter(kept).sort("place", "row", maintain_order=True)["row"]
    people = units.people[order].drop("unit").with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int64))
    return replace(
        units,
        people=people.with_columns(person=pl.col("place").rank("dense").cast(pl.Int64)),
        covariates=units.covariates[order],
        outcomes=units.outcomes[order],
        periods=_of_chosen(periods, order) if periods else None,
    )


def _of_chosen(periods: dict[int, pl.DataFrame], order: pl.Series) -> Periods:
    """Return what fell into each period of some of those who were measured; `order` are the rows that were chosen."""
    now = pl.DataFrame({"unit": order.cast(pl.Int64), "now": np.arange(len(order))})
    kept = {
        months: frame.join(now, on="unit")
        .with_columns(unit=pl.col("now").cast(pl.Int64))
        .drop("now")
        .sort("unit", "period")
        for months, frame in periods.items()
    }
    return lambda people, months: kept[months].join(people.select("unit"), on="unit", how="semi", maintain_order="left")
