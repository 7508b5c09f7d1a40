"""Make up the offences: an age-crime curve, individual frailty, a mix of offences, and what police and courts do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.records.tables.agency_tables import OFFENCE_GROUPS
from whatworks.simulation.days import NEVER, Days, Flags, Floats, Ints, day
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.homes import Homes
from whatworks.simulation.society.people import People
from whatworks.simulation.society.places import BOROUGHS
from whatworks.simulation.streams import stream

BASE_RATE = 1.05
"""Offences a year, laid to a person by police, for frailty 1 at the age at which people offend most."""
_MIX = (17, 3, 8, 1, 0.4, 0.3, 5, 5, 22, 2, 3, 2, 3, 3, 5, 3, 6, 0.6, 8, 2.5, 3)
_SPECIALISES = 0.45
CODES_EACH = 3
"""Offence codes in each group."""
CAUTION, REPRIMAND, WARNING, CONVICTION = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Offences:
    """Everything a person might do, sorted by person and day, with what would follow from it.

    The marks (charge, sanction, dates) belong to the offence, not to the life in which it happens: that is how two
    lives share the same random draws. `level` is uniform up to the most that any hazard may be multiplied by: the
    offence happens in a life whose multiple of the usual hazard exceeds it. `sanction` is 0 where nothing was proved.
    """

    person: Ints
    committed: Days
    committed_to: Days
    recorded: Days
    charged: Days
    sanctioned: Days
    sanction: npt.NDArray[np.int8]
    group: Ints
    code: Ints
    level: Floats
    remanded: Flags
    ward: Ints

    def __len__(self) -> int:
        return len(self.person)


def horizon(settings: SimulationSettings) -> int:
    """Return the last day that is made up: far enough for the two-year outcome of the last index day."""
    return day(settings.last_index) + 30 * 31


def make_offences(people: People, homes: Homes, seed: int, settings: SimulationSettings) -> Offences:
    """Return all that might be done between `records_from` and the horizon."""
    rng = stream(seed, "offending", people.first)
    start, end = day(settings.records_from), horizon(settings)
    boost = _boost(people, settings)
    shock = np.exp(borough_shocks(seed, settings))
    expected = people.hazard * boost * shock.max() * (end - start) / 365.25
    person = np.repeat(np.arange(len(people)), rng.poisson(expected))
    committed = rng.integers(start, end, len(person)).astype(np.int32)
    level = rng.random(len(person)) * boost[person]
    years = (committed - people.born[person]) / 365.25
    here = homes.borough_on(person, np.full(len(person), day(settings.first_index), dtype=np.int32))
    later = committed >= day(settings.first_index)
    happens = rng.random(len(person)) < age_curve(years) * np.where(later, shock[here], 1.0) / shock.max()
    person, committed, level = person[happens], committed[happens], level[happens]
    order = np.argsort(person * 2**32 + committed, kind="stable")
    return _marked(people, homes, person[order], committed[order], level[order], seed)


def age_curve(years: Floats) -> Floats:
    """Return how much people of an age offend, as a share of the most they ever do (at 19).

    >>> age_curve(np.array([9.0, 19.0, 40.0])).round(2).tolist()
    [0.0, 1.0, 0.43]
    """
    rising = np.clip((years - 10) / 9, 0, 1) ** 1.5
    falling = 0.18 + 0.82 * np.exp(-np.maximum(years - 19, 0) / 17.5)
    return np.where(years < 19, rising, falling)


def borough_shocks(seed: int, settings: SimulationSettings) -> Floats:
    """Return each borough's own deviation of the log hazard after the first index day; zeros by default."""
    return settings.borough_shocks * stream(seed, "boroughs").standard_normal(len(BOROUGHS))


def hidden_factor(people: People, settings: SimulationSettings) -> Floats:
    """Return what the trait that nobody records multiplies a person's hazard by after release; mean 1."""
    strength = settings.hidden_confounding
    return np.exp(strength * people.hidden - strength**2 / 2)


def _boost(people: People, settings: SimulationSettings) -> Floats:
    return np.maximum(1.0, hidden_factor(people, settings) * max(1.0, settings.effect, settings.under_age_effect))


def _marked(people: People, homes: Homes, person: Ints, committed: Days, level: Floats, seed: int) -> Offences:
    rng = stream(seed, "marks", people.first)
    size = len(person)
    group = _groups(rng, people, person)
    adult = committed - people.born[person] >= 18 * 365.25
    committed_to = committed + np.where(rng.random(size) < 0.12, rng.integers(0, 4, size), 0)
    recorded = committed_to + np.where(
        rng.random(size) < 0.04, rng.integers(20, 45, size), rng.geometric(0.45, size).clip(max=20) - 1
    )
    charged_at_all = rng.random(size) < 0.80
    convicted = charged_at_all & (rng.random(size) < 0.85)
    remanded = convicted & adult & (group != OFFENCE_GROUPS.index("breach")) & (rng.random(size) < 0.15)
    to_charge = (1 + rng.gamma(1.2, 18.0, size)).clip(max=150)
    to_court = (6 + rng.gamma(2.0, 32.0, size)).clip(max=320)
    to_charge = np.where(remanded, to_charge.clip(max=25), to_charge).astype(np.int32)
    to_court = np.where(remanded, to_court.clip(max=95), to_court).astype(np.int32)
    disposal = rng.random(size)
    sanction = np.select(
        [convicted, charged_at_all, adult & (disposal < 0.25), ~adult & (disposal < 0.25), ~adult & (disposal < 0.45)],
        [CONVICTION, 0, CAUTION, REPRIMAND, WARNING],
        0,
    ).astype(np.int8)
    charged = np.where(charged_at_all, recorded + to_charge, NEVER).astype(np.int32)
    proved = np.where(convicted, charged + to_court, recorded + to_charge)
    where = rng.integers(0, 96, size)
    return Offences(
        person=person,
        committed=committed,
        committed_to=committed_to.astype(np.int32),
        recorded=recorded.astype(np.int32),
        charged=charged,
        sanctioned=np.where(sanction > 0, proved, NEVER).astype(np.int32),
        sanction=sanction,
        group=group,
        code=group * CODES_EACH + rng.integers(0, CODES_EACH, size),
        level=level,
        remanded=remanded,
        ward=np.where(rng.random(size) < 0.6, homes.ward_on(person, committed), where),
    )


def _groups(rng: np.random.Generator, people: People, person: Ints) -> Ints:
    """Draw offence groups: each person leans to one of their own."""
    shares = np.array(_MIX, dtype=np.float64)
    cumulative = np.cumsum(shares / shares.sum())
    own = np.searchsorted(cumulative, rng.random(len(people)))
    usual = np.searchsorted(cumulative, rng.random(len(person)))
    return np.where(rng.random(len(person)) < _SPECIALISES, own[person], usual).astype(np.int64).clip(max=20)
