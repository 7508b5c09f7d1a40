"""Covariates are as known on the index date: nothing that came, or was written down, later moves any of them.

Each plant is one record given to a person who is otherwise like everybody else in the town. Dated and recorded before
the index date it moves the covariates it names, which shows that the test can fail; later, it moves none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import dataframely as dy
import pytest

from measures.town import Town
from whatworks.measures import COVARIATES
from whatworks.records.tables.agency_tables import PATHWAYS, RECORD_TABLES

INDEX = "2020-01-15"
BEFORE, SAME_DAY, AFTER = "2019-06-03", INDEX, "2020-01-16"
UNDATED = {"age", "sex", "ethnicity"}
"""Drawn from `person` alone, which says of nothing when it happened or was written down."""
RISK = {"copas", "ogrs3_1y", "ogrs3_2y"}


@dataclass(frozen=True)
class Plant:
    table: str
    moves: set[str]
    put: Callable[[Town, str, str, str], None]
    """Called with town, person, day of the event, day of recording."""
    same_day: bool = True
    """Whether the record, dated on the index date itself, is of what comes after it."""


def offence(town: Town, who: str, on: str, recorded: str) -> None:
    town.offence(who, on, on, offence_group="robbery", recorded_on=recorded)


def old_offence(town: Town, who: str, on: str, recorded: str) -> None:
    on = on if on >= INDEX else "2003-02-01"
    town.offence(who, on, on, recorded_on=recorded)


def second_record(town: Town, who: str, on: str, recorded: str) -> None:
    """The police's own record under the index case: another group, so an offence of its own."""
    town.offence(
        who, "2019-01-01", "2019-02-01", ref=f"I1-{who}", offence_group="robbery", recorded_on=max(on, recorded)
    )


def undated_record(town: Town, who: str, on: str, recorded: str) -> None:
    """An offence whose record does not say when it was made: it counts from its charge."""
    town.offence(who, "2019-05-01", None, recorded_on=None, charged_on=max(on, recorded))


def sentence(town: Town, who: str, on: str, recorded: str) -> None:
    town.sentence(who, on, length=500)


def index_sentence(town: Town, who: str, on: str, recorded: str) -> None:
    on = on if on >= INDEX else "2019-02-01"
    town.record("sentence", "probation", who, sentence_id=f"S-{who}", sentenced_on=on, kind="custody", length_days=800)


def custody(town: Town, who: str, on: str, recorded: str) -> None:
    town.custody(who, on, None if on >= INDEX else "2019-06-20", "remand")


def address(town: Town, who: str, on: str, recorded: str) -> None:
    town.record("address", "council", who, area_code="B2", area_vintage="2018", from_date=on, recorded_on=recorded)


def breach(town: Town, who: str, on: str, recorded: str) -> None:
    town.record("breach", "probation", requirement_id=f"Q-{who}", breached_on=on)


def requirement_and_breach(town: Town, who: str, on: str, recorded: str) -> None:
    town.record("requirement", "probation", who, requirement_id=f"N-{who}", kind="programme", from_date=on)
    town.record("breach", "probation", requirement_id=f"N-{who}", breached_on=on)


def needs(town: Town, who: str, on: str, recorded: str) -> None:
    for pathway in PATHWAYS:
        town.record("need", "probation", who, pathway=pathway, assessed_on=on, recorded_on=recorded, level="high")


NEEDS = {"need_count", *(f"need_{pathway}" for pathway in PATHWAYS)}
PLANTS = {
    "an offence": Plant("offence", {"previous_sanctions", "previous_offences_2y", *RISK}, offence),
    "a first offence": Plant("offence", {"age_first_sanction", "previous_sanctions", *RISK}, old_offence),
    "another record": Plant("offence", {"index_offence_group", "ogrs3_1y", "ogrs3_2y"}, second_record, False),
    "a charge": Plant("offence", {"previous_offences_2y"}, undated_record, False),
    "a sentence": Plant("sentence", {"custodial_sentences"}, sentence, False),
    "the index sentence": Plant("sentence", {"sentence_length_days"}, index_sentence, False),
    "a stay": Plant("custody_spell", {"previous_custody_spells", "nights_in_custody_before_2y"}, custody),
    "an address": Plant("address", {"borough"}, address, False),
    "a breach": Plant("breach", {"breaches_before"}, breach),
    "a requirement": Plant("requirement", {"breaches_before"}, requirement_and_breach),
    "needs": Plant("need", NEEDS, needs, False),
}


