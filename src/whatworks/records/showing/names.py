"""Look up names that are common in Britain; `names.toml` holds them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Names:
    """Sets of names in lower case, and those of them that are words of headings too."""

    forenames: frozenset[str]
    surnames: frozenset[str]
    also_words: frozenset[str]


@cache
def names() -> Names:
    """Return the names, read once.

    >>> "siobhan" in names().forenames, "patel" in names().surnames
    (True, True)
    """
    held = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    return Names(*(frozenset(held[kind].split()) for kind in ("forenames", "surnames", "also_words")))
