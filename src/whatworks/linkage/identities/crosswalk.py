"""Give people the numbers that they had before, as far as they are the same people, and say what changed."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.linkage.clusters.components import Labels

Numbers = NDArray[np.int64]
Event = Literal["merge", "split", "move", "gone"]
LINKED_NUMBER = r"^L(\d{7,})$"
"""How a linked number reads, with its running number; those of earlier versions read otherwise."""


def linked_number(number: int) -> str:
    """Return the linked number of a running number.

    >>> linked_number(123)
    'L0000123'
    """
    return f"L{number:07d}"


@dataclass(frozen=True, slots=True)
class Change:
    """Records whose linked number became another: the running numbers before and after, how many, and one of them.

    `merge`: the number before is retired. `split`: the number after is new. `move`: both are numbers that other records
    had and keep. `gone`: no record of the number is left; it is retired, and `after` and `record` are None.
    """

    event: Event
    before: int
    after: int | None
    records: int
    label: int | None
    """The lowest record of the person that they are part of now."""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Each record's running number, the last number given so far, and what changed of those that had numbers."""

    number: Numbers
    last: int
    made: Numbers
    """Numbers given for the first time, in ascending order."""
    retired: dict[int, int | None]
    """Numbers used no longer, with the number that most of their records went to."""
    changes: tuple[Change, ...]


def assign(previous: Numbers, label: Labels, last: int, gone: dict[int, int] | None = None) -> Crosswalk:
    """Return the linked numbers of the people that `label` makes, given each record's number before (0: none).

    Each number goes to the person who holds most of its records, each person has one: the most records choose first,
    then the lower number. People left without one get the numbers after `last`, in order of their lowest record.
    `gone` counts records that are no longer there, by the number they had.
    """
    flows = (
        pl.DataFrame({"before": previous, "label": label})
        .filter(pl.col("before") > 0)
        .group_by("before", "label")
        .agg(pl.len().alias("records"))
        .sort("records", "before", "label", descending=[True, False, False])
    )
    kept = _kept(flows)
    people = np.unique(label)
    number_of = np.zeros(len(label), np.int64)
    number_of[list(kept)] = list(kept.values())
    unnamed = people[number_of[people] == 0]
    made = np.arange(last + 1, last + 1 + len(unnamed), dtype=np.int64)
    number_of[unnamed] = made
    changes, retired = _changes(flows, number_of, set(kept.values()), last)
    lost = set((gone or {}).keys()) - set(flows["before"].to_list())
    changes += [Change("gone", number, None, (gone or {})[number], None) for number in sorted(lost)]
    retired |= dict.fromkeys(sorted(lost), None)
    return Crosswalk(number_of[label], last + len(made), made, retired, tuple(changes))


def _kept(flows: pl.DataFrame) -> dict[int, int]:
    """Return the number that each person keeps, by the person's lowest record; `flows` come strongest first."""
    alone = (pl.len().over("before") == 1) & (pl.len().over("label") == 1)
    simple = flows.filter(alone)
    kept = dict(zip(simple["label"].to_list(), simple["before"].to_list(), strict=True))
    given: set[int] = set()
    for before, label in flows.filter(~alone).select("before", "label").iter_rows():
        if before not in given and label not in kept:
            kept[label] = before
            given.add(before)
    return kept


def _changes(
    flows: pl.DataFrame, number_of: Numbers, standing: set[int], last: int
) -> tuple[list[Change], dict[int, int | None]]:
    """Return what changed, by number before, and which numbers are retired into which."""
    moved = flows.with_columns(pl.Series("after", number_of[flows["label"].to_numpy()])).filter(
        pl.col("before") != pl.col("after")
    )
    changes, retired = [], dict[int, int | None]()
    for before, label, records, after in moved.sort("before", maintain_order=True).iter_rows():
        event: Event = "merge" if before not in standing else "split" if after > last else "move"
        if event == "merge":
            retired.setdefault(before, after)
        changes.append(Change(event, before, after, records, label))
    return changes, retired
