"""Hide the numbers that agencies share, and see how many pairs that share one are joined without them.

It costs no judge's time and tells of every group, but it flatters: people whose number two agencies hold are written
down more carefully than others, so what is found of them is the most that is found of anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.by_group import GroupGap, GroupLinks, group_gaps, links_by_group
from whatworks.linkage.checking.groups import pair_groups, read_groups
from whatworks.linkage.checking.judged_pairs import JudgedPairs, LinkShare, wilson_share
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.model import score_records, standardise
from whatworks.linkage.records_and_pairs import RecordTable, read_records
from whatworks.linkage.stored.models import model_in_force
from whatworks.records.declaring.linkage_block import LinkageSettings
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.records.showing.counted import counted

FEWEST = 30
_HIDE = "UPDATE standard_record SET pnc = NULL, prison_no = NULL, crn_no = NULL"


@dataclass(frozen=True, slots=True)
class HiddenNumbers:
    """Pairs of records that share a PNC number, and how many of them are joined where no number is compared.

    `groups` gives the share missed of each group, `gaps` the groups that differ more than chance explains.
    """

    pairs: int
    found: LinkShare
    groups: tuple[GroupLinks, ...]
    gaps: tuple[GroupGap, ...]

    def __str__(self) -> str:
        """Return the finding for a person to read.

        >>> print(HiddenNumbers(2_000, wilson_share(1_956, 2_000), (), ()))
        Where numbers are hidden, 97.8% (95% interval 97.1 to 98.4) of the 2,000 pairs that share a PNC number are \
joined: of pairs without a number at most as many.
        """
        share = f"{self.found.share:.1%} (95% interval {100 * self.found.low:.1f} to {100 * self.found.high:.1f})"
        return (
            f"Where numbers are hidden, {share} of the {self.pairs:,} pairs that share a PNC number are joined: "
            "of pairs without a number at most as many."
        )


def check_hidden_numbers(
    connection: Engine,
    settings: LinkageSettings,
    preferences: Mapping[str, Sequence[str]] | None = None,
) -> HiddenNumbers:
    """Score and join all records as if nobody held a number, and count what is found of the pairs that share one.

    Nothing is written. It takes as long as scoring does. Refused are a store without a model, and one in which fewer
    than 30 pairs share a number.
    """
    stored = model_in_force(connection)
    if stored is None:
        raise Refused(Fault("no model was trained, so numbers are all there is", "run `whatworks link` first"))
    records = read_records(connection)
    left, right = _sharing(records)
    if len(left) < FEWEST:
        pairs = counted(len(left), "pair of records shares", "pairs of records share")
        problem = f"{pairs} a PNC number, too few to tell anything"
        raise Refused(Fault(problem, "have people judge pairs: `whatworks link check --sheet FOLDER`"))
    standard = standardise(connection)
    standard.engine.change(_HIDE)
    none = np.full(len(records), -1, np.int32)
    hidden = replace(records, pnc=none, prison=none, crn=none)
    label = join(hidden, score_records(standard, stored.model), threshold=settings.threshold).label
    joined = label[left] == label[right]
    ones = np.ones(len(left))
    groups = pair_groups(records, read_groups(connection), left, right, preferences)
    by_group = links_by_group(JudgedPairs(ones, joined, ones, ones), groups)
    rows = tuple(replace(row, false=None) for row in by_group)
    return HiddenNumbers(len(left), wilson_share(float(joined.sum()), len(left)), rows, group_gaps(rows))


def _sharing(records: RecordTable) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return all pairs of records that share a checked PNC number."""
    frame = pl.DataFrame({"pnc": records.pnc, "record": np.arange(len(records), dtype=np.int32)})
    frame = frame.filter(pl.col("pnc") >= 0)
    pairs = frame.join(frame, on="pnc", suffix="_other").filter(pl.col("record") < pl.col("record_other"))
    pairs = pairs.sort("record", "record_other")
    return pairs["record"].to_numpy(), pairs["record_other"].to_numpy()
