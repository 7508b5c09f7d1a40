"""Pairs of records that share a checked Police National Computer number: what joins where no model was trained."""

import numpy as np

from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs

SAME_NUMBER = "same PNC number"


def pairs_sharing_a_number(records: RecordTable) -> ScoredPairs:
    """Return each record with the first record that has the same PNC number, as certain pairs.

    >>> from whatworks.linkage.records_and_pairs import record_table
    >>> table = record_table(["court", "police", "prison"], ["1", "1", "1"], pnc=["2003/0062845E"] * 3)
    >>> pairs = pairs_sharing_a_number(table)
    >>> pairs.left.tolist(), pairs.right.tolist()
    ([0, 0], [1, 2])
    """
    numbered = np.flatnonzero(records.pnc >= 0)
    codes, first, place = np.unique(records.pnc[numbered], return_index=True, return_inverse=True)
    begins = numbered[first][place] if len(codes) else numbered
    further = begins != numbered
    count = int(further.sum())
    return ScoredPairs.sorted_from(
        begins[further], numbered[further], np.ones(count), pattern=np.full(count, SAME_NUMBER, dtype=object)
    )
