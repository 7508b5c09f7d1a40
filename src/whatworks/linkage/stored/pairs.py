"""Keep scored pairs in the store, and compare only records that are new or have changed with all others.

A pair keeps how far it agrees; what that says, the prior and how common names are, is worked out anew for all whenever
records come or leave, so that records that came in parts weigh what they weigh at once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import Agreements, blocked_agreements, new_agreements
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.linkage.model.scoring import LEAST, MARGIN, AgreeingPairs, likely_pairs, pattern_texts
from whatworks.linkage.model.weight import Floats, by_value, commonness, holders, known, pattern_bits, probability
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions
from whatworks.linkage.stored.models import StoredModel
from whatworks.linkage.stored.records import GONE, Renewed, records_to_compare
from whatworks.linkage.stored.references import reference_bits
from whatworks.linkage.stored.rows import insert_rows
from whatworks.records.engine import Engine, Store

MOST_NEW = 0.25
"""Where a larger share of the records is new, all are compared anew, which is quicker then."""
_PAIRS = """
SELECT p.left_record AS l, p.right_record AS r, p.pattern, p.commonness, w.bits
FROM link_pair AS p JOIN link_pattern AS w ON w.pattern = p.pattern
WHERE EXISTS (SELECT 1 FROM link_scoring WHERE model_id = ?)
"""


@dataclass(frozen=True, slots=True)
class WeighedPairs:
    """Pairs of records by running number, with their patterns and probabilities; none is left out as improbable."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    code: NDArray[np.int64]
    weight: Floats
    probability: Floats

    def edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
        """Return left records, right records, probabilities and weights."""
        return self.left, self.right, self.probability, self.weight

    def scored(self, place: NDArray[np.int32]) -> ScoredPairs:
        """Return the pairs of the records that have a place, by running number: -1 is none."""
        left, right = place[self.left], place[self.right]
        rows = np.flatnonzero((left >= 0) & (right >= 0) & (self.probability >= LEAST))
        patterns = pattern_texts(self.code[rows], len(PERSON_SCHEME.comparisons))
        return ScoredPairs.sorted_from(left[rows], right[rows], self.probability[rows], self.weight[rows], patterns)


@dataclass(frozen=True, slots=True)
class Rescored:
    """The pairs before and after records came and left; `before` None where all pairs were compared anew."""

    before: WeighedPairs | None
    after: WeighedPairs


def stored_pairs(connection: Engine, records: RecordTable, model_id: str) -> ScoredPairs:
    """Return the pairs that the store holds of this model's scoring, of records that are still there."""
    rows = connection.fetch("SELECT record, organisation, person_id FROM link_record ORDER BY record")
    record = rows["record"].to_numpy()
    place = np.full(int(record.max(initial=-1)) + 1, -1, np.int32)
    place[record] = positions(records, rows["organisation"], rows["person_id"])
    return _weighed(connection, model_id).scored(place)


