"""The overlap plot: whether the comparison group holds people as likely to be in the scheme."""

from collections.abc import Sequence
from typing import Any

from whatworks.papers.disclosure.published import Published
from whatworks.pictures.bars import grouped_bars

GROUPS = ("Scheme group", "Comparison group")
SCORE = "Score: how likely a person was to be in the scheme"


def bands(bins: Sequence[Published]) -> list[str]:
    """Return the bands of scores in words: the first and the last are open, and take in what lies beyond them.

    >>> from decimal import Decimal
    >>> from types import SimpleNamespace
    >>> ends = [("0.01", "0.2"), ("0.2", "0.3"), ("0.3", "0.9")]
    >>> bands([SimpleNamespace(low=Decimal(low), high=Decimal(high)) for low, high in ends])
    ['under 0.2', '0.2–0.3', '0.3 or more']
    """
    if len(bins) == 1:
        return ["any"]
    inner = [f"{found.low.normalize():f}–{found.high.normalize():f}" for found in bins[1:-1]]
    return [f"under {bins[0].high.normalize():f}", *inner, f"{bins[-1].low.normalize():f} or more"]


def overlap_plot(overlap: Published) -> dict[str, Any]:
    """Return the chart of both groups by band of scores."""
    shares = ([int(each.treated) for each in overlap.bins], [int(each.comparison) for each in overlap.bins])
    return grouped_bars(bands(overlap.bins), dict(zip(GROUPS, shares, strict=True)), SCORE)
