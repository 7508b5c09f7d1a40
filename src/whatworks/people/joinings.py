"""The people of a store under its links, under surer and laxer ones, and under other believable ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.stored_calibration import stored_calibration
from whatworks.linkage.clusters.components import Labels, lowest_records
from whatworks.linkage.doubt.believable import believable_links
from whatworks.linkage.records_and_pairs import NUMBER_KINDS, RecordTable, positions, table_of_frame
from whatworks.records.declaring.linkage_block import LinkageSettings
from whatworks.records.engine import Engine

POSSIBLE, SURE = 0.3, 0.95
"""Pairs less probable than the first are of two people, those of the second or more of one; between, it is open."""
DRAWS, SEED = 20, 1
_IDENTITY = "SELECT organisation_id, person_id, linked_id FROM identity"


@dataclass(frozen=True, slots=True)
class Joinings:
    """The records of people, and of each the lowest record of its person under each joining.

    `linked_id` is in force. Without a model nothing is in doubt: no draws, and `sure` and `possible` are in force.
    """

    records: RecordTable = field(repr=False)
    linked_id: NDArray[np.object_] = field(repr=False)
    in_force: Labels = field(repr=False)
    sure: Labels = field(repr=False)
    possible: Labels = field(repr=False)
    draws: tuple[Labels, ...] = field(repr=False)

    def rows(self, frame: pl.DataFrame) -> NDArray[np.int32]:
        """Return the record of each row's (organisation_id, person_id); -1 where there is none."""
        return positions(self.records, frame["organisation_id"], frame["person_id"])

    def agencies(self, label: Labels, rows: NDArray[np.int32], with_law: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each of these records at how many agencies its person is, by these records alone.

        Zero where none of the person's records here is `with_law`.
        """
        person = label[rows]
        there = np.zeros((len(label), len(self.records.organisations)), dtype=np.bool_)
        there[person, self.records.organisation[rows]] = True
        lawful = np.bincount(person, with_law, minlength=len(label)) > 0
        return np.where(lawful, there.sum(axis=1), 0)[person].astype(np.int64)


def joinings(engine: Engine, threshold: float | None = None, draws: int = DRAWS, seed: int = SEED) -> Joinings:
    """Return the store's people under its links (joined from `threshold` on) and under as many believable draws."""
    threshold = LinkageSettings().threshold if threshold is None else threshold
    links = believable_links(engine, threshold, draws)
    if links is None:
        identity = engine.fetch(_IDENTITY).sort("organisation_id", "person_id")
        numbers = [pl.lit(None, pl.String).alias(kind) for kind in NUMBER_KINDS]  # without a model nobody asks for them
        records, place = table_of_frame(identity.with_columns(numbers)), identity["linked_id"].rank("dense")
        label = lowest_records(place.cast(pl.Int32).to_numpy() - np.int32(1))
        return Joinings(records, identity["linked_id"].to_numpy().astype(object), label, label, label, ())
    nobody = np.zeros(len(links.records), dtype=np.bool_)
    calibration = stored_calibration(engine, links.records, nobody, model_id=links.stamp.model_sha256)
    drawn = tuple(links.draws(seed, nobody, calibration))
    return Joinings(links.records, links.linked_id, links.joined, links.at(SURE), links.at(POSSIBLE), drawn)


def ends(values: Sequence[NDArray[np.int64]], of: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
    """Return mean, 2.5% and 97.5% of draws (rows) for each unit; the number in force where there are no draws."""
    drawn = np.array(values) if len(values) else of[None, :]
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return drawn.mean(axis=0), low, high
