"""Keep samples of pairs in the store, with the linkage that each was drawn from, and read them back."""

import json
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.bands import ScoredCells, count_cells
from whatworks.linkage.checking.sampling import PairSample
from whatworks.linkage.records_and_pairs import RecordTable, ScoredPairs
from whatworks.linkage.stored.rows import record_columns
from whatworks.records.engine import Engine, Store
from whatworks.records.refusal import Fault, Refused

ENDS = ("left_organisation_id", "left_person_id", "right_organisation_id", "right_person_id")
DRAW_FIRST = "draw one with `whatworks link check --sheet FOLDER`"


@dataclass(frozen=True, slots=True)
class KeptSample:
    """A sample as the store keeps it. `questions` has a row a pair: its number, both records, probability, weight."""

    sample: int
    drawn_on: date
    seed: int
    model_id: str | None
    threshold: float
    cells: ScoredCells
    questions: pl.DataFrame = field(repr=False)


def keep_sample(
    connection: Store,
    records: RecordTable,
    pairs: ScoredPairs,
    joined: NDArray[np.bool_],
    drawn: PairSample,
    *,
    threshold: float,
    seed: int,
    model_id: str | None,
    on: date,
) -> int:
    """Keep a sample drawn from these pairs; return its number. Questions are numbered in a random order."""
    [(last,)] = connection.rows("SELECT COALESCE(MAX(sample_id), 0) FROM link_sample")
    number = int(last) + 1
    cells = count_cells(pairs.probability, joined)
    as_json = json.dumps({"pairs": cells.pairs.tolist(), "model_sum": cells.model_sum.tolist()})
    connection.change(
        "INSERT INTO link_sample (sample_id, drawn_on, seed, model_id, threshold, cells) VALUES (?, ?, ?, ?, ?, ?)",
        [number, on, seed, model_id, threshold, as_json],
    )
    mixed = np.random.default_rng(seed).permutation(len(drawn))
    rows = drawn.pair[mixed]
    frame = pl.DataFrame(
        {
            "sample_id": pl.Series([number] * len(rows), dtype=pl.Int64),
            "question": np.arange(1, len(rows) + 1),
            **record_columns("left_", records, pairs.left[rows]),
            **record_columns("right_", records, pairs.right[rows]),
            "probability": pairs.probability[rows],
            "joined": joined[rows],
            "weight": drawn.weight[mixed],
        }
    )
    connection.append("link_question", frame)
    return number


def read_sample(connection: Engine, number: int | None = None) -> KeptSample:
    """Read a sample, by default the one drawn last. Refuses where there is none, or none of that number."""
    rows = connection.rows(
        "SELECT sample_id, drawn_on, seed, model_id, threshold, cells FROM link_sample ORDER BY sample_id"
    )
    chosen = rows[-1:] if number is None else [row for row in rows if row[0] == number]
    if not rows:
        raise Refused(Fault("no pairs were drawn to be judged", DRAW_FIRST))
    if not chosen:
        known = ", ".join(str(row[0]) for row in rows)
        raise Refused(Fault("is not a sample", f"samples drawn: {known}", field="sample", value=str(number)))
    number, drawn_on, seed, model_id, threshold, cells = chosen[0]
    stored = json.loads(cells)
    questions = connection.fetch(
        f"SELECT question, {', '.join(ENDS)}, probability, joined, weight FROM link_question WHERE sample_id = ? "
        "ORDER BY question",
        [number],
    )
    counted = ScoredCells(np.array(stored["pairs"], dtype=np.int64), np.array(stored["model_sum"], dtype=np.float64))
    return KeptSample(number, drawn_on, seed, model_id, threshold, counted, questions)