def rescore(connection: Store, stored: StoredModel, renewed: Renewed, *, anew: bool) -> Rescored:
    """Compare what has come or changed with all, weigh all pairs as the records are now, and keep them.

    With `anew` all are compared, and so they are where the store holds another model's pairs, where many records are
    new, and where a pair that was too improbable to be kept may have become likelier by now.
    """
    scored = connection.rows("SELECT model_id, prior, held, risen FROM link_scoring")
    standing = scored[0] if len(scored) == 1 and scored[0][0] == stored.model_id else None
    before = None if anew or standing is None else _weighed(connection, stored.model_id)
    if standing is not None and before is not None and not renewed.count and not len(renewed.gone):
        return Rescored(before, before)
    records = records_to_compare(connection, renewed.first)
    scoring = _Scoring(
        stored, prior_for(records, stored.model, PERSON_SCHEME), holders(records, PERSON_SCHEME.comparisons)
    )
    comparisons, rules = PERSON_SCHEME.comparisons, PERSON_SCHEME.rules
    parts, risen = None, 0.0
    if standing is not None and before is not None and renewed.count <= MOST_NEW * renewed.total:
        risen = standing[3] + scoring.rise(connection, standing[1], json.loads(standing[2]))
        parts = new_agreements(records, comparisons, rules, GONE) if risen <= MARGIN else None
    if parts is None:
        connection.change("DELETE FROM link_pair")
        before, risen = None, 0.0
        _keep(connection, scoring.likely(blocked_agreements(records, comparisons, rules)))
    else:
        added = scoring.likely(parts)
        _forget(connection, renewed)
        _weigh_anew(connection, scoring)
        _keep(connection, added)
    scoring.keep(connection, risen)
    return Rescored(before, _weighed(connection, stored.model_id))


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What pairs are weighed by: a model, and the prior and the frequencies of the records at hand."""

    stored: StoredModel
    prior: float
    counts: dict[str, NDArray[np.int64]]

    def likely(self, parts: Iterable[Agreements]) -> AgreeingPairs:
        return likely_pairs(parts, self.stored.model, PERSON_SCHEME, self.prior, self.counts, MARGIN)

    def commonness(self, left: NDArray[np.int64], code: NDArray[np.int64]) -> Floats:
        return commonness(left, code, PERSON_SCHEME.comparisons, self.stored.model, self.counts)

    def rise(self, connection: Store, prior: float, held: dict[str, int]) -> float:
        """Return by how many bits at most a pair's weight is more than under another prior and other frequencies."""
        now = known(self.counts)
        bits = np.log2(self.prior / (1 - self.prior)) - np.log2(prior / (1 - prior))
        for comparison in PERSON_SCHEME.comparisons:
            columns = set(by_value(comparison, self.stored.model).values())
            bits += max(
                (np.log2(now[one] / held[one] * _fallen(connection, one)) for one in columns if held[one]), default=0
            )
        return max(0.0, float(bits))

    def keep(self, connection: Store, risen: float) -> None:
        """Write what each pattern that pairs come to says, and by what the pairs are weighed."""
        codes = connection.fetch("SELECT DISTINCT pattern FROM link_pair ORDER BY pattern")["pattern"]
        code, of = np.asarray(codes, dtype=np.int64), known(self.counts)
        bits = pattern_bits(code, PERSON_SCHEME.comparisons, self.stored.model, self.prior, of)
        connection.change("DELETE FROM link_pattern")
        insert_rows(connection, "link_pattern", pl.DataFrame({"pattern": code, "bits": bits}))
        connection.change("DELETE FROM link_scoring")
        row = [self.stored.model_id, self.prior, json.dumps(of, sort_keys=True), risen]
        connection.change("INSERT INTO link_scoring VALUES (?, ?, ?, ?)", row)


def _fallen(connection: Engine, column: str) -> float:
    """Return how many times as many records held a value at most before some left, of values that two hold still."""
    before, now = (f"SELECT {column}, count(*) AS n FROM {table} GROUP BY 1" for table in (GONE, "link_record"))
    [(times,)] = connection.rows(
        f"SELECT coalesce(max((b.n + a.n) / b.n), 1.0) FROM ({before}) AS a JOIN ({now}) AS b USING ({column}) "
        "WHERE b.n > 1"
    )
    return float(times)


def _weighed(connection: Engine, model_id: str) -> WeighedPairs:
    """Return the pairs of a model's scoring; none where the store holds another's."""
    found = connection.fetch(_PAIRS, [model_id])
    left, right, code, common, bits = (found[name].to_numpy() for name in ("l", "r", "pattern", "commonness", "bits"))
    weight = bits - common + reference_bits(connection, left, right, code)
    return WeighedPairs(left, right, code, weight, probability(weight))


def _forget(connection: Store, renewed: Renewed) -> None:
    """Drop the pairs of records that have left or changed."""
    if len(renewed.gone):
        gone = f"(SELECT record FROM {GONE})"
        connection.change(f"DELETE FROM link_pair WHERE left_record IN {gone} OR right_record IN {gone}")


def _weigh_anew(connection: Store, scoring: _Scoring) -> None:
    """Write how common the values are that pairs share, where others have come to hold them or hold them no more."""
    rows = connection.fetch("SELECT left_record, right_record, pattern, commonness FROM link_pair")
    left, right, code, before = (
        np.asarray(rows[name]) for name in ("left_record", "right_record", "pattern", "commonness")
    )
    now = scoring.commonness(left, code)
    other = np.flatnonzero(now != before)
    frame = pl.DataFrame({"left_record": left[other], "right_record": right[other], "now": now[other]})
    with connection.lent("common_now", frame):
        connection.change(
            "UPDATE link_pair SET commonness = n.now FROM common_now AS n "
            "WHERE n.left_record = link_pair.left_record AND n.right_record = link_pair.right_record"
        )


def _keep(connection: Store, pairs: AgreeingPairs) -> None:
    frame = pl.DataFrame(
        {
            "left_record": pairs.left.astype(np.int64),
            "right_record": pairs.right.astype(np.int64),
            "pattern": pairs.code,
            "commonness": pairs.commonness,
        }
    )
    insert_rows(connection, "link_pair", frame)
