"""The frontier of a negotiation: terms that no others beat both for the payer and for the partner at most risk."""

from collections.abc import Sequence


def frontier(points: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Return which points no other beats in both values, higher being better, in order of the first value.

    >>> frontier([(1.0, 5.0), (2.0, 4.0), (1.5, 3.0), (3.0, 1.0), (3.0, 1.0)])
    (0, 1, 3)
    """
    best = float("-inf")
    kept = []
    for at in sorted(range(len(points)), key=lambda one: (-points[one][0], -points[one][1], one)):
        if points[at][1] > best:
            best = points[at][1]
            kept.append(at)
    return tuple(reversed(kept))
