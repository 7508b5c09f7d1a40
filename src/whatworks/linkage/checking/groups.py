"""Say of pairs of records to which groups of people they belong, so that links can be judged group by group."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.checking.sampling import PairGroups
from whatworks.linkage.records_and_pairs import RecordTable
from whatworks.records.engine import Engine

Characteristic = Literal["sex", "age_band", "ethnicity", "home", "scheme"]
CHARACTERISTICS: dict[Characteristic, str] = {
    "sex": "sex",
    "age_band": "age",
    "ethnicity": "ethnic group",
    "home": "home",
    "scheme": "scheme",
}
"""Column of `record_group.sql` -> how it is called to people."""
DIFFERENT = "recorded differently"
"""The group of pairs whose agencies record different values, none of which is to be preferred."""
_ANY_SAYS_SO: dict[Characteristic, str] = {"home": "no fixed home", "scheme": "scheme"}
"""A value that holds of a pair where either record has it, whatever the other says."""


def read_groups(connection: Engine) -> pl.DataFrame:
    """Return what each record says of its person's groups: a row a record, in the order of `read_records`."""
    frame: pl.DataFrame = connection.fetch(record_group_sql())
    return frame


def record_group_sql() -> str:
    """Return the query behind `read_groups`."""
    return files("whatworks.linkage").joinpath("checking/record_group.sql").read_text(encoding="utf-8")


def pair_groups(
    records: RecordTable,
    groups: pl.DataFrame,
    left: NDArray[np.integer],
    right: NDArray[np.integer],
    preferences: Mapping[str, Sequence[str]] | None = None,
) -> tuple[PairGroups, ...]:
    """Return the groups of pairs of records (indexes `left` and `right`) by each characteristic.

    What one record leaves open the other says. Where they differ the agency that stands first in `preferences` (by
    column, as in `whatworks.toml`) is believed; without one the pair is of the group "recorded differently". A pair is
    of somebody without a fixed home, or in a scheme, where either record says so.
    """
    made = []
    for column in CHARACTERISTICS:
        if column in groups.columns:
            ranks = _ranks(records, (preferences or {}).get(column, ()))
            made.append(_pair_groups(column, groups[column], ranks, left, right))
    return tuple(made)


def person_groups(
    records: RecordTable, groups: pl.DataFrame, person: NDArray[np.integer], preferences: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """Return the groups of people: a row a person in the order of `person`, which says whose each record is.

    Columns are `person` and the characteristics, as people are called by them; null is not known. Where a person's
    records differ the agency that stands first in `preferences` is believed; without one it is "recorded differently".

    >>> from whatworks.linkage.records_and_pairs import record_table
    >>> records = record_table(["court", "police", "police"], ["1", "1", "2"])
    >>> groups = pl.DataFrame({"sex": ["male", "female", None], "home": ["fixed home", "no fixed home", "fixed home"]})
    >>> person_groups(records, groups, np.array([0, 0, 2]), {"sex": ["police"]}).rows()
    [(0, 'female', 'no fixed home'), (2, None, 'fixed home')]
    """
    people = pl.DataFrame({"person": np.unique(person)})
    for column, name in CHARACTERISTICS.items():
        if column not in groups.columns:
            continue
        values = pl.DataFrame(
            {"person": person, "rank": _ranks(records, preferences.get(column, ())), name: groups[column]}
        )
        value, sure = pl.col(name), _ANY_SAYS_SO.get(column)
        believed = value.filter(pl.col("rank") == pl.col("rank").min())
        recorded = (
            values.drop_nulls(name)
            .group_by("person")
            .agg(
                pl.when((value == pl.lit(sure or DIFFERENT)).any())
                .then(pl.lit(sure or DIFFERENT))
                .when(believed.n_unique() == 1)
                .then(believed.first())
                .otherwise(pl.lit(DIFFERENT))
                .alias(name)
            )
        )
        people = people.join(recorded, on="person", how="left", maintain_order="left")
    return people


def _ranks(records: RecordTable, order: Sequence[str]) -> NDArray[np.int64]:
    """Return each record's place in the order of trust; all agencies not named share the last."""
    place = {name: at for at, name in enumerate(order)}
    return np.array([place.get(name, len(order)) for name in records.organisations], dtype=np.int64)[
        records.organisation
    ]


def _pair_groups(
    column: Characteristic,
    texts: pl.Series,
    ranks: NDArray[np.int64],
    left: NDArray[np.integer],
    right: NDArray[np.integer],
) -> PairGroups:
    values = texts.cast(pl.String).drop_nulls().unique().sort().to_list()
    codes = texts.cast(pl.String).replace_strict(values, range(len(values)), default=-1, return_dtype=pl.Int64)
    code = codes.to_numpy()
    left_code, right_code = code[left], code[right]
    pair = np.where(
        left_code < 0, right_code, np.where((right_code < 0) | (left_code == right_code), left_code, len(values))
    )
    unlike = pair == len(values)
    pair = np.where(unlike & (ranks[left] < ranks[right]), left_code, pair)
    pair = np.where(unlike & (ranks[right] < ranks[left]), right_code, pair)
    if _ANY_SAYS_SO.get(column) in values:
        sure = values.index(_ANY_SAYS_SO[column])
        pair = np.where((left_code == sure) | (right_code == sure), sure, pair)
    kept = [*values, DIFFERENT] if (pair == len(values)).any() else values
    return PairGroups(CHARACTERISTICS[column], tuple(kept), pair.astype(np.int16))
