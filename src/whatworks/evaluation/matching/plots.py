"""Pictures of a match: how unlike the groups were and are, and how a score or a covariate is spread in them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from whatworks.evaluation.matching.display import label
from whatworks.pictures.bars import grouped_bars
from whatworks.pictures.drawing import Picture
from whatworks.pictures.love import AFTER, BEFORE, love_chart
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.balance import compared_columns
from whatworks.statistics.regression.design_matrix import is_factor

BINS, MOST_LEVELS = 6, 20
GROUPS = ("Treated, matched", "Comparison, before", "Comparison, matched")


def love_plot(rows: Sequence[dict[str, Any]]) -> Picture:
    """Return the love plot of the rows of a balance."""
    return Picture(
        love_chart(
            [
                {"covariate": label(row), "stage": stage, "smd": round(100 * row[name], 1)}
                for row in rows
                for stage, name in ((BEFORE, "smd_before"), (AFTER, "smd_after"))
                if row[name] is not None
            ]
        )
    )


def spread_plot(column: pl.Series, treated: Flags, weights: Floats, sampling: Floats | None, title: str) -> Picture:
    """Return the shares of the matched treated, and of the comparisons before and after, in equal bands of a column.

    A number with few values, and a factor, has a band for each; otherwise there are six, from the least to the
    greatest value of anybody.
    """
    bands = _bands(column)
    if len(bands) > MOST_LEVELS:
        problem = f"has {len(bands)} levels, too many for a picture"
        raise Refused(Fault(problem, "group them, or name another column", field=column.name))
    before = np.ones(len(treated)) if sampling is None else sampling
    groups = {}
    for name, weight in zip(GROUPS, (weights * treated, before * ~treated, weights * ~treated), strict=True):
        counts = [float(weight @ inside) for _, inside in bands]
        groups[name] = [round(100 * count / (sum(counts) or 1.0)) for count in counts]
    return Picture(grouped_bars([name for name, _ in bands], groups, title))


def _bands(column: pl.Series) -> list[tuple[str, Floats]]:
    """Return the bands with their names and who is in each; in none is whoever's number is not known."""
    parts = list(compared_columns(column))
    if is_factor(column):
        return [(str(level), values) for level, values, _ in parts]
    ((_, values, known),) = parts
    inside = np.ones(len(values), dtype=np.bool_) if known is None else known
    seen = np.unique(values[inside])
    if len(seen) <= BINS:
        return [(f"{value:g}", ((values == value) & inside).astype(np.float64)) for value in seen.tolist()]
    edges = np.linspace(seen[0], seen[-1], BINS + 1)
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, BINS - 1)
    return [
        (f"{low}–{high}", ((place == at) & inside).astype(np.float64))
        for at, (low, high) in enumerate(pairwise(_written(edges)))
    ]


def _written(edges: Floats) -> list[str]:
    """Return the edges with as few decimals as tell all of them apart, and one more below ten.

    >>> _written(np.array([0.01, 0.22, 0.43])), _written(np.array([0.0, 4380.2, 8760.4]))
    (['0.01', '0.22', '0.43'], ['0', '4,380', '8,760'])
    """
    for decimals in range(12):
        written = [f"{edge:,.{decimals}f}" for edge in edges]
        if len(set(written)) == len(written) and (decimals > 1 or float(np.abs(edges).max()) >= 10):
            break
    return written
