"""Turn stays in refuges into the nights that money's recharge bills, one borough's families with one host."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from whatworks.money.recharge.term_faults import OUTSIDE
from whatworks.money.recharge.terms import Terms, Year
from whatworks.money.recharge.usage_file import Placement
from whatworks.places.refuges.supply import FAMILY_PLACE
from whatworks.records.refusal import Fault, Refused


def placements(stays: pl.DataFrame, terms: Terms, as_at: date) -> tuple[tuple[Placement, ...], tuple[str, ...]]:
    """Return the nights of each stay in each year of the terms, and what was left out of them, in words.

    A night counts as many times as the stay takes places. A stay that lasts is counted up to the day of the extract.
    Nights counted in other units than the terms' are never billed as if they were the same; refused where the nights
    of a host are more than its places give.
    """
    found, left_out = [], Counter[str]()
    for row in stays.iter_rows(named=True):
        for year, nights in _nights(row, terms, as_at):
            hosts = {one.host for one in year.places}
            if row["units"] != FAMILY_PLACE:
                left_out["counted in other units than family places"] += nights
            elif row["host"] not in hosts:
                left_out["with a host that has no places in the terms"] += nights
            else:
                origin = row["origin"] if row["origin"] in terms.codes else OUTSIDE
                found.append(Placement(origin, row["host"], year.year, nights, row["household"]))
    _check_room(found, terms)
    notes = tuple(f"{nights:,} nights {why} are in no bill." for why, nights in sorted(left_out.items()))
    return tuple(found), notes


def _nights(row: dict[str, Any], terms: Terms, as_at: date) -> Iterator[tuple[Year, int]]:
    for year in terms.years:
        end = row["left_on"] or as_at + timedelta(days=1)
        nights = (min(end, year.last_day + timedelta(days=1)) - max(row["entered_on"], year.first_day)).days
        if nights > 0:
            yield year, nights * int(row["places"])


def _check_room(found: list[Placement], terms: Terms) -> None:
    used = Counter[tuple[str, str]]()
    for row in found:
        used[row.year, row.host] += row.nights
    faults = [
        Fault(
            f"has {used[year.year, one.host]:,} nights used in {year.year}, and {one.places * year.days:,} that its "
            f"{one.places} places give",
            "correct the stays of this host, or its places in the terms of the recharge",
            field="host",
            value=one.host,
        )
        for year in terms.years
        for one in year.places
        if used[year.year, one.host] > one.places * year.days
    ]
    if faults:
        raise Refused(faults)
