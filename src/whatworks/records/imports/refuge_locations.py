"""Refuse a file that says where a refuge is: no row of it is kept, not even in quarantine, and no message shows it."""

from collections.abc import Collection, Iterator, Sequence

import polars as pl

from whatworks.records.imports.whole_refusal import FAULTS_SHOWN
from whatworks.records.readers.reading import BrokenRecord
from whatworks.records.refusal import Fault, Refused, shape
from whatworks.records.showing.location import SHAPES, heads_locations, names_a_location

GUARDED = frozenset({"refuge_service", "refuge_referral", "refuge_stay"})
"""Tables in whose files a location is refused in any column, mapped or not."""
REMEDY = "delete it from the file: where a refuge is, is never taken in; its host borough is enough"


def heading_faults(header: Sequence[str], tables: Collection[str], file: str) -> list[Fault]:
    """Return a fault for each heading of a file of refuges that seems to say where they are.

    >>> [str(one) for one in heading_faults(["places", "Post Code", "postcode"], ["refuge_service"], "r.csv")]
    ['r.csv, column 3 "aaaaaaaa": seems to say where a refuge is; delete it from the file: where a refuge is, is never \
taken in; its host borough is enough']
    """
    if GUARDED.isdisjoint(tables):
        return []
    return [
        Fault("seems to say where a refuge is", REMEDY, file, field=f"column {at}", value=shape(name))
        for at, name in enumerate(header, start=1)
        if heads_locations(name)
    ]


def location_faults(
    texts: pl.DataFrame,
    lines: Sequence[int] | pl.Series,
    tables: Collection[str],
    file: str,
    broken: Sequence[BrokenRecord] = (),
) -> Iterator[Fault]:
    """Yield a fault for each text of a file of refuges that has the shape of a location; only its shape is shown."""
    if GUARDED.isdisjoint(tables):
        return
    problem = "seems to say where a refuge is"
    for name, kind in texts.schema.items():
        if kind != pl.String:
            continue
        like = pl.any_horizontal(pl.col(name).str.contains(one) for one in SHAPES)
        for at in texts.select(like.fill_null(False).arg_true()).to_series():
            yield Fault(problem, REMEDY, file, int(lines[at]), name, shape(texts[name][at]))
    for record in broken:
        if names_a_location(record.raw):
            yield Fault(problem, REMEDY, file, record.line)


def refuse_locations(faults: Sequence[Fault]) -> None:
    """Refuse the whole file where there are faults; the first of them are shown."""
    if faults:
        more = len(faults) - FAULTS_SHOWN
        end = [Fault(f"and {more:,} more", "none was imported", faults[0].file)] if more > 0 else []
        raise Refused([*faults[:FAULTS_SHOWN], *end])
