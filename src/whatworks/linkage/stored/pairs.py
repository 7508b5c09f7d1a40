"""Keep scored pairs in the store, and compare only records that are new or have changed with all others.

A pair keeps how far it agrees; what that says, the prior and how common names are, is worked out anew for all whenever
records come or leave, so that records that came in parts weigh what they weigh at once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import Agreements, blocked_agreements, new_agreements
from whatworks.linkage.model.prior import prior_for
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.linkage.model.scoring import LEAST, MARGIN, likely_pairs, pattern_texts
from whatworks.linkage.model.weight import by_value, holders, known, pattern_bits, pattern_commonness, probability
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, positions
from whatworks.linkage.stored.models import StoredModel
from whatworks.linkage.stored.records import GONE, Renewed, leave_those_beside, records_to_compare
from whatworks.linkage.stored.references import SAME_REFERENCE, bear_it_out, refer, reference_bits, sharing_a_reference
from whatworks.records.engine import Engine, Store
from whatworks.statistics.arrays import Floats

MOST_NEW = 0.25
"""Where a larger share of the records is new, all are compared anew, which is quicker then."""
_PAIRS = "SELECT left_record, right_record, pattern, commonness, shares_reference FROM link_pair"


@dataclass(frozen=True, slots=True)
class KeptPairs:
    """Pairs of records by running number as they are kept: how far each agrees, and how common what it shares is."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    code: NDArray[np.int64]
    commonness: Floats
    shares_reference: NDArray[np.bool_]

    def chosen(self, rows: NDArray[np.bool_]) -> "KeptPairs":
        """Return the pairs of a mask."""
        return KeptPairs(*(getattr(self, field.name)[rows] for field in fields(self)))

    def and_then(self, others: "KeptPairs") -> "KeptPairs":
        """Return these pairs and others behind them."""
        return KeptPairs(
            *(np.concatenate([getattr(self, field.name), getattr(others, field.name)]) for field in fields(self))
        )

    def frame(self) -> pl.DataFrame:
        """Return the pairs as rows of `link_pair`."""
        return pl.DataFrame(
            {
                "left_record": self.left,
                "right_record": self.right,
                "pattern": self.code,
                "commonness": self.commonness,
                "shares_reference": self.shares_reference,
            }
        )


@dataclass(frozen=True, slots=True)
class WeighedPairs:
    """Pairs of records by running number, with their patterns and probabilities; none is left out as improbable."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    code: NDArray[np.int64]
    shares_reference: NDArray[np.bool_]
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
        patterns[self.shares_reference[rows]] += f"; {SAME_REFERENCE}"
        return ScoredPairs.sorted_from(left[rows], right[rows], self.probability[rows], self.weight[rows], patterns)


@dataclass(frozen=True, slots=True)
class Rescored:
    """The pairs before and after records came and left; `before` None where all pairs were compared anew.

    Of the pairs before, those of the mask `stays` come first in `after`, in the same order.
    """

    before: WeighedPairs | None
    after: WeighedPairs
    stays: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Weights:
    """What patterns of agreement, in ascending order, and a shared reference say for a match, in bits."""

    code: NDArray[np.int64]
    bits: Floats
    reference: float

    def place(self, code: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return of each pair which pattern it has."""
        return np.searchsorted(self.code, code)

    def weigh(self, pairs: KeptPairs, place: NDArray[np.intp]) -> WeighedPairs:
        """Return the pairs with their weights; `place` is of each its pattern."""
        weight = self.bits[place] - pairs.commonness
        weight[pairs.shares_reference & bear_it_out(self.code)[place]] += self.reference
        return WeighedPairs(pairs.left, pairs.right, pairs.code, pairs.shares_reference, weight, probability(weight))


def stored_pairs(connection: Engine, records: RecordTable, model_id: str) -> ScoredPairs:
    """Return the pairs that the store holds of this model's scoring, of records that are still there."""
    rows = connection.fetch("SELECT record, organisation, person_id FROM link_record ORDER BY record")
    record = rows["record"].to_numpy()
    place = np.full(int(record.max(initial=-1)) + 1, -1, np.int32)
    place[record] = positions(records, rows["organisation"], rows["person_id"])
    scored_by = connection.rows("SELECT model_id FROM link_scoring")
    where = "" if scored_by == [(model_id,)] else " WHERE FALSE"
    weights, pairs = _weights(connection), _kept(connection, where)
    return weights.weigh(pairs, weights.place(pairs.code)).scored(place)


