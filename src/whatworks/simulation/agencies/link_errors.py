"""Say whose records will hardly join, and how: with nothing, with another person's, or in two parts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import Flags, Floats, Ints, age, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.people import ETHNICITIES, People
from whatworks.simulation.streams import stream

KINDS = ("none", "unjoined", "another", "split")
NONE, UNJOINED, ANOTHER, SPLIT = range(len(KINDS))
_SHARES = (0.2, 0.4, 0.4)
"""Of those with an error: unjoined, another, split (section 8 of the method: .03, .06, .06 of .15)."""


@dataclass(frozen=True, slots=True)
class LinkErrors:
    """One row a person: the kind of error (place in KINDS), and by whose details they go (row in People, or -1)."""

    kind: npt.NDArray[np.int8]
    other: Ints


def make_link_errors(
    people: People,
    known_to: dict[str, Flags],
    joined: Flags,
    no_fixed_abode: Flags,
    seed: int,
    settings: SimulationSettings,
) -> LinkErrors:
    """Draw whose records are written so that they join wrongly, among those known to police and someone else.

    Who goes by another person's details goes by those of someone of the same sex and about the same age whom police
    know, probation and prisons do not: somebody else's offences are then read as theirs. Where nobody is left to
    go by, the records join with nothing.
    """
    size = len(people)
    draws = stream(seed, "link_errors", people.first).random((3, size))
    elsewhere = np.any([known for agency, known in known_to.items() if agency != "police"], axis=0)
    chance = _chances(people, joined, no_fixed_abode, settings)
    wrong = known_to["police"] & elsewhere & (draws[0] < chance)
    kind = np.where(wrong, 1 + np.searchsorted(np.cumsum(_SHARES)[:-1], draws[1], side="right"), NONE).astype(np.int8)
    able = known_to["police"] & ~known_to["probation"] & ~known_to["prison"] & ~wrong
    other = np.full(size, -1, dtype=np.int64)
    for sex in (False, True):
        liars = np.flatnonzero((kind == ANOTHER) & (people.female == sex))
        other[liars] = _alike(people, liars, np.flatnonzero(able & (people.female == sex)))
    kind[(kind == ANOTHER) & (other < 0)] = UNJOINED
    return LinkErrors(kind, other)


def _chances(people: People, joined: Flags, no_fixed_abode: Flags, settings: SimulationSettings) -> Floats:
    """Return each person's chance of an error: the largest that applies."""
    rates = settings.identity
    chance = np.full(len(people), rates.link_error)
    if rates.link_error_treated is not None:
        chance[joined] = rates.link_error_treated
    first = np.full(len(people), day(settings.first_index), dtype=np.int32)
    groups = {
        "male": ~people.female,
        "female": people.female,
        "under_25": age(people.born, first) < 25,
        "no_fixed_abode": no_fixed_abode,
        **{name.lower().replace(" ", "_"): people.ethnicity == at for at, name in enumerate(ETHNICITIES)},
    }
    for name, share in rates.link_error_of:
        chance = np.where(groups[name], np.maximum(chance, share), chance)
    return chance


def _alike(people: People, liars: Ints, able: Ints) -> Ints:
    """Return for each of the `liars` a different one of those `able`, of about the same age; -1 where none is left."""
    found = np.full(len(liars), -1, dtype=np.int64)
    by_birth = able[np.argsort(people.born[able], kind="stable")]
    born, taken = people.born[by_birth], np.zeros(len(by_birth), dtype=np.bool_)
    for place, liar in enumerate(liars):
        near = int(np.searchsorted(born, people.born[liar]))
        free = np.flatnonzero(~taken[near : near + 50])
        if len(free):
            taken[near + free[0]] = True
            found[place] = by_birth[near + free[0]]
    return found
