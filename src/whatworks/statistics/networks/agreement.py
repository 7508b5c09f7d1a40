"""How well two ways of dividing the same things fit each other, beyond chance (Vinh, Epps and Bailey 2010)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import entropy

DRAWS = 999
Codes = npt.NDArray[np.intp]


def adjusted_mutual_information(labels: Sequence[object], others: Sequence[object]) -> float:
    """Return the mutual information of two labellings, adjusted for chance: 1 the same division, 0 as by chance.

    Entropies are averaged (the arithmetic form).

    >>> round(adjusted_mutual_information("aabb", "xxyy"), 6), round(adjusted_mutual_information("aabb", "xyxy"), 6)
    (1.0, -0.5)
    """
    rows, columns = _codes(labels), _codes(others)
    a, b = np.bincount(rows), np.bincount(columns)
    if len(a) == len(b) == 1 or len(a) == len(b) == len(rows):
        return 1.0
    expected = _expected(a, b, len(rows))
    mean = (entropy(a) + entropy(b)) / 2
    apart = float(mean - expected)
    return float((_information(rows, columns) - expected) / (apart if abs(apart) > 1e-15 else 1e-15))


def chance_of_agreement(labels: Sequence[object], places: Sequence[object], *, seed: int = 1) -> float:
    """Return p: how often labels laid on places at random are as much tied to them as these, of 999 draws and these.

    >>> chance_of_agreement("aaaaaabbbbbb", "xxxxxxyyyyyy") < 0.05
    True
    """
    rows, columns = _codes(labels), _codes(places)
    drawn = np.random.default_rng(seed).permuted(np.tile(rows, (DRAWS, 1)), axis=1)
    sizes = np.arange(len(rows) + 1)
    weight = sizes * np.log(np.maximum(sizes, 1))
    cells = columns.max() + 1, (rows.max() + 1) * (columns.max() + 1)
    tied = [float(weight[np.bincount(row * cells[0] + columns, minlength=cells[1])].sum()) for row in (rows, *drawn)]
    return sum(each >= tied[0] - 1e-9 for each in tied) / (1 + DRAWS)


def _codes(labels: Sequence[object]) -> Codes:
    return np.unique([str(label) for label in labels], return_inverse=True)[1]


def _information(rows: Codes, columns: Codes) -> float:
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    return float(entropy(table.sum(axis=0)) + entropy(table.sum(axis=1)) - entropy(table.ravel()))


def _expected(a: Codes, b: Codes, n: int) -> float:
    """Return the mutual information expected of two labellings with these sizes, laid on each other at random."""
    total = 0.0
    for left in a:
        for right in b:
            both = np.arange(max(1, left + right - n), min(left, right) + 1)
            log_chance = (
                gammaln(left + 1) + gammaln(right + 1) + gammaln(n - left + 1) + gammaln(n - right + 1)
                - gammaln(n + 1) - gammaln(both + 1) - gammaln(left - both + 1) - gammaln(right - both + 1)
                - gammaln(n - left - right + both + 1)
            )  # fmt: skip
            total += float((both / n * np.log(n * both / (left * right)) * np.exp(log_chance)).sum())
    return total
