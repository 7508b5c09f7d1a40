"""The overlap plot: whether the comparison group holds people as likely to be in the scheme."""

from typing import Any

from whatworks.papers.evaluation.release import Bin, Overlap
from whatworks.pictures.bars import grouped_bars

GROUPS = ("Scheme group", "Comparison group")
SCORE = "Score: how likely a person was to be in the scheme"


def band(found: Bin) -> str:
    """Return a band of scores in words."""
    return f"{found.low.normalize():f}–{found.high.normalize():f}"


def overlap_plot(overlap: Overlap) -> dict[str, Any]:
    """Return the chart of both groups by band of scores."""
    shares = ([int(each.treated) for each in overlap.bins], [int(each.comparison) for each in overlap.bins])
    return grouped_bars([band(each) for each in overlap.bins], dict(zip(GROUPS, shares, strict=True)), SCORE)
