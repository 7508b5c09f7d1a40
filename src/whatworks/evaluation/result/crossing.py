"""Which people lie in which subgroups at once: what papers need to see that no subtraction gives a handful back."""

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
