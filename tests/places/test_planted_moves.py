"""Against a town whose truth is known: a fall that moved, one that spread; a rival that came, one that did not."""

from collections.abc import Iterator
from datetime import date

import pytest

from whatworks.places import (
    DisplacementTerms,
    counts_of,
    measure_displacement,
    read_areas,
    read_gangs,
    read_incidents,
    study_gangs,
)
from whatworks.places.gangs_terms import GroupTerms
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.store import DuckDBStore
from whatworks.simulation import World, world
from whatworks.simulation.agencies.records_kept import fixed_frames
from whatworks.simulation.places.subjects import place_frames, place_truth

AS_AT = date(2025, 6, 30)


@pytest.fixture(scope="module")
def made() -> World:
    return world(600, seed=1)


@pytest.fixture(scope="module")
def town(made: World) -> Iterator[Store]:
    """Hold the town's areas and its tables of incidents and groups, as agencies keep them."""
    frames, fixed = place_frames(made), fixed_frames(made.settings)
    names = ("incident", "incident_person", "offending_group", "offending_group_membership")
    with DuckDBStore(None) as store:
        loaded = {name: fixed[name] for name in ("organisation", "area")} | {name: frames[name] for name in names}
        load_frames(store, loaded, as_at=AS_AT)
        yield store


@pytest.mark.parametrize(("planted", "other", "moved"), [("moved", "spread", "rose"), ("spread", "moved", "fell")])
def test_a_fall_that_moved_is_told_from_one_that_spread(
    town: Store, made: World, planted: str, other: str, moved: str
) -> None:
    truth = place_truth(made)["displacement"]
    counts = counts_of(read_incidents(town, read_areas(town, "ward"), ["police"]), [truth["kind"]])
    where, elsewhere = truth[planted], truth[other]
    terms = DisplacementTerms(
        title="Thefts", kinds=(truth["kind"],), begins=f"{truth['begins']:%Y-%m}", after=9,
        treated=(where["treated"],), displacement=(where["beside"],),
        not_control=(elsewhere["treated"], elsewhere["beside"]),
    )  # fmt: skip
    result = measure_displacement(terms, counts)
    assert (result.local, result.moved) == ("fell", moved)
    low, high = result.ratios[0].ci_low, result.ratios[0].ci_high
    assert high is not None and low < where["left"] < high
    low, high = result.ratios[1].ci_low, result.ratios[1].ci_high
    assert high is not None and low < where["left_beside"] < high


def test_a_rival_that_moves_in_is_told_from_one_that_does_not(town: Store, made: World) -> None:
    """Two groups were removed on one day; the ward of one has 2.5 times as many of its rival's robberies since."""
    truth = place_truth(made)["gangs"]
    terms = GroupTerms(agencies=("police",), kinds=(truth["kind"],), before=6, after=6)
    study = study_gangs(read_gangs(town, terms), terms, AS_AT)
    removals = {each.group.code: each for each in study.removals}
    came, stayed = (removals[truth[name]["removed"]] for name in ("moves_in", "stays"))
    assert came.rivals is not None and came.adjusted_p is not None and came.adjusted_p < 0.05
    assert came.rivals.observed > came.rivals.expected
    assert stayed.rivals is not None and stayed.adjusted_p is not None and stayed.adjusted_p > 0.05
    assert study.territory is not None and study.territory.p == 0.001 and study.territory.fits["borough"] > 0.9
    assert study.circular == (truth["stays"]["removed"],)


def test_the_police_send_what_is_planted(made: World) -> None:
    """Nobody suspected is a group's child or exploited; what the ground made up is not drawn anew."""
    frames = place_frames(made)
    members = frames["offending_group_membership"]
    safe = set(members.filter(members["under_18"])["person_id"]) | set(members.filter(role="exploited")["person_id"])
    assert not safe & set(frames["incident_person"]["person_id"])
    assert set(members["person_id"]) <= set(made.numbers.of["police"])
