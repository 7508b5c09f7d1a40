"""Let a reference that two records share speak for one person: evidence beside names and births, never alone."""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import level_places
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.linkage.model.weight import Floats
from whatworks.records.engine import Engine

TRIED_TOGETHER = 10
"""So many people of an agency may stand under one reference by chance; one on more of its records names no case."""
_LARGEST = "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM link_record GROUP BY organisation)"


def reference_bits(
    connection: Engine, left: NDArray[np.int64], right: NDArray[np.int64], code: NDArray[np.int64]
) -> Floats:
    """Return what shared references add to each kept pair's weight, in bits, given its pattern of agreement.

    Two people stand under one reference by a chance of at most ten in an agency's records, so one in common is worth
    log2(records of the largest agency / 10). It counts only where forenames or births agree and neither names nor
    births differ, since brothers are tried together. None in common says nothing.
    """
    bits = np.zeros(len(code))
    shared = connection.fetch(files("whatworks.linkage.stored").joinpath("shared_reference.sql").read_text("utf-8"))
    [(largest,)] = connection.rows(_LARGEST)
    if shared.is_empty() or largest <= TRIED_TOGETHER:
        return bits
    width = int(right.max()) + 1
    rows = np.flatnonzero(np.isin(left * width + right, shared["l"].to_numpy() * width + shared["r"].to_numpy()))
    bits[rows[bear_it_out(code[rows])]] = np.log2(largest / TRIED_TOGETHER)
    return bits


def bear_it_out(code: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each pattern of agreement whether names and births let a shared reference count.

    >>> from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
    >>> of = 16 ** (len(PERSON_COMPARISONS) - 1), 16 ** (len(PERSON_COMPARISONS) - 2)
    >>> same, brothers, nothing_known = of[0] + of[1], 7 * of[0] + 6 * of[1], 0
    >>> bear_it_out(np.array([same, of[0], brothers, nothing_known])).tolist()
    [True, True, False, False]
    """
    comparisons = PERSON_SCHEME.comparisons
    places = level_places(code, len(comparisons))
    speaks = np.zeros(len(code), dtype=np.bool_)
    differs = np.zeros(len(code), dtype=np.bool_)
    for column, comparison in enumerate(comparisons):
        if comparison.name in ("name", "born"):
            kinds = np.array(["silent", *(level.beside_reference for level in comparison.levels)])[places[:, column]]
            speaks |= kinds == "speaks"
            differs |= kinds == "differs"
    return np.asarray(speaks & ~differs, dtype=np.bool_)
