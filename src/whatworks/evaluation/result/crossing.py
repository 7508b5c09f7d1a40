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


class EarlierFigure(Part):
    """What earlier papers of the same book told of a set of people. It never leaves."""

    name: str
    people: int = Field(description="How many they truly are.")
    low: int = Field(description="The least that those papers let a reader conclude.")
    high: int


class CrossedSet(Part):
    """A set of people that is crossed with others: of counts of this paper, of an earlier figure, or of both."""

    names: tuple[str, ...] = Field(description="Counts of this paper and earlier figures; none where nothing was told.")
    whole: bool = Field(description="Whether it stands by itself, or is a part of another.")
    among: int | None = Field(description="Place of the set of whom these had an outcome, or had not.")


class PeopleAtom(Part):
    """People who lie in the same sets of a family, by their places."""

    within: tuple[int, ...]
    people: int


class CrossedSets(Part):
    """A family of sets of people of this paper and of earlier ones, each the sum of its atoms. It never leaves."""

    sets: tuple[CrossedSet, ...]
    atoms: tuple[PeopleAtom, ...]
    small: bool = Field(False, description="Whether it is of two or three sets, and meets others in these only.")


class EarlierPapers(Part):
    """What earlier papers of the same book told of some of the same people, beside this paper. It never leaves."""

    figures: tuple[EarlierFigure, ...] = ()
    families: tuple[CrossedSets, ...] = ()
    few: tuple[str, ...] = Field((), description="Counts that, less one told earlier or the other way, would be few.")
