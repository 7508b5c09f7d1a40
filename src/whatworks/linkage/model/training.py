"""Learn from the store's records how records of one person agree, and how records of two people do."""

import hashlib
from importlib.metadata import version

import duckdb

from whatworks.linkage.model.chance import chance_of_agreement
from whatworks.linkage.model.expectation import agreement_of_one_person
from whatworks.linkage.model.linkage_model import LevelNumbers, LinkageModel
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.model.prior import anchor_of, prior_of
from whatworks.linkage.model.standardise import StandardRecords, standardise


def train(connection: duckdb.DuckDBPyConnection, seed: int = 1) -> LinkageModel:
    """Learn a model from all records of people in the store, which is only read.

    The same records and seed give the same model, byte for byte.
    """
    return train_on(standardise(connection), seed)


def train_on(records: StandardRecords, seed: int = 1) -> LinkageModel:
    """Learn a model from standardised records."""
    [(threads,)] = records.engine.execute("SELECT current_setting('threads')").fetchall()
    records.engine.execute("SET threads = 1")
    try:
        anchor, pairs = anchor_of(records)
        prior = prior_of(pairs, records.count)
        chance, source = chance_of_agreement(records, PERSON_COMPARISONS, seed)
        alike = agreement_of_one_person(records, PERSON_COMPARISONS, chance, prior)
    finally:
        records.engine.execute(f"SET threads = {threads}")
    numbers = {
        one.name: tuple(
            LevelNumbers(words=level.words, m=_rounded(m), u=_rounded(u))
            for level, m, u in zip(one.levels, alike[one.name], chance[one.name], strict=True)
        )
        for one in PERSON_COMPARISONS
    }
    return LinkageModel(
        comparisons=numbers,
        prior=_rounded(prior),
        records=records.count,
        anchor=anchor,
        anchor_pairs=pairs,
        chance_from=source,
        seed=seed,
        data_sha256=_hash(records),
        versions={name: version(name) for name in ("splink", "duckdb")},
    )


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def _hash(records: StandardRecords) -> str:
    """Return the hash of all that was compared, in the order of the records' numbers."""
    return hashlib.sha256("\n".join(records.contents()).encode()).hexdigest()
