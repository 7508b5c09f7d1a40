"""Which people lie in which subgroups at once: what papers need to see that no subtraction gives a handful back."""

from typing import Literal

from pydantic import Field

from whatworks.evaluation.result.part import Part


class SubgroupAtom(Part):
    """People who are alike in every subgroup of a family: cuts of one number, or factors that lie within each other.

    Levels of a family are sums of its atoms. Counts are of the people behind the primary outcome. It never leaves.
    """

    family: int
    rows: tuple[int, ...] = Field(description="Places, in `subgroups`, of the levels that hold these people.")
    treated: int
    comparison: int
    treated_events: int | None = Field(description="People with the outcome, or its events; None where it counts none.")
    comparison_events: int | None


class EarlierFigure(Part):
    """What an earlier paper of the same book told of people who are those of a count here, some of them, or more.

    `lies` says where this paper's people lie: the "same" as the earlier ones, "within" them or "around" them. It never
    leaves.
    """

    count: str = Field(description="The count of this paper, by its name.")
    lies: Literal["same", "within", "around"]
    people: int = Field(description="How many the earlier figure was truly of.")
    low: int = Field(description="The least that the earlier paper let a reader conclude.")
    high: int
