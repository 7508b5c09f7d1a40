"""Name records in rows of the store."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.records_and_pairs import RecordTable


def record_columns(prefix: str, records: RecordTable, rows: NDArray[np.integer]) -> dict[str, pl.Series]:
    """Return the columns that name records: `organisation_id` and `person_id`, each after `prefix`.

    >>> from whatworks.linkage.records_and_pairs import record_table
    >>> names = record_columns("left_", record_table(["court", "police"], ["7", "2"]), np.array([1]))
    >>> {name: column.to_list() for name, column in names.items()}
    {'left_organisation_id': ['police'], 'left_person_id': ['2']}
    """
    agencies = pl.Series(records.organisations, dtype=pl.String)
    return {
        f"{prefix}organisation_id": agencies.gather(records.organisation[rows]),
        f"{prefix}person_id": pl.Series(records.person_id[rows].tolist(), dtype=pl.String),
    }