def rescore(connection: Store, stored: StoredModel, renewed: Renewed, references: str) -> Rescored:
    """Compare what has come or changed with all, weigh all pairs as the records are now, and keep them.

    All are compared where the store holds another model's pairs, where many records are new, and where a pair that was
    too improbable to be kept may have become likelier by now. `references` is `reference_content`.
    """
    scored = connection.rows("SELECT model_id, prior, held, risen, reference_content FROM link_scoring")
    standing = scored[0] if len(scored) == 1 and scored[0][0] == stored.model_id and scored[0][4] else None
    pairs = None if standing is None else _kept(connection)
    weights = _weights(connection)
    place = None if pairs is None else weights.place(pairs.code)
    before = None if pairs is None or place is None else weights.weigh(pairs, place)
    others_refer = standing is None or standing[4] != references or refer(connection, renewed.first)
    if before is not None and not others_refer and not renewed.count and not len(renewed.gone):
        return Rescored(before, before, np.ones(len(before.left), np.bool_))
    records = records_to_compare(connection, renewed.first)
    scoring = _Scoring(
        stored, prior_for(records, stored.model, PERSON_SCHEME), holders(records, PERSON_SCHEME.comparisons)
    )
    parts, risen = None, 0.0
    if standing is not None and renewed.count <= MOST_NEW * renewed.total:
        risen = standing[3] + scoring.rise(connection, standing[1], json.loads(standing[2]), renewed)
        if risen <= MARGIN:
            leave_those_beside(connection, renewed.first)
            parts = new_agreements(records, PERSON_SCHEME.comparisons, PERSON_SCHEME.rules, GONE)
    if parts is None or pairs is None or place is None:
        now = _compare_all(connection, scoring)
        codes, place = np.unique(now.code, return_inverse=True)
        weights = scoring.keep(connection, codes, 0.0, references)
        return Rescored(None, weights.weigh(now, place), np.empty(0, np.bool_))
    stays, added = _staying(pairs, renewed), scoring.likely(parts)
    kept, place = pairs.chosen(stays), place[stays]
    now = replace(kept, commonness=scoring.commonness(kept.left, weights.code, place)).and_then(added)
    if others_refer:
        now = replace(now, shares_reference=sharing_a_reference(connection, now.left, now.right))
    _change_by_difference(connection, kept, now, gone=not stays.all())
    codes = np.union1d(weights.code, added.code)
    place = np.concatenate([np.searchsorted(codes, weights.code)[place], np.searchsorted(codes, added.code)])
    weights = scoring.keep(connection, codes, risen, references)
    return Rescored(before, weights.weigh(now, place), stays)


