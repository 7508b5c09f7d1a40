"""Whether two counts differ by more than chance: the exact conditional test, and the E-test (Krishnamoorthy 2004)."""

from dataclasses import dataclass

from whatworks.records.refusal import Refused


@dataclass(frozen=True, slots=True)
class TwoCounts:
    """p of both tails: `exact` given the sum of the two (never too small), and `e_test` of their difference."""

    exact: float
    e_test: float


def two_counts(first: int, second: int, *, time: tuple[float, float] = (1.0, 1.0)) -> TwoCounts:
    """Return whether two Poisson counts, watched for so long, have one rate; neither counted is p of one.

    >>> found = two_counts(20, 10)
    >>> round(found.exact, 8), round(found.e_test, 8)
    (0.09873715, 0.06883178)
    """
    from scipy.stats import binomtest, poisson_means_test

    if min(first, second) < 0 or int(first) != first or int(second) != second or min(time) <= 0:
        raise Refused("counts must be whole numbers, zero or more, of some time", "give what was counted, and how long")
    if not first + second:
        return TwoCounts(1.0, 1.0)
    exact = binomtest(int(first), int(first + second), time[0] / sum(time)).pvalue
    return TwoCounts(float(exact), float(poisson_means_test(int(first), time[0], int(second), time[1]).pvalue))
