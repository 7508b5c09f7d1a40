"""Say from where people's names come, and who lives with which relative."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import Days, Flags, Ints
from whatworks.simulation.society.homes import Homes
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.society.origin_names import ORIGINS
from whatworks.simulation.society.people import ETHNICITIES, People
from whatworks.simulation.streams import stream

RELATIONS = ("none", "twin", "son", "sibling", "partner")
NO_RELATIVE, TWIN, SON, SIBLING, PARTNER = range(len(RELATIONS))
_AGE_GAPS = {TWIN: (-3.0, 3.0), SON: (18.0, 40.0), SIBLING: (1.0, 8.0), PARTNER: (-8.0, 8.0)}
"""By how many years the relative is older; a twin's birth date is then made the same."""
_ORIGINS_OF = {
    "White": {"british": 0.70, "east_european": 0.16, "latin": 0.10, "arab_north_african": 0.04},
    "Black": {"west_african": 0.42, "caribbean": 0.40, "somali": 0.18},
    "Asian": {"south_asian_muslim": 0.47, "indian": 0.41, "chinese_vietnamese": 0.12},
    "Mixed": {"british": 0.55, "caribbean": 0.30, "west_african": 0.10, "indian": 0.05},
    "Other": {"arab_north_african": 0.45, "latin": 0.30, "chinese_vietnamese": 0.15, "somali": 0.10},
    "Not stated": {"british": 0.50, "east_european": 0.15, "west_african": 0.15, "south_asian_muslim": 0.20},
}
"""Origins of names within the recorded groups. The order follows the detailed ethnic groups of London in the Census of
2021 (Office for National Statistics, table TS021: of the Black, about half African and a quarter Caribbean; of the
Asian, a third Indian, a third Pakistani or Bangladeshi, a twelfth Chinese; of the White, 68% British); the shares are
rounded to what agencies of criminal justice are assumed to see."""
_NEW_YEARS_DAY = {
    "somali": 0.08,
    "arab_north_african": 0.06,
    "south_asian_muslim": 0.04,
    "chinese_vietnamese": 0.01,
    "indian": 0.01,
    "west_african": 0.02,
}
"""Share whose papers say 1 January, because the day of birth was never written down (assumed)."""


@dataclass(frozen=True, slots=True)
class Background:
    """Origin of the name (place in ORIGINS), and the row in People of the older relative at home (-1: none)."""

    origin: Ints
    relation: npt.NDArray[np.int8]
    relative: Ints

    def together(self, homes: Homes) -> Homes:
        """Return the homes with everyone living where their relative lives."""
        size = len(self.relative)
        source = np.where(self.relative >= 0, self.relative, np.arange(size))
        counts = np.bincount(homes.person, minlength=size)[source]
        first = np.searchsorted(homes.person, np.arange(size))[source]
        before = np.cumsum(counts) - counts
        row = np.arange(counts.sum()) + np.repeat(first - before, counts)
        return Homes(
            np.repeat(np.arange(size), counts), homes.ward[row], homes.since[row], homes.until[row], homes.lag[row]
        )


def make_background(people: People, seed: int, settings: IdentitySettings) -> tuple[People, Background]:
    """Return everyone's background, and the people made alike to their relatives.

    A relative's ethnicity and origin are shared; twins are born on one day.
    """
    rng = stream(seed, "background", people.first)
    origin = _origins(people.ethnicity, rng.random(len(people)))
    birthday = rng.random(len(people))
    relation, relative = _relatives(people, rng, settings)
    has = relative >= 0
    ethnicity = np.where(has, people.ethnicity[relative], people.ethnicity)
    origin = np.where(has, origin[relative], origin)
    born = people.born
    if settings.origins:
        unknown = np.array([_NEW_YEARS_DAY.get(name, 0.001) for name in ORIGINS])[origin]
        born = np.where(birthday < unknown, _first_of_january(born), born).astype(np.int32)
    born = np.where(relation == TWIN, born[relative], born).astype(np.int32)
    return replace(people, ethnicity=ethnicity, born=born), Background(origin, relation, relative)


def _first_of_january(born: Days) -> Days:
    result: Days = born.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int32)
    return result


def _origins(ethnicity: Ints, draw: npt.NDArray[np.float64]) -> Ints:
    found = np.zeros(len(ethnicity), dtype=np.int64)
    for place, group in enumerate(ETHNICITIES):
        shares = np.array([_ORIGINS_OF[group].get(origin, 0.0) for origin in ORIGINS])
        chosen = ethnicity == place
        found[chosen] = np.searchsorted(np.cumsum(shares), draw[chosen], side="right").clip(max=len(ORIGINS) - 1)
    return found


def _relatives(
    people: People, rng: np.random.Generator, settings: IdentitySettings
) -> tuple[npt.NDArray[np.int8], Ints]:
    """Draw who lives with whom; nobody is in two pairs."""
    size = len(people)
    relation, relative, free = np.zeros(size, dtype=np.int8), np.full(size, -1, dtype=np.int64), np.ones(size, np.bool_)
    anyone, men = np.ones(size, dtype=np.bool_), ~people.female
    shares = {TWIN: settings.twins, SON: settings.sons, SIBLING: settings.siblings, PARTNER: settings.partners}
    for kind, share in shares.items():
        able = men if kind == SON else anyone
        member, head = _pairs(people.born, free & able, round(share * size), _AGE_GAPS[kind], rng)
        if kind == PARTNER:
            differ = people.female[member] != people.female[head]
            member, head = member[differ], head[differ]
        relation[member], relative[member] = kind, head
        free[member] = free[head] = False
    return relation, relative


def _pairs(
    born: Days, free: Flags, count: int, gap: tuple[float, float], rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Draw up to `count` pairs of free people of whom the second is older by `gap` years."""
    rows = np.flatnonzero(free)
    member = rng.permutation(rows)[:count]
    by_birth = rows[np.argsort(born[rows], kind="stable")]
    low, high = (np.searchsorted(born[by_birth], born[member] - years * 365.25) for years in (gap[1], gap[0]))
    place = low + (rng.random(len(member)) * (high - low)).astype(np.int64)
    head = by_birth[np.minimum(place, len(by_birth) - 1)] if len(rows) else member
    sound = (high > low) & ~np.isin(head, member)
    first = np.zeros(len(member), dtype=np.bool_)
    first[np.unique(head, return_index=True)[1]] = True
    return member[sound & first], head[sound & first]
