"""Who oversees what across areas of two kinds, those with priority and the others, and where nobody does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import choice
from whatworks.records.toml_file import load_model
from whatworks.sharing.agreement import PAGE

ALL, PRIORITY = "all", "priority"


class Body(HandWritten):
    """A body that oversees areas: by name, `priority` for those that have it, or `all`."""

    name: str
    level: str = Field(description="Local, regional or national, as the partnership calls it.")
    areas: tuple[str, ...] = Field(min_length=1)


class Oversight(HandWritten):
    """The areas, which of them have priority, and the bodies."""

    title: str
    areas: tuple[str, ...] = Field(min_length=1)
    priority: tuple[str, ...] = ()
    body: tuple[Body, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _areas_are_known(self) -> Self:
        named = [*self.priority, *(area for body in self.body for area in body.areas if area not in (ALL, PRIORITY))]
        faults = [
            f"{area!r} is not among areas: {choice(area, self.areas)}" for area in named if area not in self.areas
        ]
        faults += [f"{area!r} is listed twice" for area in sorted({*self.areas}) if self.areas.count(area) > 1]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def overseen(self, body: Body) -> frozenset[str]:
        """Return the areas that a body oversees."""
        if ALL in body.areas:
            return frozenset(self.areas)
        return frozenset(body.areas) - {PRIORITY} | (
            frozenset(self.priority) if PRIORITY in body.areas else frozenset()
        )


@dataclass(frozen=True, slots=True)
class Cover:
    """Which bodies oversee each area, and at each level the areas that none does."""

    bodies: Mapping[str, tuple[str, ...]]
    gaps: Mapping[str, tuple[str, ...]]


def load_oversight(path: Path) -> Oversight:
    """Return the file of areas and bodies, or refuse it with every fault."""
    return load_model(Oversight, path, PAGE)


def cover(oversight: Oversight) -> Cover:
    """Return who oversees what, and the gaps.

    >>> regional = Body(name="Regional board", level="regional", areas=("priority",))
    >>> cover(Oversight(title="Two", areas=("A", "B"), priority=("A",), body=(regional,))).gaps
    {'regional': ('B',)}
    """
    levels: Sequence[str] = tuple(dict.fromkeys(body.level for body in oversight.body))
    seen = {body.name: oversight.overseen(body) for body in oversight.body}
    at = {level: frozenset().union(*(seen[body.name] for body in oversight.body if body.level == level))
          for level in levels}  # fmt: skip
    return Cover(
        {area: tuple(name for name, areas in seen.items() if area in areas) for area in oversight.areas},
        {level: tuple(area for area in oversight.areas if area not in at[level]) for level in levels},
    )
