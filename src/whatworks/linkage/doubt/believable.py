"""Read from a store what its links rest on, and join its records in every way that the model holds believable."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.calibration import Calibration
from whatworks.linkage.clusters.components import Labels, lowest_records
from whatworks.linkage.clusters.decided import Decisions
from whatworks.linkage.clusters.joining import join
from whatworks.linkage.doubt.draws import draw_labels
from whatworks.linkage.doubt.recalibrated import recalibrated
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs, read_records

THRESHOLDS = (0.1, 0.3, 0.5, 0.8, 0.95, 0.99)
"""Where the answer is worked out beside: pairs at least this probable are joined."""

_IDENTITY = "SELECT organisation_id, person_id, linked_id FROM identity"
_EDGES = """
SELECT left_organisation_id, left_person_id, right_organisation_id, right_person_id, probability, weight, pattern
FROM link_edge
WHERE model_id = ?
"""
_MODEL = "SELECT model_id FROM link_model ORDER BY number DESC LIMIT 1"
_DECISIONS = """
SELECT decision, left_organisation_id, left_person_id, right_organisation_id, right_person_id
FROM link_decision AS d
WHERE decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM link_decision AS u WHERE u.undoes = d.decision_id)
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
    threshold: float
    model_id: str
    calibration: Calibration = field(default_factory=lambda: Calibration.unchecked(("scheme", "others")))
    """By pairs of the scheme's people, and all others."""

    def decisions_sha256(self) -> str:
        """Return a hash of what people decided."""
        records, said = self.records, []
        for kind, pairs in (("must", self.decisions.must), ("cannot", self.decisions.cannot)):
            for pair in sorted(pairs):
                ends = [(records.organisations[records.organisation[row]], records.person_id[row]) for row in pair]
                said.append(repr((kind, *ends)))
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def draws(self, draws: int, seed: int, scheme: NDArray[np.bool_]) -> Iterator[Labels]:
        """Yield so many believable joinings; `scheme` says of each record whether its person is on the scheme.

        The model's doubts are scaled anew in each, by what the judged sample leaves open.
        """
        column = np.where(scheme[self.pairs.left] | scheme[self.pairs.right], 0, 1)
        phi, psi = self.calibration.draw(np.random.default_rng([seed, 1]), draws)
        for number in range(draws):
            factors = phi[number, column], psi[number, column]
            believed = recalibrated(self.pairs.probability, self.threshold, *factors)
            yield draw_labels(self.records, self.pairs, believed, [seed, 2, number], self.decisions)

    def at(self, threshold: float) -> Labels:
        """Return the joining of pairs at least this probable."""
        return join(self.records, self.pairs, self.decisions, threshold).label


def believable_links(connection: duckdb.DuckDBPyConnection, threshold: float) -> BelievableLinks | None:
    """Return what the links of a store rest on; None where no model joined them, so that they know no doubt."""
    [(by_model,)] = connection.execute("SELECT COUNT(*) FROM identity WHERE method = 'probabilistic'").fetchall()
    models = connection.execute(_MODEL).fetchall()
    if not by_model or not models:
        return None
    records = read_records(connection)
    place = _places(records)
    edges = connection.sql(_EDGES, params=[models[0][0]]).pl()
    ends = [_rows(place, edges, side) for side in ("left", "right")]
    known = (ends[0] >= 0) & (ends[1] >= 0)
    columns = [edges[name].to_numpy()[known] for name in ("probability", "weight", "pattern")]
    pairs = ScoredPairs.sorted_from(ends[0][known], ends[1][known], *columns)
    linked = place.join(connection.sql(_IDENTITY).pl(), on=["organisation_id", "person_id"], how="left").sort("row")
    numbers = linked["linked_id"].rank("dense").cast(pl.Int32).to_numpy() - np.int32(1)
    return BelievableLinks(
        records,
        linked["linked_id"].to_numpy().astype(object),
        lowest_records(numbers),
        pairs,
        _decisions(connection, place),
        threshold,
        str(models[0][0]),
    )


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


def _places(records: RecordTable) -> pl.DataFrame:
    names = np.array(records.organisations, dtype=object)[records.organisation]
    frame = pl.DataFrame(
        {"organisation_id": names.tolist(), "person_id": records.person_id.tolist()},
        schema={"organisation_id": pl.String, "person_id": pl.String},
    )
    return frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int32))


def _rows(place: pl.DataFrame, pairs: pl.DataFrame, side: str) -> NDArray[np.int32]:
    """Return the record of one side of each pair, -1 where it is no longer there."""
    keys = pairs.select(organisation_id=f"{side}_organisation_id", person_id=f"{side}_person_id")
    found = keys.join(place, on=["organisation_id", "person_id"], how="left", maintain_order="left")
    return found["row"].fill_null(-1).to_numpy()


def _decisions(connection: duckdb.DuckDBPyConnection, place: pl.DataFrame) -> Decisions:
    said = connection.sql(_DECISIONS).pl()
    left, right = (_rows(place, said, side).tolist() for side in ("left", "right"))
    rows = list(zip(said["decision"].to_list(), left, right, strict=True))
    must, cannot = (
        tuple((one, other) for kind, one, other in rows if kind == asked and min(one, other) >= 0)
        for asked in ("must", "cannot")
    )
    return Decisions(must, cannot)
