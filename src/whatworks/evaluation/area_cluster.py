"""A scheme given by borough: allow for boroughs differing, and say when there are too few of them to know."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from whatworks.evaluation.design_matrix import Design
from whatworks.evaluation.estimate import Estimate, interval, two_sided_p
from whatworks.evaluation.g_computation import matched_effect
from whatworks.evaluation.weights import Matched

FEW_AREAS = 10
NOT_KNOWN = "not known"
"""The area of people whose area is not known: they are one cluster, but no area that could show how areas differ."""
ASSUMPTION = "This assumes that nothing else differed between the boroughs."


@dataclass(frozen=True, slots=True)
class AreaEstimate:
    """The same effect with errors clustered on the area, beside the person-level one; None with one area a side."""

    estimate: Estimate | None
    treated_areas: int
    comparison_areas: int
    sentence: str
    warning: str | None


def area_clustered(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    matched: Matched,
    areas: npt.ArrayLike,
    covariates: Design | None = None,
    *,
    yes_no: bool,
) -> AreaEstimate:
    """Return the effect with an interval that lets people of one area be alike; `areas` is each person's own.

    Student's t has one degree of freedom fewer than the smaller number of areas, treated or comparison: the number of
    people does not help. Fewer than ten treated areas brings a warning, for even so the interval may be too short.
    """
    flags, codes = np.asarray(treated, dtype=np.bool_), np.asarray(areas)
    told = matched.used & (codes != NOT_KNOWN)
    ours, theirs = len(np.unique(codes[flags & told])), len(np.unique(codes[~flags & told]))
    warning = None
    if ours < FEW_AREAS:
        warning = (
            "The scheme worked in fewer than ten areas, so differences between areas can pass for an effect: the "
            "person-level interval is too short, and the area-level one may be."
        )
    if min(ours, theirs) < 2:
        return AreaEstimate(None, ours, theirs, f"One area cannot show how areas differ. {ASSUMPTION}", warning)
    found = matched_effect(
        outcome, flags, matched, covariates, yes_no=yes_no, se_kind="CR1", clusters=codes, cluster_name="area"
    )
    df = float(min(ours, theirs) - 1)
    low, high = interval(found.difference, found.se, df)
    estimate = replace(found, ci_low=low, ci_high=high, df=df, p=two_sided_p(found.difference, found.se, df))
    return AreaEstimate(estimate, ours, theirs, ASSUMPTION, warning)
