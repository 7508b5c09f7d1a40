"""Read from a store what its links rest on, and join its records in every way that the model holds believable."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.calibration import Calibration
from whatworks.linkage.clusters.components import Labels, lowest_records
from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.doubt.draws import draw_labels, recalibrated, settled
from whatworks.linkage.doubt.stamp import LinkStamp, link_stamp
from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.linkage.model.scoring import score
from whatworks.linkage.numbers.shared import pairs_sharing_a_number
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions, read_records
from whatworks.linkage.stored.pairs import stored_pairs
from whatworks.records.engine import Engine
from whatworks.records.refusal import Refused

THRESHOLDS = (0.1, 0.3, 0.5, 0.8, 0.95, 0.99)
"""Where the answer is worked out beside: pairs at least this probable are joined."""

_IDENTITY = "SELECT organisation_id, person_id, linked_id FROM identity"
_STANDING = """
SELECT decision, left_organisation_id, left_person_id, right_organisation_id, right_person_id
FROM link_decision AS d
WHERE decision <> 'undo' AND decision_id <= ?
  AND NOT EXISTS (SELECT 1 FROM link_decision AS u WHERE u.undoes = d.decision_id AND u.decision_id <= ?)
ORDER BY decision_id
"""


@dataclass(frozen=True, slots=True)
class BelievableLinks:
    """The records, scored pairs and decisions that a store's links rest on, and the joining in force.

    `joined` is of each record the lowest record of its person, and `linked_id` that person's number.
    """

    records: RecordTable = field(repr=False)
    linked_id: NDArray[np.object_] = field(repr=False)
    joined: Labels = field(repr=False)
    pairs: ScoredPairs = field(repr=False)
    decisions: Decisions
    stamp: LinkStamp

    def draws(self, seed: int, scheme: NDArray[np.bool_], calibration: Calibration) -> Iterator[Labels]:
        """Yield as many believable joinings as the stamp says; `scheme` tells whose records are on the scheme.

        The model's doubts are scaled anew in each, by what the judged sample leaves open.
        """
        column = np.where(scheme[self.pairs.left] | scheme[self.pairs.right], 0, 1)
        phi, psi = calibration.draw(np.random.default_rng([seed, 1]), self.stamp.draws)
        most = psi.max(axis=0, initial=1.0)[column]
        believed = recalibrated(self.pairs.probability, self.stamp.threshold, 0.0, most)
        known = settled(self.records, self.pairs, believed, self.stamp.threshold, self.decisions)
        for number in range(self.stamp.draws):
            factors = phi[number, column], psi[number, column]
            believed = recalibrated(self.pairs.probability, self.stamp.threshold, *factors)
            yield draw_labels(self.records, self.pairs, believed, [seed, 2, number], self.decisions, known)

    def at(self, threshold: float) -> Labels:
        """Return the joining of pairs at least this probable."""
        return join(self.records, self.pairs, self.decisions, threshold).label


def believable_links(connection: Engine, threshold: float, draws: int) -> BelievableLinks | None:
    """Return what the links of a store rest on; None where no model joined them, so that they know no doubt."""
    stamp = link_stamp(connection, threshold, draws)
    if stamp is None:
        return None
    records = read_records(connection)
    identity = connection.fetch(_IDENTITY)
    linked_id = np.empty(len(records), dtype=object)
    linked_id[positions(records, identity["organisation_id"], identity["person_id"])] = identity["linked_id"].to_list()
    return BelievableLinks(
        records,
        linked_id,
        lowest_records(np.unique(linked_id.astype(str), return_inverse=True)[1].astype(np.int32)),
        stored_pairs(connection, records, stamp.model_sha256),
        _decisions(connection, records, stamp.last_decision),
        stamp,
    )


def links_then(connection: Engine, links: BelievableLinks, then: LinkStamp | None) -> BelievableLinks | None:
    """Return today's records joined by what a lock kept; without a model then, by shared number and without doubt.

    None where the model of that time is no longer held.
    """
    records = links.records
    if then is None:
        stamp = replace(links.stamp, draws=0)
        pairs, decisions = pairs_sharing_a_number(records), links.decisions
        joined = join(records, pairs, decisions, lenient=True).label
    else:
        stamp, decisions = then, _decisions(connection, records, then.last_decision)
        scored = _pairs_then(connection, records, then.model_sha256)
        if scored is None:
            return None
        pairs, joined = scored, join(records, scored, decisions, then.threshold).label
    return replace(links, joined=joined, pairs=pairs, decisions=decisions, stamp=stamp)


def changed(before: Labels, after: Labels) -> NDArray[np.bool_]:
    """Tell of each record whether its person holds other records after than before.

    >>> changed(np.array([0, 0, 2, 3]), np.array([0, 0, 2, 2])).tolist()
    [False, False, True, True]
    """
    both = before.astype(np.int64) * (len(before) + 1) + after
    sizes = [np.unique(labels, return_inverse=True, return_counts=True) for labels in (before, after, both)]
    mine, theirs, shared = (counts[inverse] for _, inverse, counts in sizes)
    other: NDArray[np.bool_] = (shared != mine) | (shared != theirs)
    return other


@dataclass(frozen=True, slots=True)
class Moved:
    """Of each person in force, by their lowest record: whether another joining parts them, and adds to them."""

    parted: NDArray[np.bool_]
    added: NDArray[np.bool_]


def moved(before: Labels, after: Labels) -> Moved:
    """Return what becomes of each person of `before` in `after`; both arrays are by record, read at lowest records.

    >>> became = moved(np.array([0, 0, 2, 3]), np.array([0, 1, 2, 2]))
    >>> became.parted.tolist(), became.added.tolist()
    ([True, False, False, False], [False, False, True, True])
    """
    size = len(before)
    couples = np.unique(np.column_stack([before, after]), axis=0)
    parts, wholes = np.bincount(couples[:, 0], minlength=size), np.bincount(couples[:, 1], minlength=size)
    added = np.zeros(size, dtype=np.bool_)
    added[couples[wholes[couples[:, 1]] > 1, 0]] = True
    return Moved(parts > 1, added)


def _rows(records: RecordTable, pairs: pl.DataFrame, side: str) -> NDArray[np.int32]:
    """Return the record of one side of each pair, -1 where it is no longer there."""
    return positions(records, pairs[f"{side}_organisation_id"], pairs[f"{side}_person_id"])


def _pairs_then(connection: Engine, records: RecordTable, model_id: str) -> ScoredPairs | None:
    """Return the pairs that a model scores, anew where the store holds them no more.

    None where the store lacks the model, or holds it as an earlier version wrote it.
    """
    pairs = stored_pairs(connection, records, model_id)
    if len(pairs):
        return pairs
    rows = connection.rows("SELECT model FROM link_model WHERE model_id = ? LIMIT 1", [model_id])
    try:
        return score(connection, LinkageModel.from_json(str(rows[0][0]))) if rows else None
    except Refused:
        return None


def _decisions(connection: Engine, records: RecordTable, last: int) -> Decisions:
    """Return the decisions in force when the last one had this number."""
    decisions = connection.fetch(_STANDING, [last, last])
    left, right = (_rows(records, decisions, side).tolist() for side in ("left", "right"))
    rows = list(zip(decisions["decision"].to_list(), left, right, strict=True))
    must, cannot = (
        tuple((first, second) for kind, first, second in rows if kind == asked and min(first, second) >= 0)
        for asked in ("must", "cannot")
    )
    return Decisions(must, cannot)
