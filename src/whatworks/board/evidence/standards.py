"""Evidence standards as data: which scale calls a study what, and from which level it is heard."""

from functools import cache
from math import sqrt
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from whatworks.evaluation.result import Outcome, Result
from whatworks.records.hand_written import HandWritten
from whatworks.records.toml_file import load_model

SHIPPED = Path(__file__).parent / "reference" / "standards.toml"


class Rules(HandWritten):
    """From where on evidence is heard."""

    enough: int = Field(ge=1, le=5, description="Maryland level from which a study is heard.")
    children_below: int = Field(ge=0, le=25, description="Below this age nobody can offend in law.")
    chance_widths: float = Field(ge=0, description="Standard deviations of chance that a red covariate lies within.")
    fresh_years: int = Field(ge=1, description="Older studies are marked as old.")


class DesignLevels(HandWritten):
    """The Maryland level of an evaluation of our own, by design."""

    randomised: int = Field(ge=1, le=5)
    difference_in_differences: int = Field(ge=1, le=5)
    matched: int = Field(ge=1, le=5)
    not_balanced: int = Field(ge=1, le=5)


class EvidenceScale(HandWritten):
    """A scale, its levels from the lowest, where it comes from, and what of it was read."""

    name: str
    title: str
    source: str
    read: str
    levels: tuple[str, ...] = Field(min_length=1)


class Heading(HandWritten):
    """One of EMMIE's headings, and what it asks."""

    name: str
    title: str
    asks: str


class Standards(HandWritten):
    """All of a file of standards."""

    rules: Rules
    design_levels: DesignLevels
    scale: tuple[EvidenceScale, ...] = Field(min_length=1)
    heading: tuple[Heading, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        for key, named in (("scale", self.scale), ("heading", self.heading)):
            names = [one.name for one in named]
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{key}: {', '.join(twice)} stands there twice")
        return self

    def level_words(self, level: int | None) -> str:
        """Return what a level of the Maryland scale stands for.

        >>> shipped_standards().level_words(5), shipped_standards().level_words(None)
        ('units assigned at random', 'not rated')
        """
        scale = next((one for one in self.scale if one.name == "maryland"), None)
        if level is None or scale is None or level > len(scale.levels):
            return "not rated"
        return scale.levels[level - 1]


def read_standards(path: Path) -> Standards:
    """Return a file of standards, or refuse it with every fault."""
    return load_model(Standards, path, "docs/evaluation.md")


@cache
def shipped_standards() -> Standards:
    """Return the standards that come with the software."""
    return read_standards(SHIPPED)


def level_of(result: Result, outcome: Outcome, standards: Standards) -> int | None:
    """Return the Maryland level of one outcome of our own evaluation; None where nothing was compared."""
    if outcome.design in ("descriptive", "population_rate") or outcome.comparison is None:
        return None
    levels = standards.design_levels
    if outcome.design == "randomised":
        return levels.randomised
    if not_alike(result, standards) or not result.protocol.causal:
        return levels.not_balanced
    return levels.matched if outcome.design == "matched" else levels.difference_in_differences


def not_alike(result: Result, standards: Standards) -> bool:
    """Say whether the groups stayed unlike: overlap failed, or a covariate is red by more than chance explains.

    Two random groups of n differ by a standard deviation of sqrt(2/n), so in a small study red alone says little.
    """
    if result.unlike:
        return True
    chance = standards.rules.chance_widths * sqrt(2 / result.n.treated) if result.n.treated else 0.0
    return any(
        row.band == "red" and row.smd_after is not None and abs(row.smd_after) > chance for row in result.balance
    )
