"""Keep many tests from finding by chance what one would not: Holm, and Benjamini and Hochberg (1995)."""

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm's adjusted p-values, in the order given. The smallest of m is multiplied by m, the next by m - 1...

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted, largest = [0.0] * len(p_values), 0.0
    for place, i in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[i]))
        adjusted[i] = largest
    return tuple(adjusted)


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
