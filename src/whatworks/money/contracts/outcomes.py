"""The counts on which a contract is settled: whose, of what, in which period, out of how many people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Group = Literal["payee", "comparison", "national"]
BASELINE = "baseline"
"""Stands for the baseline where a count names its period."""
EVERYONE = ""
"""Stands for every payee, where one comparison group or one national count serves them all."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of events or people counted, and of how many people (None: the count is of an area)."""

    count: int
    people: int | None = None

    @property
    def rate(self) -> Fraction:
        """Events for each person; the count itself where it is of an area.

        >>> Count(142, 100).rate, Count(142).rate
        (Fraction(71, 50), Fraction(142, 1))
        """
        return Fraction(self.count, self.people or 1)


@dataclass(frozen=True, slots=True)
class Key:
    """Which count it is."""

    payee: str
    metric: str
    period: str
    group: Group = "payee"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All counts of a contract. `name` is the file they came from, `lines` where each stands in it."""

    counts: Mapping[Key, Count]
    name: str = "outcomes"
    lines: Mapping[Key, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What is to be told of how the file was read."""

    def find(self, payee: str, metric: str, period: str, group: Group = "payee") -> Count | None:
        """Return a count; a comparison or national count of everyone serves a payee without one of its own.

        >>> outcomes = Outcomes({Key("", "nights", "year-1", "national"): Count(670)})
        >>> outcomes.find("Leeds", "nights", "year-1", "national"), outcomes.find("Leeds", "nights", "year-1")
        (Count(count=670, people=None), None)
        """
        own = self.counts.get(Key(payee, metric, period, group))
        if own is None and group != "payee":
            return self.counts.get(Key(EVERYONE, metric, period, group))
        return own