def _compare_all(connection: Store, scoring: "_Scoring") -> KeptPairs:
    """Compare all records anew, and keep their pairs in place of those that stand in the store."""
    records = records_to_compare(connection)
    pairs = scoring.likely(blocked_agreements(records, PERSON_SCHEME.comparisons, PERSON_SCHEME.rules))
    pairs = replace(pairs, shares_reference=sharing_a_reference(connection, pairs.left, pairs.right))
    connection.change("DELETE FROM link_pair")
    connection.append("link_pair", pairs.frame())
    return pairs


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What pairs are weighed by: a model, and the prior and the frequencies of the records at hand."""

    stored: StoredModel
    prior: float
    counts: dict[str, NDArray[np.int64]]

    def likely(self, parts: Iterable[Agreements]) -> KeptPairs:
        """Return the pairs that are kept; whether they share a reference is asked later."""
        pairs = likely_pairs(parts, self.stored.model, PERSON_SCHEME, self.prior, self.counts, MARGIN)
        left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
        return KeptPairs(left, right, pairs.code, pairs.commonness, np.zeros(len(left), np.bool_))

    def commonness(self, left: NDArray[np.int64], patterns: NDArray[np.int64], place: NDArray[np.intp]) -> Floats:
        """Return `pattern_commonness` of pairs."""
        return pattern_commonness(left, patterns, place, PERSON_SCHEME.comparisons, self.stored.model, self.counts)

    def rise(self, connection: Store, prior: float, known_before: dict[str, int], renewed: Renewed) -> float:
        """Return by how many bits at most a pair's weight is more than under another prior and other frequencies."""
        now = known(self.counts)
        bits = np.log2(self.prior / (1 - self.prior)) - np.log2(prior / (1 - prior))
        for comparison in PERSON_SCHEME.comparisons:
            columns = [
                column for column in set(by_value(comparison, self.stored.model).values()) if known_before[column]
            ]
            fallen = {column: _fallen(connection, column) if len(renewed.gone) else 1.0 for column in columns}
            bits += max((np.log2(now[column] / known_before[column] * fallen[column]) for column in columns), default=0)
        return max(0.0, float(bits))

    def keep(self, connection: Store, code: NDArray[np.int64], risen: float, references: str) -> _Weights:
        """Write what each pattern that pairs come to says, and by what the pairs are weighed; return it."""
        of = known(self.counts)
        bits = pattern_bits(code, PERSON_SCHEME.comparisons, self.stored.model, self.prior, of)
        weights = _Weights(code, bits, reference_bits(connection))
        connection.change("DELETE FROM link_pattern")
        connection.append("link_pattern", pl.DataFrame({"pattern": code, "bits": bits}))
        connection.change("DELETE FROM link_scoring")
        row = [self.stored.model_id, self.prior, json.dumps(of, sort_keys=True), risen, references, weights.reference]
        connection.change("INSERT INTO link_scoring VALUES (?, ?, ?, ?, ?, ?)", row)
        return weights


def _fallen(connection: Engine, column: str) -> float:
    """Return how many times as many records held a value at most before some left, of values that two hold still."""
    gone = f"SELECT {column}, count(*) AS n FROM {GONE} GROUP BY {column}"
    now = (
        f"SELECT {column}, count(*) AS n FROM link_record WHERE {column} IN (SELECT {column} FROM {GONE}) "
        f"GROUP BY {column}"
    )
    [(times,)] = connection.rows(
        f"SELECT coalesce(max((b.n + a.n) / b.n), 1.0) FROM ({gone}) AS a JOIN ({now}) AS b USING ({column}) "
        "WHERE b.n > 1"
    )
    return float(times)


def _weights(connection: Engine) -> _Weights:
    """Return by what the pairs of the store were weighed."""
    rows = connection.fetch("SELECT pattern, bits FROM link_pattern ORDER BY pattern")
    reference = connection.rows("SELECT reference_bits FROM link_scoring")
    return _Weights(rows["pattern"].to_numpy(), rows["bits"].to_numpy(), reference[0][0] or 0.0 if reference else 0.0)


def _kept(connection: Engine, where: str = "") -> KeptPairs:
    rows = connection.fetch(_PAIRS + where)
    left, right, code, common = (
        rows[name].to_numpy() for name in ("left_record", "right_record", "pattern", "commonness")
    )
    return KeptPairs(left, right, code, common, rows["shares_reference"].fill_null(False).to_numpy())


def _staying(pairs: KeptPairs, renewed: Renewed) -> NDArray[np.bool_]:
    """Tell of each pair whether both records are still there as they were."""
    left = np.zeros(renewed.size, np.bool_)
    left[renewed.gone] = True
    stays: NDArray[np.bool_] = ~(left[pairs.left] | left[pairs.right])
    return stays


def _change_by_difference(connection: Store, before: KeptPairs, now: KeptPairs, *, gone: bool) -> None:
    """Drop the pairs of records that have left, add new ones, and write what else is known of the others by now."""
    if gone:
        left = f"(SELECT record FROM {GONE})"
        connection.change(f"DELETE FROM link_pair WHERE left_record IN {left} OR right_record IN {left}")
    old = len(before.left)
    other = np.zeros(len(now.left), np.bool_)
    other[:old] = (now.commonness[:old] != before.commonness) | (now.shares_reference[:old] != before.shares_reference)
    with connection.lent("pair_now", now.chosen(other).frame()):
        connection.change(
            "UPDATE link_pair SET commonness = n.commonness, shares_reference = n.shares_reference FROM pair_now AS n "
            "WHERE n.left_record = link_pair.left_record AND n.right_record = link_pair.right_record"
        )
    connection.append("link_pair", now.frame()[old:])
