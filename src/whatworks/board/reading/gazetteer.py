"""Look up the words by which names, posts and bodies are told apart; `gazetteer.toml` holds them, but for forenames."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whatworks.records.showing.names import names


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Sets of lower-case words, and organisations as printed."""

    titles: frozenset[str]
    suffixes: frozenset[str]
    posts: frozenset[str]
    post_heads: frozenset[str]
    organisation_words: frozenset[str]
    organisations: tuple[str, ...]
    """Longest first."""
    forenames: frozenset[str]
    surnames: frozenset[str]
    word_surnames: frozenset[str]
    """Of the words below, those that are surnames behind a known forename."""
    common_words: frozenset[str]
    """Words of headings, posts, bodies and places."""
    verbs: frozenset[str]
    """What an action begins with where it names nobody."""
    labels: dict[str, frozenset[str]]
    """Words of the headings of attendance lists."""
    heads: dict[str, frozenset[str]]
    """Words of the headings of columns."""


@cache
def gazetteer() -> Gazetteer:
    """Return the words, read once.

    >>> "siobhan" in gazetteer().forenames, "cllr" in gazetteer().titles
    (True, True)
    """
    held = tomllib.loads(files(__package__).joinpath("gazetteer.toml").read_text(encoding="utf-8"))
    return Gazetteer(
        titles=frozenset(held["titles"]),
        suffixes=frozenset(held["suffixes"]),
        posts=frozenset(held["posts"]),
        post_heads=frozenset(held["post_heads"]),
        organisation_words=frozenset(held["organisation_words"]),
        organisations=tuple(sorted(held["organisations"], key=lambda name: (-len(name), name))),
        forenames=names().forenames | frozenset(held["forenames"].split()),
        surnames=names().surnames,
        word_surnames=frozenset(held["word_surnames"]),
        common_words=frozenset(held["common_words"]),
        verbs=frozenset(held["verbs"]),
        labels={kind: frozenset(words) for kind, words in held["labels"].items()},
        heads={kind: frozenset(words) for kind, words in held["heads"].items()},
    )
