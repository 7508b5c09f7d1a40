"""Scale a model's own doubts of its links by what people who judged a sample of them found."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST_DOUBT = 0.8
"""A pair that was joined is never believed less than 1 in 5."""
MOST_BELIEF = 0.95
"""A pair that was not joined is never believed more than this."""


def recalibrated(
    probability: NDArray[np.float64], threshold: float, false_factor: ArrayLike, missed_factor: ArrayLike
) -> NDArray[np.float64]:
    """Return what to believe of each pair, given how far a model's doubts fall short of the truth.

    `false_factor` (phi) is how many of the pairs joined are false for each that the model says, `missed_factor` (psi)
    how many of those not joined are true for each that it says; numbers, or one for each pair. 1 leaves the model's
    word.

    >>> recalibrated(np.array([0.99, 0.5, 0.1]), 0.3, 2.0, 1.5).round(3).tolist()
    [0.98, 0.2, 0.15]
    """
    doubted = 1 - np.minimum(MOST_DOUBT, np.multiply(false_factor, 1 - probability))
    believed = np.minimum(MOST_BELIEF, np.multiply(missed_factor, probability))
    return np.where(probability >= threshold, doubted, believed)
