"""Who has a link error is as the settings say, by arm and group; and what it does to their records."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from whatworks.records.refusal import Refused
from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.link_errors import ANOTHER, NONE, SPLIT, UNJOINED
from whatworks.simulation.agencies.misrecording import written_by
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.streams import stream
from whatworks.simulation.truth.society_truth import society_frame, who_is_who

CLEAN = SimulationSettings(typos=False, gaps=False, duplicates=False, disagreements=False, no_pnc_share=0.0)


def made(people: int = 6_000, **identity: object) -> World:
    return world(people, 5, replace(CLEAN, identity=replace(IdentitySettings(), **identity)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def wrong() -> World:
    return made(link_error=0.15)


def held(made_up: World, agency: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return an agency's records with the true number of whom they are, and those of a second number only."""
    written = written_by(made_up, agency, stream(1, "dirt"))
    truth = who_is_who(made_up, written.second.with_columns(organisation_id=pl.lit(agency)))
    person = written.frames["person"].join(truth.filter(organisation_id=agency), on="person_id", maintain_order="left")
    return person, person.filter(pl.col("person_id").is_in(written.second["person_id"].implode()))


def test_the_share_and_the_kinds_are_as_told(wrong: World) -> None:
    kind = wrong.link_errors.kind
    able = wrong.known_to["police"] & np.any([wrong.known_to[name] for name in wrong.known_to if name != "police"], 0)
    assert (kind[~able] == NONE).all()
    assert (kind[able] != NONE).mean() == pytest.approx(0.15, abs=0.015)
    shares = [(kind == one).sum() / (kind != NONE).sum() for one in (UNJOINED, ANOTHER, SPLIT)]
    assert shares == pytest.approx([0.2, 0.4, 0.4], abs=0.06)


def test_errors_in_one_arm_leave_the_other_alone() -> None:
    made_up = made(12_000, link_error_treated=0.3)
    kind = made_up.link_errors.kind
    assert (kind[~made_up.joined] == NONE).all()
    assert (kind[made_up.joined] != NONE).mean() == pytest.approx(0.3, abs=0.06)
    other = made(12_000, link_error=0.3, link_error_treated=0.0).link_errors.kind
    assert (other[made_up.joined] == NONE).all()


def test_errors_in_a_group_are_that_group_s() -> None:
    made_up = made(link_error=0.01, link_error_of=(("female", 0.25), ("black", 0.25)))
    groups = society_frame(made_up).with_columns(wrong=pl.col("link_error") != "none")
    able = groups.filter(pl.Series(made_up.known_to["police"] & made_up.known_to["court"]))
    share = dict(
        able.group_by(pl.col("sex").eq("female") | pl.col("ethnicity").eq("Black"))
        .agg(pl.col("wrong").mean())
        .iter_rows()
    )
    assert share[True] == pytest.approx(0.25, abs=0.03)
    assert share[False] == pytest.approx(0.01, abs=0.01)


def test_the_unjoined_are_nobody_at_the_police(wrong: World) -> None:
    police, _ = held(wrong, "police")
    chosen = wrong.people.number[wrong.link_errors.kind == UNJOINED]
    records = police.filter(pl.col("person").is_in(chosen))
    assert records.height == len(chosen) > 50
    assert records["pnc_id"].null_count() == records.height
    own = society_frame(wrong).select("person", own="date_of_birth")
    both = records.join(own, on="person")
    parts = [
        (both["date_of_birth"].dt.__getattribute__(part)() == both["own"].dt.__getattribute__(part)())
        for part in ("year", "month", "day")
    ]
    assert not any(part.any() for part in parts)


def test_who_goes_by_another_s_details_does_so_everywhere_but_at_the_police(wrong: World) -> None:
    errors = wrong.link_errors
    rows = np.flatnonzero(errors.kind == ANOTHER)
    other = errors.other[rows]
    assert len(np.unique(other)) == len(rows) > 100
    assert (wrong.people.female[rows] == wrong.people.female[other]).all()
    assert (np.abs(wrong.people.born[rows] - wrong.people.born[other]) < 3 * 365).mean() > 0.9
    assert wrong.known_to["police"][other].all()
    assert not wrong.known_to["probation"][other].any()
    numbers = dict(zip(wrong.people.number, wrong.numbers.pnc, strict=True))
    theirs = {
        wrong.people.number[row]: numbers[wrong.people.number[liar]] for row, liar in zip(rows, other, strict=True)
    }
    for agency, expected in (("court", theirs), ("police", {person: numbers[person] for person in theirs})):
        records = held(wrong, agency)[0].filter(pl.col("person").is_in(list(theirs)))
        assert records.height > 100
        assert all(expected[person] == pnc for person, pnc in records.select("person", "pnc_id").iter_rows())


def test_the_split_are_two_at_the_police_and_some_of_their_offences_stand_under_nobody(wrong: World) -> None:
    chosen = wrong.people.number[wrong.link_errors.kind == SPLIT]
    police, second = held(wrong, "police")
    assert set(second["person"]) == set(chosen)
    assert second["pnc_id"].null_count() == second.height
    first = police.filter(pl.col("person").is_in(chosen)).join(second, on="person_id", how="anti")
    assert first["pnc_id"].null_count() == 0
    offences = written_by(wrong, "police", stream(1, "dirt")).frames["offence"]
    moved = offences.filter(pl.col("person_id").is_in(second["person_id"].implode())).height
    stayed = offences.filter(pl.col("person_id").is_in(first["person_id"].implode())).height
    assert moved / (moved + stayed) == pytest.approx(0.4, abs=0.04)


@pytest.mark.parametrize(
    "changes",
    [
        {"link_error": 1.2}, {"link_error_treated": -0.1}, {"twins": float("nan")}, {"people_a_postcode": -1},
        {"link_error_of": (("nobody", 0.1),)}, {"number_held": (("council", 7.0),)}, {"number_held": (("parks", 0.1),)},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(changes: dict[str, object]) -> None:
    with pytest.raises(Refused, match=next(iter(changes))):
        replace(IdentitySettings(), **changes)  # type: ignore[arg-type]
