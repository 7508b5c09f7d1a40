"""A made-up partnership whose true pairs are known, as counts by band: what samples of judged pairs are drawn from.

20,000 people with names of eight origins, 67,760 records, scored once: of each band of probability the pairs, the
model's mean probability, and the pairs that are truly one person.
"""

import numpy as np

from whatworks.linkage.checking.bands import ScoredCells
from whatworks.linkage.checking.judged_pairs import JudgedPairs

THRESHOLD = 0.3
PAIRS = np.array([5262, 358, 582, 1502, 2368, 786, 8721, 84763])
MODEL = np.array([0.002034, 0.050551, 0.188710, 0.473464, 0.746751, 0.954409, 0.997748, 0.999867])
TRUE = np.array([141, 34, 140, 976, 2059, 722, 8636, 84708])
LIKELY = MODEL >= THRESHOLD
CELLS = ScoredCells(
    np.stack([PAIRS * ~LIKELY, PAIRS * LIKELY]), np.stack([PAIRS * MODEL * ~LIKELY, PAIRS * MODEL * LIKELY])
)


def judged_of(found: np.ndarray, asked: np.ndarray, pairs: np.ndarray = PAIRS) -> JudgedPairs:
    """Make judged pairs: in each band `found` of `asked` are one person, each standing for as many of the band."""
    same = np.concatenate([np.r_[np.ones(k), np.zeros(n - k)] for k, n in zip(found, asked, strict=True)])
    p = np.repeat(MODEL, asked)
    return JudgedPairs(p, p >= THRESHOLD, same, np.repeat(pairs / asked, asked))