def resident(town: Town, who: str) -> None:
    """Give a person the history that everybody in the town has."""
    town.person(who, date_of_birth="1985-06-15", sex="male", ethnicity="A")
    town.offence(who, "2010-01-01", "2010-06-01", recorded_on="2010-01-02")
    town.offence(who, "2019-01-01", "2019-02-01", ref=f"I1-{who}", agency="court", recorded_on="2019-01-02")
    town.sentence(who, "2019-02-01", length=600, offence_ref=f"I1-{who}", sentence_id=f"S-{who}")
    town.custody(who, "2019-09-01", INDEX, sentence_id=f"S-{who}")
    town.record(
        "address", "council", who, area_code="B1", area_vintage="2018", from_date="2015-01-01", recorded_on="2015-01-01"
    )
    town.record("requirement", "probation", who, requirement_id=f"Q-{who}", kind="supervision", from_date="2012-01-01")
    for pathway in PATHWAYS:
        town.record("need", "probation", who, pathway=pathway, assessed_on="2019-03-01", level="low")


@pytest.fixture(scope="module")
def profiles() -> dict[str, dict]:
    town = Town()
    for code in ("B1", "B2"):
        town.add("area", organisation_id="council", area_code=code, vintage="2018", kind="borough")
    everyone = ["as_usual"]
    resident(town, "as_usual")
    for name, plant in PLANTS.items():
        for variant, (on, recorded) in {"in time": (BEFORE, BEFORE), **variants(plant)}.items():
            who = named(name, variant)
            resident(town, who)
            plant.put(town, who, on, recorded)
            everyone.append(who)
    return town.profiles(dict.fromkeys(everyone, INDEX), "release")


def named(plant: str, variant: str) -> str:
    return f"{plant}_{variant}".replace(" ", "_")


def moved(profiles: dict[str, dict], who: str) -> set[str]:
    usual = profiles["as_usual"]
    return {name for name in COVARIATES if profiles[who][name] != usual[name]}


def says_when(table: str) -> bool:
    dates = [c for c in RECORD_TABLES[table].columns().values() if isinstance(c, dy.Date)]
    return any(not (column.metadata or {}).get("identifying") for column in dates)


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_in_time_it_moves_what_it_should(profiles, name) -> None:
    assert PLANTS[name].moves <= moved(profiles, named(name, "in time"))


def variants(plant: Plant) -> dict[str, tuple[str, str]]:
    """Return the day of the event and of its recording of every variant of a plant that comes too late."""
    late = {"later": (AFTER, AFTER)}
    if plant.same_day:
        late["same day"] = (SAME_DAY, SAME_DAY)
    if "recorded_on" in RECORD_TABLES[plant.table].columns():
        late["written later"] = (BEFORE, AFTER)
    return late


LATE = [(name, variant) for name, plant in PLANTS.items() for variant in variants(plant)]


@pytest.mark.parametrize(("name", "variant"), LATE)
def test_later_it_moves_nothing(profiles, name, variant) -> None:
    assert moved(profiles, named(name, variant)) == set()


@pytest.mark.parametrize("covariate", sorted(set(COVARIATES) - UNDATED))
def test_every_covariate_is_held_to_it_for_every_table_it_is_drawn_from(covariate) -> None:
    planted = {plant.table for plant in PLANTS.values()}
    assert any(covariate in plant.moves for plant in PLANTS.values())
    assert {table for table in COVARIATES[covariate].records if says_when(table)} <= planted


def test_what_is_undated_is_drawn_from_person_alone() -> None:
    assert {name for name, one in COVARIATES.items() if one.records == ("person",)} == UNDATED
    assert not says_when("person")


def test_a_sanction_that_came_later_is_not_yet_one(town) -> None:
    for who in ("sanctioned", "pending"):
        resident(town, who)
    town.offence("sanctioned", "2019-06-03", INDEX, recorded_on="2019-06-03")
    town.offence("pending", "2019-06-03", AFTER, recorded_on="2019-06-03")
    found = town.profiles({"sanctioned": INDEX, "pending": INDEX}, "release")
    assert (found["sanctioned"]["previous_sanctions"], found["pending"]["previous_sanctions"]) == (2, 1)
    assert found["sanctioned"]["previous_offences_2y"] == found["pending"]["previous_offences_2y"] == 2
