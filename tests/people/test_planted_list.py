"""Against a list whose truth is known: churn of known size, a borough that keeps to no rule, people who are victims."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from made_up_people import rule

from whatworks.linkage import link
from whatworks.papers.people.same_names import same_names_answer
from whatworks.people.meeting import meeting, victims
from whatworks.people.same_names import SameNames, same_names
from whatworks.records.engine import Store
from whatworks.records.imports.load import load_frames
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.records_kept import fixed_frames, frames
from whatworks.simulation.lists.planted import list_frames, list_truth, victims_of
from whatworks.simulation.lists.times import STAYS, removed_within
from whatworks.simulation.places.ground import ground_frames
from whatworks.simulation.society.places import borough_codes

AS_AT = date(2025, 6, 30)
RULE = rule(minimum_age=10, owner="police", kinds=["offence", "custody_spell", "requirement", "need"])


@pytest.fixture(scope="module")
def made() -> World:
    return world(6_000, 2, SimulationSettings(no_pnc_share=0.0))


@pytest.fixture(scope="module")
def town(made: World) -> Iterator[Store]:
    lists, incidents = list_frames(made), ground_frames(made)["incident"].head(3_000)
    named = victims_of(lists.pop("victims"), incidents)
    held = frames(made) | lists | {"incident": incidents.drop("area_code"), "incident_person": named}
    with DuckDBStore(None) as store:
        load_frames(store, held, as_at=AS_AT)
        link(store)
        yield store


@pytest.fixture(scope="module")
def found(town: Store, made: World) -> SameNames:
    return same_names(town, "joint-concern", AS_AT - timedelta(365), list_truth(made)["records_from"], RULE)


def test_planted_retention_and_dwell_lie_in_their_intervals(found: SameNames) -> None:
    low, high = found.retention.everybody.interval or (1, 0)
    assert low <= STAYS <= high and high - low < 0.2
    _, low, high = found.dwell.by_year[0] or (0, 1, 0)
    assert low <= removed_within(365) <= high
    assert found.dwell.before > 0 and found.dwell.again > 0


def test_names_stay_far_more_often_than_chance_gives(found: SameNames) -> None:
    assert found.chance is not None and found.against is not None
    assert found.retention.everybody.events > 3 * found.chance.high
    assert found.chance.everybody > found.chance.n1 + found.chance.n2
    fates = found.retention.fate
    assert len(found.against.kept_without) + len(found.against.dropped_with) < len(fates)


def test_the_borough_that_drifts_is_found_and_no_other(found: SameNames, made: World) -> None:
    assert found.by_borough is not None
    below = [unit.name for unit in found.by_borough.units if unit.outside == "below"]
    assert below == [list_truth(made)["drifts"]] and len(found.by_borough.units) == len(borough_codes())
    answer = same_names_answer(found, {}, 10)
    (said,) = (line for line in answer.sentences if line.startswith("The rule is not applied alike"))
    assert list_truth(made)["drifts"] in said


def test_the_first_page_says_who_is_entered_and_who_goes(found: SameNames) -> None:
    """Equality comes first, with intervals and nothing small; nobody's number is in the paper."""
    answer = same_names_answer(found, {}, 10)
    assert [section.name for section in answer.sections][:2] == ["equality", "sex"]
    counts = [count for rows in answer.figures["equality"].values() for row in rows.values() for count in row]
    assert counts and all(count == "c" or count == 0 or count >= 10 for count in counts)
    assert "L00" not in str(answer.paper(AS_AT)) and "NB1" not in str(answer.paper(AS_AT))


def test_people_on_the_list_who_are_victims_too_are_marked(town: Store, made: World) -> None:
    also = victims(town, AS_AT)
    assert len(also) == list_truth(made)["victims_too"]
    assert meeting(town, RULE, AS_AT)["also_victim"].sum() <= len(also)


def test_the_town_plants_nothing_where_it_knows_too_few(made: World) -> None:
    """A town of twelve people has no list; that of six thousand has one, in every borough."""
    assert list_frames(world(12, 1))["list_entry"].height <= 2
    assert list_frames(made)["list_entry"]["borough"].n_unique() == len(borough_codes())
    assert set(fixed_frames(made.settings)).isdisjoint(list_frames(made))
