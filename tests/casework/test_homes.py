"""Homes and jobs: what lasts, who refuses, and moves that net to zero."""

from datetime import date, timedelta

import polars as pl
import pytest

from casework.planted import near
from whatworks.casework import placements
from whatworks.casework.placements import placements_of
from whatworks.papers.casework.homes import homes_answer
from whatworks.records.audit.telling import Telling
from whatworks.records.engine import Store
from whatworks.simulation.casework.town import REFUSED, Town

FIRST = date(2024, 1, 1)


def offers(*rows: tuple[str | None, int | None, int | None, str | None, str | None]) -> pl.DataFrame:
    """Return offers of (answer, started, ended, from, to); days count from the first, the extract is of day 200."""

    def on(number: int | None) -> date | None:
        return None if number is None else FIRST + timedelta(number)

    frame = pl.DataFrame(
        [(str(at), "home", answer, on(first), on(last), *flow) for at, (answer, first, last, *flow) in enumerate(rows)],
        {"unit": pl.String, "kind": pl.String, "answer": pl.String, "started_on": pl.Date, "ended_on": pl.Date,
         "from_borough": pl.String, "to_borough": pl.String},
        orient="row",
    )  # fmt: skip
    return frame.with_columns(as_at=pl.lit(FIRST + timedelta(200)))


def test_planted_shares_come_out_and_moves_net_to_zero(town_records: Store, made: Town) -> None:
    found = placements(town_records)
    (home,) = found.kinds
    assert home.interval is not None and home.interval[0] < REFUSED < home.interval[1]
    for weeks, day in zip((4, 13, 26), home.lasting, strict=True):
        assert near(day.shares["unseen"], made.truth["sustained"][weeks])
    assert sum(one.net for one in found.flows) == 0
    assert sum(one.out + one.within for one in found.flows) == home.started


def test_who_started_too_recently_is_censored_and_never_counted_as_lasting() -> None:
    """Of four begun two end on days 20 and 40, one lasts 100 days, one began three days before the extract."""
    rows = (("accepted", 0, 20), ("accepted", 0, 40), ("accepted", 100, None), ("accepted", 197, None))
    (home,) = placements_of(offers(*((*row, "A", "B") for row in rows), ("refused", None, None, "A", "B"))).kinds
    assert (home.offers, home.accepted, home.refused, home.share_refused) == (5, 4, 1, 0.2)
    # a third of three still watched on day 20, half of what is left of two on day 40
    assert [day.shares["unseen"].value for day in home.lasting] == [pytest.approx(2 / 3), *[pytest.approx(1 / 3)] * 2]


def test_moves_from_and_to_boroughs_that_are_not_known_net_to_zero_with_the_others() -> None:
    moves = [("A", "B"), ("B", "A"), ("A", "A"), (None, "B"), ("B", None), ("A", "C"), (None, None)]
    found = placements_of(offers(*(("accepted", 0, None, *move) for move in moves)))
    flows = {one.borough: (one.out, one.into, one.within, one.net) for one in found.flows}
    assert flows == {"A": (2, 1, 1, -1), "B": (2, 2, 0, 0), "C": (0, 1, 0, 1), "not known": (1, 1, 1, 0)}
    assert sum(one.net for one in found.flows) == 0


def test_a_borough_with_few_moves_is_withheld_with_another_so_that_it_cannot_be_worked_out() -> None:
    moves = [("A", "B")] * 40 + [("B", "A")] * 30 + [("A", "C")] * 3 + [("C", "B")] * 20
    answer = homes_answer(placements_of(offers(*(("accepted", 0, None, *move) for move in moves))), 10, Telling())
    flows = answer.tables[-1]
    shown = {row.borough: [column.value(row) for column in flows.columns[1:]] for row in flows.rows}
    assert shown["C"] == ["c"] * 4 and list(shown.values()).count(["c"] * 4) >= 2
