"""The effect on the matched people of each level of a column."""

from typing import Any, Literal

import numpy as np
import polars as pl

from whatworks.records.refusal import Refused
from whatworks.statistics.arrays import Flags, Floats
from whatworks.statistics.pairs.weights import Matched
from whatworks.statistics.regression.design_matrix import Design
from whatworks.statistics.regression.g_computation import matched_effect
from whatworks.statistics.regression.weighted_regression import SeKind

MOST_LEVELS = 50


def effects_by_level(
    column: pl.Series,
    outcome: Floats,
    treated: Flags,
    matched: Matched,
    design: Design | None,
    yes_no: bool,
    se_kind: SeKind | None,
    about: Literal["treated", "comparison", "all"],
) -> pl.DataFrame:
    """Return a row for each level: people, difference, its error, interval and p.

    The weights stay those of the whole match; errors are clustered on its sets, whose partners may stand in other
    levels: R's `lm(y ~ treat, subset, weights)` with `vcovCL(cluster = ~subclass)`, for CR1 without adjustment.

    >>> sets = Matched(np.ones(8), np.arange(8) % 4)
    >>> sex, flags = pl.Series("sex", ["F", "F", "M", "M"] * 2), np.arange(8) < 4
    >>> rows = effects_by_level(sex, np.array([0.0, 1, 1, 1, 1, 1, 0, 1]), flags, sets, None, True, None, "treated")
    >>> rows.select("level", "treated", pl.col("difference").round(6)).rows()
    [('F', 2, -0.5), ('M', 2, 0.5)]
    """
    text = column.cast(pl.String)
    levels = [*sorted(text.drop_nulls().unique()), *([None] if text.null_count() else [])]
    if len(levels) > MOST_LEVELS:
        remedy = "name a column with few values, or make bands of it"
        raise Refused(f"by {column.name} would give {len(levels)} rows", remedy)
    rows = []
    for level in levels:
        inside = (text.is_null() if level is None else (text == level).fill_null(False)).to_numpy()
        known = inside & (matched.weights > 0) & ~np.isnan(outcome)
        row: dict[str, Any] = {
            "level": "not known" if level is None else level,
            "treated": int((known & treated).sum()),
            "comparison": int((known & ~treated).sum()),
            **dict.fromkeys(("difference", "se", "ci_low", "ci_high", "p")),
        }
        part = Matched(np.where(inside, matched.weights, 0.0), None)
        if min(row["treated"], row["comparison"]) >= 2 and np.ptp(outcome[known]) > 0:
            found = matched_effect(
                outcome, treated, part, design, yes_no=yes_no, se_kind=se_kind, clusters=matched.subclass, about=about
            )
            row |= {name: getattr(found, name) for name in ("difference", "se", "ci_low", "ci_high", "p")}
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)
