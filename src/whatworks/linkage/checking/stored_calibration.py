"""Read from the store how far the model's doubts fall short of the truth, by the pairs that people judged."""

import numpy as np
from numpy.typing import NDArray

from whatworks.linkage.checking.calibration import Calibration, calibrate
from whatworks.linkage.checking.judged_sample import JudgedSample, judged_sample
from whatworks.linkage.checking.samples import ENDS, read_sample
from whatworks.linkage.records_and_pairs import RecordTable, positions
from whatworks.records.engine import Engine

SCHEME_GROUPS = ("scheme", "others")
"""Pairs of which either record is of the scheme's people, and all others."""

_LAST_JUDGED = "SELECT MAX(sample_id) FROM link_judgement WHERE judgement <= COALESCE(?, judgement)"


def last_judged(connection: Engine, last: int | None = None) -> JudgedSample | None:
    """Return the last sample of which any pair was judged, with the judgements; None where there is none.

    With `last` only judgements up to that number count.
    """
    [(number,)] = connection.rows(_LAST_JUDGED, [last])
    return None if number is None else judged_sample(connection, read_sample(connection, number), last)


def judged_ends(sample: JudgedSample, records: RecordTable) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the record indexes of the judged pairs, left and right; -1 where a record is no longer there."""
    left_agency, left_number, right_agency, right_number = (sample.pairs[name].to_list() for name in ENDS)
    return positions(records, left_agency, left_number), positions(records, right_agency, right_number)


def stored_calibration(
    connection: Engine,
    records: RecordTable,
    scheme: NDArray[np.bool_],
    sample: JudgedSample | None = None,
    *,
    model_id: str | None = None,
    last: int | None = None,
) -> Calibration:
    """Return the calibration of pairs of a scheme's people and of all others, by a sample: the last that was judged.

    `scheme` says of each record whether its person is in the scheme. Where nothing was judged, or another model than
    `model_id` had scored what was, every factor is 1 and `judged` is 0: the model is taken at its word. With
    `last` only judgements up to that number count.
    """
    sample = sample or last_judged(connection, last)
    if sample is None or model_id not in (None, sample.sample.model_id):
        return Calibration.unchecked(SCHEME_GROUPS)
    left, right = judged_ends(sample, records)
    on_scheme = (scheme[left] & (left >= 0)) | (scheme[right] & (right >= 0))
    return calibrate(sample.judged, sample.sample.threshold, np.where(on_scheme, 0, 1), SCHEME_GROUPS)
