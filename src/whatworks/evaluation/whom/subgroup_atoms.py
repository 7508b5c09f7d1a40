"""Find which subgroups lie within each other, and how many people are in each part, so that papers can guard them."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.question.covariate_names import SubgroupSplit, covariate_of
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.result import Subgroup, SubgroupAtom
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.regression.g_computation import known_sample

COUNTED = ("yes_no", "frequency")
"""Kinds of outcome that count people or events."""


def subgroup_atoms(
    analysis: Analysis, spec: OutcomeSpec, splits: Sequence[SubgroupSplit], rows: Sequence[Subgroup]
) -> tuple[SubgroupAtom, ...]:
    """Return how many people, with how many events, lie in each part into which a family of subgroups cuts them.

    A family is what subtraction can take apart: cuts of one number, and factors whose levels lie each within one level
    of another, as wards within boroughs. Whoever looks at a paper is taken to know that. Other subgroups meet in their
    totals only. As in the subgroups themselves, comparisons go with the treated person of their matched set.
    """
    values = analysis.values(spec)
    counted = counted_units(analysis, values)
    place = {(row.asked, row.level): at for at, row in enumerate(rows)}
    found: list[SubgroupAtom] = []
    for number, members in enumerate(families(splits)):
        names = [f"level_{at}" for at in range(len(members))]
        levels = pl.DataFrame(
            [of_set(analysis, split.levels).alias(at) for at, split in zip(names, members, strict=True)]
        )
        people = levels.with_columns(treated=analysis.units.treated, events=pl.Series(np.nan_to_num(values)))
        parts = people.filter(pl.Series(counted)).group_by(names, maintain_order=True)
        for key, part in sorted(parts, key=lambda one: tuple((level is None, level or "") for level in one[0])):
            ours, theirs = part.filter("treated"), part.filter(~pl.col("treated"))
            found.append(
                SubgroupAtom(
                    family=number,
                    rows=tuple(
                        place[split.name, str(level)]
                        for split, level in zip(members, key, strict=True)
                        if level is not None
                    ),
                    treated=ours.height,
                    comparison=theirs.height,
                    treated_events=round(ours["events"].sum()) if spec.kind in COUNTED else None,
                    comparison_events=round(theirs["events"].sum()) if spec.kind in COUNTED else None,
                )
            )
    return tuple(found)


def families(splits: Sequence[SubgroupSplit]) -> list[list[SubgroupSplit]]:
    """Return the splits, those together that are of one covariate or of which one's levels lie within another's.

    >>> def split(name, levels):
    ...     return SubgroupSplit(name, name, True, pl.Series(levels))
    >>> wards = split("ward", ["a1", "a1", "a2", "a2", "b1", "b1", "b2", "b2"])
    >>> boroughs, sexes = split("borough", [*"aaaabbbb"]), split("sex", [*"mfmfmfmf"])
    >>> [[one.name for one in family] for family in families([wards, sexes, boroughs])]
    [['sex'], ['ward', 'borough']]
    """
    found: list[list[SubgroupSplit]] = []
    for split in splits:
        near = [family for family in found if any(_hang_together(split, other) for other in family)]
        found = [family for family in found if family not in near]
        found.append([member for family in near for member in family] + [split])
    return found


def _hang_together(one: SubgroupSplit, other: SubgroupSplit) -> bool:
    if covariate_of(one.name) == covariate_of(other.name):
        return True
    pairs = pl.DataFrame({"one": one.levels, "other": other.levels}).drop_nulls().unique()
    fewest = min(pairs["one"].n_unique(), pairs["other"].n_unique())
    return fewest > 1 and pairs.height == max(pairs["one"].n_unique(), pairs["other"].n_unique())


def of_set(analysis: Analysis, levels: pl.Series) -> pl.Series:
    """Return each unit's level: that of the treated person of its matched set, where there are sets."""
    subclass = analysis.sample.matched.subclass
    if subclass is None:
        return levels
    ours = analysis.units.treated & (subclass >= 0)
    sets = pl.DataFrame({"set": subclass[ours], "level": levels.filter(pl.Series(ours))}).unique("set", keep="first")
    return pl.DataFrame({"set": subclass}).join(sets, on="set", how="left", maintain_order="left")["level"]


def counted_units(analysis: Analysis, values: Floats) -> Flags:
    """Return who is behind the primary outcome's figures."""
    if analysis.sample.randomised:
        known: Flags = analysis.sample.matched.used & ~np.isnan(values)
        return known
    counted = np.zeros(len(values), dtype=np.bool_)
    counted[known_sample(values, analysis.units.treated, analysis.sample.matched).rows] = True
    return counted
