"""Laws of the two lives: same draws, a better scheme never does harm, no scheme no difference."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.records_kept import frames

PEOPLE = 1_200


def without_scheme_effect(seed: int) -> World:
    return world(PEOPLE, seed, SimulationSettings(effect=1.0))


def test_without_an_effect_both_lives_are_one() -> None:
    made_up = without_scheme_effect(3)
    people = made_up.truth.filter("participant")
    assert people.height > 30
    for name in [name for name in people.columns if name.startswith("y0_")]:
        assert people[name].to_list() == people[name.replace("y0_", "y1_", 1)].to_list(), name
    assert made_up.effect("frequency_1y")["effect"] == 0


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.2, 1.0), st.floats(0.2, 1.0))
def test_a_stronger_scheme_never_makes_anyone_reoffend(seed: int, one: float, other: float) -> None:
    strong, weak = sorted((one, other))
    lives = {
        effect: world(PEOPLE, seed, SimulationSettings(effect=effect, subgroup_effect=effect)).truth.filter(
            "participant"
        )
        for effect in (strong, weak)
    }
    for year in ("1y", "2y"):
        name = f"y1_proven_reoffending_{year}"
        assert (lives[strong][name] <= lives[weak][name]).all()
        assert (lives[weak][name] <= lives[weak][name.replace("y1", "y0")]).all()
        both = (lives[strong][name] == 1) & (lives[weak][name] == 1)
        days = f"y1_days_to_first_{year}"
        assert (lives[strong].filter(both)[days] >= lives[weak].filter(both)[days]).all()


def test_effect_and_dirt_settings_leave_the_life_without_the_scheme_alone() -> None:
    base = world(PEOPLE, 5)
    for changed in (SimulationSettings(effect=0.4), SimulationSettings(typos=False, gaps=False, lost_share=0.5)):
        other = world(PEOPLE, 5, changed)
        assert (other.usual.committed == base.usual.committed).all()
        assert (other.joined == base.joined).all()
        y0 = pl.selectors.starts_with("y0_")
        assert other.truth.select(y0).equals(base.truth.select(y0))


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    one, same, other = (frames(world(400, seed)) for seed in (9, 9, 10))
    assert all(frame.equals(same[table]) for table, frame in one.items())
    assert not one["offence"].equals(other["offence"])


def test_nobody_offends_in_custody() -> None:
    made_up = world(PEOPLE, 2)
    inside = made_up.life.blocks
    assert len(inside.person) > 300
    for person, start, end in zip(inside.person, inside.start, inside.end, strict=True):
        when = made_up.offences.committed[(made_up.offences.person == person) & made_up.life.committed]
        assert not ((when >= start) & (when < end)).any()


def test_custody_blocks_are_the_union_of_the_stays() -> None:
    made_up = world(600, 4)
    held = np.flatnonzero(made_up.life.committed & made_up.sentences.held)
    nights: set[tuple[int, int]] = set()
    for row in held:
        stay = range(made_up.sentences.inside_from[row], made_up.sentences.inside_until[row])
        nights |= {(int(made_up.offences.person[row]), night) for night in stay}
    inside = made_up.life.blocks
    assert sum(int(end - start) for start, end in zip(inside.start, inside.end, strict=True)) == len(nights)


def test_a_harmful_scheme_harms_and_hidden_confounding_makes_participants_worse() -> None:
    harmful = world(8_000, 1, SimulationSettings(effect=1.5))
    assert harmful.effect("frequency_1y")["effect"] > 0
    plain, hidden = world(8_000, 1), world(8_000, 1, SimulationSettings(hidden_confounding=0.8))

    def trait(made_up: World) -> float:
        return float(made_up.people.hidden[made_up.joined].mean())

    assert abs(trait(plain)) < 0.15
    assert trait(hidden) > 0.4


def test_borough_shocks_begin_with_the_scheme() -> None:
    plain, shocked = world(4_000, 1), world(4_000, 1, SimulationSettings(borough_shocks=0.8))
    start = (plain.settings.first_index - plain.settings.records_from).days

    def shares(made_up: World) -> np.ndarray:
        offences = made_up.offences
        early = offences.committed < offences.committed.min() + start
        happened = made_up.usual.committed
        borough = made_up.homes.ward_on(offences.person, offences.committed) // 8
        counts = [np.bincount(borough[happened & when], minlength=12) for when in (early, ~early)]
        return counts[1] / counts[0]

    assert shares(shocked).std() > 2 * shares(plain).std()


@pytest.mark.parametrize("changes", [{"effect": 0.0}, {"effect": 9.0}, {"no_pnc_share": 1.0}, {"borough_shocks": -1.0}])
def test_settings_out_of_range_are_refused(changes: dict[str, float]) -> None:
    from whatworks.records.refusal import Refused

    with pytest.raises(Refused, match=next(iter(changes))):
        replace(SimulationSettings(), **changes)  # type: ignore[arg-type]
