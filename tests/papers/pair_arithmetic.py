"""What an attacker works out of a plain difference between pairs: textbook arithmetic, none of the program's."""

from math import sqrt
from typing import Any

from scipy.stats import t

from papers.parts import rate
from whatworks.evaluation.result import GroupResult


def paired(ours: int, theirs: int, pairs: int) -> dict[str, float]:
    """Return the difference of two shares over pairs, with the paired t interval.

    In `ours` pairs only the one in the scheme had the outcome, in `theirs` only the other; the rest are alike.
    """
    mean = (ours - theirs) / pairs
    half = float(t.ppf(0.975, pairs - 1)) * sqrt(((ours + theirs) / pairs - mean**2) / (pairs - 1))
    return {"difference": mean, "ci_low": mean - half, "ci_high": mean + half}


def groups(both: int, ours: int, theirs: int, pairs: int) -> dict[str, GroupResult]:
    """Return the groups of pairs of which in `both` both had the outcome."""
    return {"treated": rate(both + ours, pairs), "comparison": rate(both + theirs, pairs)}


def numbers_of_pairs(printed: Any, least: int, most: int) -> set[int]:
    """Return every number of pairs from `least` to `most` of which some outcome would print so, in percentages."""
    told = [printed[end] for end in ("difference", "ci_low", "ci_high")]
    if "c" in told:
        return set(range(least, most + 1))
    slack = 0.5 if all(isinstance(end, int) for end in told) else 0.05
    return {
        pairs
        for pairs in range(least, most + 1)
        for apart in range(-pairs, pairs + 1)
        if abs(100 * apart / pairs - told[0]) <= slack + 1e-9
        for unlike in range(abs(apart), pairs + 1, 2)
        if all(
            abs(100 * end - shown) <= slack + 1e-9
            for end, shown in zip(
                paired((unlike + apart) // 2, (unlike - apart) // 2, pairs).values(), told, strict=True
            )
        )
    }
