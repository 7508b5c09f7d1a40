"""Live each life twice, with the scheme and without, under the same random draws."""

from dataclasses import dataclass

import numpy as np

from whatworks.simulation.days import NEVER, Days, Flags, Floats, age, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.custody import Blocks, at_liberty, blocks
from whatworks.simulation.society.offending import Offences, hidden_factor
from whatworks.simulation.society.people import People
from whatworks.simulation.society.sentencing import Sentences


@dataclass(frozen=True, slots=True)
class Life:
    """Which offences are committed (a flag a row of Offences), and the times in custody that follow."""

    committed: Flags
    blocks: Blocks


def life_without(
    people: People, offences: Offences, sentences: Sentences, settings: SimulationSettings
) -> tuple[Life, Days]:
    """Return everyone's life without the scheme, and their index days (`NEVER` where there is none)."""
    usual = _live(offences, sentences, offences.level < 1)
    index = first_release(usual.blocks, people, settings)
    if settings.hidden_confounding == 0:
        return usual, index
    multiple = np.where(_since(index, offences), hidden_factor(people, settings)[offences.person], 1.0)
    return _live(offences, sentences, offences.level < multiple), index


def life_with(
    people: People, offences: Offences, sentences: Sentences, settings: SimulationSettings, index: Days, joined: Flags
) -> Life:
    """Return everyone's life when those who `joined` are offered the scheme, from their index day on."""
    multiple = hidden_factor(people, settings) * np.where(joined, hazard_ratio(people, index, settings), 1.0)
    after = np.where(_since(index, offences), multiple[offences.person], 1.0)
    return _live(offences, sentences, offences.level < after)


def hazard_ratio(people: People, index: Days, settings: SimulationSettings) -> Floats:
    """Return what the scheme multiplies each person's hazard by."""
    known = np.where(index < NEVER, index, day(settings.first_index)).astype(np.int32)
    young = age(people.born, known) < settings.subgroup_age
    return np.where(young, settings.under_age_effect, settings.effect)


def first_release(inside: Blocks, people: People, settings: SimulationSettings) -> Days:
    """Return the day of everyone's first release from a sentence in the window, the index day; else `NEVER`."""
    index = np.full(len(people), NEVER, dtype=np.int32)
    counts = inside.sentenced & (inside.end >= day(settings.first_index)) & (inside.end <= day(settings.last_index))
    np.minimum.at(index, inside.person[counts], inside.end[counts])
    return index


def _since(index: Days, offences: Offences) -> Flags:
    return offences.committed >= index[offences.person]


def _live(offences: Offences, sentences: Sentences, tempted: Flags) -> Life:
    committed = at_liberty(offences, sentences, tempted)
    return Life(committed, blocks(offences, sentences, committed))
