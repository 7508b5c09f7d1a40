"""Draw names by origin: who bears which, common ones often and rare ones seldom."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from whatworks.simulation.days import Flags, Floats, Ints

_FALL = 0.6
"""A name's share falls with its rank to this power: in Faker's shares of British surnames, 1.15% for the first and
.03% for the last of 500, it is log(1.15 / .03) / log(500) = .59."""
ORIGINS = (
    "british", "caribbean", "west_african", "somali", "south_asian_muslim", "indian", "chinese_vietnamese",
    "east_european", "arab_north_african", "latin",
)  # fmt: skip


def draw_names(part: str, origin: Ints, draw: Floats) -> npt.NDArray[np.object_]:
    """Return a name for each origin (its place in ORIGINS) and draw in [0, 1); `part` is male, female or surname.

    >>> draw_names("surname", np.array([0, 6]), np.array([0.0, 0.0])).tolist()
    ['Smith', 'Nguyen']
    """
    found = np.empty(len(origin), dtype=object)
    for place, name in enumerate(ORIGINS):
        chosen = origin == place
        names, edges = _ranked(name, part)
        found[chosen] = names[np.searchsorted(edges, draw[chosen], side="right").clip(max=len(names) - 1)]
    return found


def draw_forenames(origin: Ints, female: Flags, draw: Floats) -> npt.NDArray[np.object_]:
    """Return first names, those of women where `female`."""
    return np.where(female, draw_names("female", origin, draw), draw_names("male", origin, draw))


@cache
def _ranked(origin: str, part: str) -> tuple[npt.NDArray[np.object_], Floats]:
    """Return an origin's names, and the upper ends of their shares."""
    names = _data()[origin][part].replace("\n", " ").split(",")
    shares = np.arange(1, len(names) + 1) ** -_FALL
    return np.array([name.strip() for name in names], dtype=object), np.cumsum(shares) / shares.sum()


@cache
def _data() -> dict[str, dict[str, str]]:
    text = files("whatworks.simulation.society").joinpath("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
