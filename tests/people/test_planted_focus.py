"""What the made-up town has planted comes out: whom four agencies know, a fall without help, victims on the list."""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from made_up_people import rule

from whatworks.linkage.link import link
from whatworks.people import contacts, expected_fall, fall_after, people_concentration
from whatworks.people.contacts import KINDS
from whatworks.people.joinings import joinings
from whatworks.people.overlap import overlap, overlap_of
from whatworks.records.engine import Engine
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

AS_AT = date(2025, 6, 30)
LISTED = (
    "SELECT DISTINCT i.linked_id FROM list_entry AS l "
    "JOIN identity AS i ON i.organisation_id = l.organisation_id AND i.person_id = l.person_id ORDER BY 1"
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, dict[str, Any]]:
    root = tmp_path_factory.mktemp("town") / "northbank"
    simulate(root, people=2_000, seed=3)
    here = Partnership.open(root)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2025, 7, 1))
        link(store)
    truth = json.loads((root / "truth.json").read_text("utf-8"))["lists"]
    return DuckDBStore(here.store_path, read_only=True), truth


def test_the_people_whom_four_agencies_know(town: tuple[Engine, dict[str, Any]]) -> None:
    """By the records that agencies hold, linked by number alone: few have a number that failed its checks."""
    store, truth = town
    links = joinings(store, draws=0)
    listed = set(store.fetch(LISTED)["linked_id"])
    names = links.records.organisations
    found = overlap_of(links.records.organisation.astype(np.int64), names, links.in_force, [], links.sure,
                       links.possible, len(links.records))  # fmt: skip
    unit = pl.Series(links.linked_id[found.rows["person"].to_numpy()], dtype=pl.String)
    four = found.rows.with_columns(unit=unit).filter(pl.col("unit").is_in(listed), pl.col("agencies") >= 4)
    assert 0.9 * truth["known_to_four_agencies"] <= four.height <= truth["known_to_four_agencies"]
    by_contact = overlap(store, rule(kinds=KINDS, window_months=120), AS_AT, links=links)
    assert set(by_contact.rows.filter(pl.col("agencies") >= 4, pl.col("unit").is_in(listed))["unit"]) <= set(unit)
    assert by_contact.several.now > by_contact.people.now / 2


def test_a_fall_that_nothing_caused_comes_out_within_its_interval(town: tuple[Engine, dict[str, Any]]) -> None:
    """People with three offences in a year fell by themselves: so one look says, and yearly looks since 2017."""
    store, truth = town
    planted = 1 - truth["fall"]["after"] / truth["fall"]["before"]
    on = date.fromisoformat(truth["fall"]["on"]) - timedelta(1)
    year = contacts(store, ["offence"], on - timedelta(364), on).filter(pl.col("role").is_in(["offender", "suspect"]))
    counts = (
        year.group_by(unit="linked_id").agg(n=pl.col("event").n_unique()).filter(pl.col("n") >= truth["fall"]["least"])
    )
    once = fall_after(store, counts.select("unit").with_columns(on=on))
    looks = expected_fall(store, truth["fall"]["least"], AS_AT, date(2024, 7, 1), every=12).seen
    for found in (once, looks):
        assert found is not None and found.interval is not None
        assert 0.3 < found.interval[0] < planted < found.interval[1]
    assert looks is not None and len(looks.looks) >= 5 and looks.people > once.people


def test_victims_who_are_offenders_too_are_found_as_both(town: tuple[Engine, dict[str, Any]]) -> None:
    store, truth = town
    listed = store.fetch(LISTED)["linked_id"]
    victims = people_concentration(store, "victimisation", date(2015, 1, 1), AS_AT).rows.filter(pl.col("events") > 0)
    offenders = people_concentration(store, "offences", date(2015, 1, 1), AS_AT).rows.filter(pl.col("events") > 0)
    both = set(victims["unit"]) & set(offenders["unit"]) & set(listed)
    assert len(both) >= 0.9 * truth["victims_too"]


def test_the_list_s_own_fall_stands_beside_the_expected_one(town: tuple[Engine, dict[str, Any]]) -> None:
    store, truth = town
    found = expected_fall(store, rule(), AS_AT, date.fromisoformat(truth["records_from"]))
    assert found.listed is not None and found.seen is not None
    assert 0 < found.listed.people <= truth["people"]
