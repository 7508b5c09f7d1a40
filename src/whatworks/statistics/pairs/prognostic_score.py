"""What would have been expected of each person without the scheme, as the comparisons show it: the prognostic score."""

import numpy as np
import numpy.typing as npt

from whatworks.statistics.arrays import Floats
from whatworks.statistics.regression.grid import same_for_all, weighted_sums

A_TERM = 10
"""Comparisons with a known outcome that each term of a score wants."""


def enough(outcome: npt.ArrayLike, matrix: npt.ArrayLike, among: npt.ArrayLike) -> bool:
    """Tell whether the rows `among` are enough, and differ enough in their outcome, to give a score.

    >>> line = np.arange(20.0)[:, None]
    >>> enough(np.arange(20.0), line, np.ones(20)), enough(np.arange(20.0), line, np.arange(20) < 19)
    (True, False)
    """
    values, columns = np.asarray(outcome, dtype=np.float64), np.asarray(matrix, dtype=np.float64)
    known = values[np.asarray(among, dtype=np.bool_) & ~np.isnan(values)]
    return len(known) >= A_TERM * (columns.shape[1] + 1) and bool(np.ptp(known) > 0)


def prognostic_score(
    outcome: npt.ArrayLike, matrix: npt.ArrayLike, among: npt.ArrayLike, weights: Floats | None = None
) -> Floats:
    """Return each row's expected outcome, by a linear regression on the columns of `matrix` among the rows `among`.

    `among` are comparisons, so that the scheme's own effect does not enter (Hansen 2008); NaN outcomes are left out.
    The score is in the outcome's unit. A difference in it between the groups is what their recorded differences would
    have made of the outcome (Stuart, Lee and Leacy 2013). People alike in every column have the very same score.
    `weights` are sampling weights.

    >>> line, first = [[0.0], [1.0], [2.0], [3.0]], [True, True, True, False]
    >>> prognostic_score([0.0, 2.0, 4.0, 9.0], line, first).round(6).tolist()
    [-0.0, 2.0, 4.0, 6.0]
    """
    values, columns = np.asarray(outcome, dtype=np.float64), np.asarray(matrix, dtype=np.float64)
    rows = np.asarray(among, dtype=np.bool_) & ~np.isnan(values)
    each = None if weights is None else weights[rows]
    known, level, size = columns[rows], np.average(values[rows], weights=each), float(values[rows].std()) or 1.0
    varies = np.flatnonzero([not same_for_all(column) for column in known.T])
    centre, spread = np.average(known[:, varies], axis=0, weights=each), known[:, varies].std(axis=0)
    root = np.ones(len(known)) if each is None else np.sqrt(each)
    scaled, aim = (known[:, varies] - centre) / spread * root[:, None], (values[rows] - level) / size * root
    slopes = np.linalg.lstsq(scaled, aim, rcond=None)[0] / spread
    sums = weighted_sums(columns[:, varies], slopes[:, None], 44)
    expected: Floats = level + size * (sums.values[:, 0] - slopes @ (centre - sums.centre))
    return expected
