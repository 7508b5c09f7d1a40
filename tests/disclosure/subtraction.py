"""A reader with a pencil: from the printed levels of subgroups alone, what is left when one is taken from another."""

from math import sqrt
from typing import Any

Z = 1.959963984540054


def wilson(k: int, n: int) -> tuple[float, float]:
    p = k / n
    middle, half = p + Z * Z / 2 / n, Z * sqrt(p * (1 - p) / n + Z * Z / 4 / n / n)
    return 100 * (middle - half) / (1 + Z * Z / n), 100 * (middle + half) / (1 + Z * Z / n)


def printed_people(summary: dict[str, Any], group: str) -> dict[tuple[str, str], int]:
    """Return every level whose number of people is printed."""
    rows = ((row["name"], row["level"], row[group]["n"]) for row in summary["subgroups"])
    return {(name, level): n for name, level, n in rows if isinstance(n, int)}


def printed_events(summary: dict[str, Any], level: tuple[str, str]) -> set[int]:
    """Return how many of a level of the scheme group may have had the outcome, by share and interval."""
    row = next(row["treated"] for row in summary["subgroups"] if (row["name"], row["level"]) == level)
    n = row["n"]
    return {
        k
        for k in range(n + 1)
        if abs(100 * k / n - row["value"]) <= 0.5
        and all(
            abs(end - told) <= 0.0501 for end, told in zip(wilson(k, n), (row["ci_low"], row["ci_high"]), strict=True)
        )
    }
