"""Let a reference that two records share speak for one person: evidence beside names and births, never alone."""

from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.model.agreement import level_places
from whatworks.linkage.model.scheme import PERSON_SCHEME
from whatworks.records.engine import Engine

SAME_REFERENCE = "same crime reference"
"""What two records have in common that stand under one reference; which it is, nobody reads."""
TRIED_TOGETHER = 10
"""So many people of an agency may stand under one reference by chance; one on more of its records names no case."""
_LARGEST = "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM link_record GROUP BY organisation)"
_TABLES = ("offence", "sentence", "participation")
_SHARED = files("whatworks.linkage.stored").joinpath("shared_reference.sql")
_CONTENT = " UNION ALL ".join(
    "SELECT COUNT(*) AS n, SUM(CAST(hash(organisation_id, person_id, offence_ref) >> 1 AS BIGINT)) AS content "
    f"FROM {table}"
    for table in _TABLES
)


def reference_content(connection: Engine) -> str:
    """Return a hash of the references that agencies hold of people, in whatever order they stand."""
    return " ".join(f"{count}:{content or 0}" for count, content in connection.rows(_CONTENT))


def refer(connection: Engine, first: int) -> bool:
    """Tell whether a reference stands with a record that came (from the running number `first` on) or left."""
    changed = f"SELECT organisation, person_id FROM link_record WHERE record >= {first} UNION ALL " + (
        "SELECT organisation, person_id FROM gone_record"
    )
    refers = " UNION ALL ".join(
        f"SELECT 1 AS there FROM {table} AS t JOIN ({changed}) AS c ON c.organisation = t.organisation_id "
        "AND c.person_id = t.person_id WHERE t.offence_ref IS NOT NULL"
        for table in _TABLES
    )
    return bool(connection.rows(f"SELECT there FROM ({refers}) AS refers LIMIT 1"))


def reference_bits(connection: Engine) -> float:
    """Return what a shared reference adds to a pair's weight, in bits, where names and births let it count.

    Two people stand under one reference by a chance of at most ten in an agency's records, so one in common is worth
    log2(records of the largest agency / 10). None in common says nothing.
    """
    [(largest,)] = connection.rows(_LARGEST)
    return float(np.log2(max(largest, TRIED_TOGETHER) / TRIED_TOGETHER))


def sharing_a_reference(connection: Engine, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each pair of records, by running number, whether both stand under one arrest, case or crime reference."""
    with connection.lent("asked_pair", pl.DataFrame({"l": left, "r": right})):
        shared = connection.fetch(_SHARED.read_text("utf-8"))
    width = int(right.max(initial=0)) + 1
    return np.isin(left * width + right, shared["l"].to_numpy() * width + shared["r"].to_numpy())


def bear_it_out(code: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each pattern of agreement whether names and births let a shared reference count.

    It counts only where forenames or births agree and neither names nor births differ: brothers are tried together.
    """
    comparisons = PERSON_SCHEME.comparisons
    places = level_places(code, len(comparisons))
    speaks = np.zeros(len(code), dtype=np.bool_)
    differs = np.zeros(len(code), dtype=np.bool_)
    for column, comparison in enumerate(comparisons):
        if comparison.name in ("name", "born"):
            kinds = np.array(["silent", *(level.beside_reference for level in comparison.levels)])[places[:, column]]
            speaks |= kinds == "speaks"
            differs |= kinds == "differs"
    return np.asarray(speaks & ~differs, dtype=np.bool_)
