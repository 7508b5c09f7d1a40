"""Keep the share of false alarms low among many tests (Benjamini and Hochberg 1995)."""

from collections.abc import Sequence


def false_discovery(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return each test's q: among the tests with a q at or below a level, at most that share are false on average.

    >>> [round(q, 3) for q in false_discovery([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    found, least, tests = [0.0] * len(p_values), 1.0, len(p_values)
    for place, i in enumerate(sorted(range(tests), key=lambda i: -p_values[i])):
        least = min(least, p_values[i] * tests / (tests - place))
        found[i] = least
    return tuple(found)
