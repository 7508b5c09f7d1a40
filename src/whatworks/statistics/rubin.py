"""Combine one estimate over several believable ways of completing the data, by Rubin's rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, isinf, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from whatworks.records.refusal import Refused

NEARLY_NORMAL = 1e12
"""Degrees of freedom from which Student's t is the normal distribution."""


@dataclass(frozen=True, slots=True)
class Combined:
    """An estimate that allows for what is not known: the links between records, or values that were filled in.

    Variances are in the estimate's unit squared. `within` is the mean of the draws' own variances, `between` the
    variance of their estimates; `share` is the part of the whole variance that comes from not knowing (lambda). `df`
    are Barnard and Rubin's degrees of freedom.
    """

    estimate: float
    se: float
    df: float
    within: float
    between: float
    share: float
    draws: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the two ends of the interval by Student's t.

        >>> both = combine_draws([0.2, 0.2], [0.1, 0.1])
        >>> [round(end, 3) for end in both.interval()]
        [0.004, 0.396]
        """
        half = float(stdtrit(min(self.df, NEARLY_NORMAL), 0.5 + level / 2)) * self.se
        return self.estimate - half, self.estimate + half

    @property
    def p(self) -> float:
        """The probability of an estimate at least this far from zero, if the truth were zero."""
        return float(2 * stdtr(min(self.df, NEARLY_NORMAL), -abs(self.estimate) / self.se))


def combine_draws(estimates: Sequence[float], errors: Sequence[float], df: float = inf) -> Combined:
    """Return one estimate from those of at least two draws and their standard errors (Rubin 1987).

    The whole variance is the mean of theirs and (1 + 1/draws) times the variance between them. `df` are the estimator's
    own degrees of freedom with the data known; Barnard and Rubin (Biometrika 1999, 86: 948) join them with
    those that the number of draws allows, so that few draws never look surer than the estimator.

    Raises `Refused` for fewer than two draws, for a number that is not finite, and where no draw has an error.

    >>> found = combine_draws([-0.178, -0.161, -0.155, -0.170], [0.027, 0.026, 0.026, 0.026], df=600)
    >>> round(found.estimate, 4), round(found.se, 4), round(found.share, 3), round(found.df, 1)
    (-0.166, 0.0286, 0.156, 99.0)
    """
    q, se = np.asarray(estimates, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    draws = len(q)
    if draws < 2 or len(se) != draws:
        raise Refused("fewer than two draws have an estimate with a standard error", "ask for at least two draws")
    if not (np.isfinite(q).all() and np.isfinite(se).all() and se.min() >= 0 and se.max() > 0):
        raise Refused("a draw has no standard error", "leave out outcomes that are the same for everybody")
    within, between = float((se**2).mean()), float(q.var(ddof=1))
    added = (1 + 1 / draws) * between
    total = within + added
    share = added / total
    return Combined(float(q.mean()), sqrt(total), _df(within, added, share, draws, df), within, between, share, draws)


def _df(within: float, added: float, share: float, draws: int, df: float) -> float:
    """Return Barnard and Rubin's degrees of freedom; without any spread between draws only the estimator's count."""
    by_draws = inf if added == 0 else (draws - 1) * (1 + within / added) ** 2
    observed = inf if isinf(df) else (df + 1) / (df + 3) * df * (1 - share)
    known = [each for each in (by_draws, observed) if isfinite(each)]
    return 1 / sum(1 / each for each in known) if known else inf
