"""How far two bodies overlap: by members, remit terms, geography and priorities, each shown with what is shared."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from whatworks.board.bodies.body import Body
from whatworks.board.bodies.facts import one_partner
from whatworks.board.contradictions.priorities import same
from whatworks.board.contradictions.wording import stems
from whatworks.records.register.ledger import picked


@dataclass(frozen=True, slots=True)
class BodyOverlap:
    """Two bodies' overlap. Each share is from 0 to 1; None where a side has nothing that could be compared.

    `members`, `geography` and `priorities` are what both have as a share of what either has; `remit` is that of the
    words, rare ones counting more. `score` is the mean of the shares that are known, None where fewer than two are.
    """

    one: str
    other: str
    members: float | None
    remit: float | None
    geography: float | None
    priorities: float | None
    shared: tuple[str, ...]
    """What both have, in words."""

    @property
    def shares(self) -> dict[str, float | None]:
        """The four shares by what is shared."""
        return picked(self, "members remit geography priorities")

    @property
    def known(self) -> int:
        """How many of the four could be compared."""
        return sum(share is not None for share in self.shares.values())

    @property
    def score(self) -> float | None:
        """The mean of the known shares.

        >>> [BodyOverlap("a", "b", None, 0.5, other, None, ()).score for other in (1.0, None)]
        [0.75, None]
        """
        found = [share for share in self.shares.values() if share is not None]
        return sum(found) / len(found) if len(found) > 1 else None


def overlaps(bodies: Sequence[Body]) -> tuple[BodyOverlap, ...]:
    """Return every pair's overlap that is not nil, the largest first."""
    weights = rarity(bodies)
    found = [overlap(one, other, weights) for one, other in combinations(bodies, 2)]
    some = [one for one in found if one.score and one.shared]
    return tuple(sorted(some, key=lambda one: (-(one.score or 0), one.one, one.other)))


def rarity(bodies: Sequence[Body]) -> dict[str, float]:
    """Return each remit word's weight: what few bodies have weighs more, what all have next to nothing."""
    counts = Counter(term for body in bodies for term in body.terms)
    return {term: log((len(bodies) + 1) / count) for term, count in counts.items()}


def overlap(one: Body, other: Body, weights: dict[str, float]) -> BodyOverlap:
    """Return how far two bodies overlap."""
    agencies = shared(one.members, other.members)
    priorities = tuple(name for name in one.priorities if any(same(name, theirs) for theirs in other.priorities))
    places = tuple(place for place in one.geography if place in other.geography)
    words = one.terms & other.terms
    sentence = (
        *(f"priority {name}" for name in priorities),
        *(f"member {name}" for name in agencies),
        *(f"remit word {in_full(word, one)!r}" for word in sorted(words, key=lambda word: (-weights[word], word))[:5]),
        *(f"place {place}" for place in places),
    )
    either = sum(weights[word] for word in one.terms | other.terms)
    return BodyOverlap(
        one.name,
        other.name,
        share(len(agencies), len(one.members) + len(other.members) - len(agencies), one.members, other.members),
        share(sum(weights[word] for word in words), either, one.terms, other.terms),
        share(len(places), len({*one.geography, *other.geography}), one.geography, other.geography),
        share(len(priorities), len({*one.priorities, *other.priorities}), one.priorities, other.priorities),
        sentence,
    )


def in_full(stem: str, body: Body) -> str:
    """Return the first word of a body's name or remit that has a stem."""
    said = " ".join((body.name, *(quote.text for quote in body.remit)))
    return next((word.lower() for word in re.findall(r"[\w-]+", said) if stem in stems(word)), stem)


def share(both: float, either: float, one: object, other: object) -> float | None:
    """Return `both` as a share of `either`; None where a side has nothing."""
    return both / either if one and other and either else None


def shared(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return the members of one body that are members of the other, under whatever name."""
    return tuple(name for name in one if any(one_partner(name, theirs) for theirs in other))
