"""Say where people live and when they move."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import NEVER, Days, Ints, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.people import People
from whatworks.simulation.society.places import BOROUGHS, WARDS_EACH, borough_shares
from whatworks.simulation.streams import stream

_MOVES_A_YEAR = 0.08
_STAY_IN_BOROUGH = 0.65
_YEARS_BEFORE = 12
"""The first home on record was moved into at some time in so many years before the records begin."""


@dataclass(frozen=True, slots=True)
class Homes:
    """One row a home, sorted by person and date: `person` is the row in People, `ward` counts from 0."""

    person: Ints
    ward: Ints
    since: Days
    until: Days
    lag: Days

    def borough_on(self, person: Ints, on: Days) -> Ints:
        """Return the borough (from 0) where each `person` lives on the day `on`."""
        return self.ward_on(person, on) // WARDS_EACH

    def ward_on(self, person: Ints, on: Days) -> Ints:
        """Return the ward (from 0) where each `person` lives on the day `on`."""
        key = self.person * 2**32 + (self.since.astype(np.int64) + 2**31)
        at = np.searchsorted(key, person * 2**32 + (on.astype(np.int64) + 2**31), side="right") - 1
        return self.ward[at]


def make_homes(people: People, seed: int, settings: SimulationSettings) -> Homes:
    """Return everyone's homes from `records_from` on."""
    rng = stream(seed, "homes", people.first)
    start, end = day(settings.records_from), day(settings.as_at)
    moves = rng.poisson(_MOVES_A_YEAR * (end - start) / 365.25, len(people))
    person = np.repeat(np.arange(len(people)), moves + 1)
    is_first = np.r_[True, person[1:] != person[:-1]]
    since = np.where(is_first, start, rng.integers(start + 1, end, len(person))).astype(np.int32)
    since = since[np.lexsort((since, person))]
    ward = _wards(rng, is_first, len(person))
    lag = np.where(rng.random(len(person)) < 0.1, rng.integers(5, 45, len(person)), 0).astype(np.int32)
    one_a_day = is_first | (since != np.r_[since[:1], since[:-1]])
    since = _moved_in(rng, people, person, since, is_first)
    return _homes(person[one_a_day], ward[one_a_day], since[one_a_day], lag[one_a_day])


def _moved_in(
    rng: np.random.Generator, people: People, person: Ints, since: Days, is_first: npt.NDArray[np.bool_]
) -> Days:
    """Return when people moved in: into the first home at any time in the years before, once they were born."""
    before = since[is_first] - rng.integers(0, _YEARS_BEFORE * 365, int(is_first.sum()))
    moved = since.copy()
    moved[is_first] = np.maximum(before, people.born[person[is_first]])
    return moved


def without_moves_before(homes: Homes, index: Days, margin: int = 90) -> Homes:
    """Return the homes without moves in the `margin` days up to each person's index day.

    Nobody moves home in prison; and every agency has had time to write down the last move by the day of release.
    """
    then = index[homes.person]
    first = np.r_[True, homes.person[1:] != homes.person[:-1]]
    kept = first | (homes.since > then) | (homes.since <= then - margin) | (then == NEVER)
    return _homes(homes.person[kept], homes.ward[kept], homes.since[kept], homes.lag[kept])


def _homes(person: Ints, ward: Ints, since: Days, lag: Days) -> Homes:
    """Return homes that each last until the day before the next."""
    last = np.r_[person[1:] != person[:-1], True]
    until = np.where(last, NEVER, np.r_[since[1:], NEVER] - 1).astype(np.int32)
    return Homes(person, ward, since, until, lag)


def _wards(rng: np.random.Generator, is_first: npt.NDArray[np.bool_], size: int) -> Ints:
    """Draw a ward a row: a mover stays in the borough of the first home, or goes anywhere."""
    borough = rng.choice(len(BOROUGHS), size, p=borough_shares())
    origin = borough[np.maximum.accumulate(np.where(is_first, np.arange(size), 0))]
    stays = rng.random(size) < _STAY_IN_BOROUGH
    borough = np.where(is_first | ~stays, borough, origin)
    result: Ints = borough * WARDS_EACH + rng.integers(0, WARDS_EACH, size)
    return result
