"""An outcome of matched people as numbers, refused where nothing can be learnt of it."""

import numpy as np
import polars as pl

from whatworks.evaluation.values.people_table import check_columns
from whatworks.evaluation.values.table_columns import text_outcome
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.arrays import Flags, Floats


def is_yes_no(values: Floats) -> bool:
    """Tell whether the known values are 0 and 1.

    >>> is_yes_no(np.array([0.0, 1.0, np.nan])), is_yes_no(np.array([0.0, 2.0]))
    (True, False)
    """
    return bool(np.isin(values[~np.isnan(values)], (0.0, 1.0)).all())


def outcome_values(frame: pl.DataFrame, name: str, treated: Flags, weights: Floats) -> Floats:
    """Return a column as numbers, NaN where it is not known.

    Refused are text, who was treated, and what is infinite, the same for all who count, or known for fewer than two of
    a group.

    >>> people = pl.DataFrame({"y": [1, 0, None, 1]})
    >>> outcome_values(people, "y", np.array([True, True, False, False]), np.ones(4))
    Traceback (most recent call last):
    whatworks.records.refusal.Refused: y: is known for 2 matched people in the scheme and 1 comparisons; an effect \
needs two of each at the least: match more people
    """
    check_columns(frame, {"outcome": [name]})
    column = frame[name]
    if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        raise text_outcome(column)
    values = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    count = (weights > 0) & ~np.isnan(values)
    known = values[count]
    if np.isinf(known).any():
        problem = f"is infinite for {int(np.isinf(known).sum())} people"
        raise Refused(Fault(problem, "correct or empty them", field=name))
    if len(known) and np.ptp(known) == 0:
        remedy = "take another outcome, or a longer time: nothing can be compared"
        raise Refused(Fault(f"is {known[0]:g} for everybody who is matched", remedy, field=name))
    if np.array_equal(values, treated):
        raise Refused(Fault("is who was treated", "name what happened afterwards", field=name))
    sides = [int((treated[count] == side).sum()) for side in (True, False)]
    if min(sides) < 2:
        problem = f"is known for {sides[0]} matched people in the scheme and {sides[1]} comparisons"
        raise Refused(Fault(problem, "an effect needs two of each at the least: match more people", field=name))
    return values
