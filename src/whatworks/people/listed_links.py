"""Whom an entry is about today: people are kept, shown and decided by a person where links merge or split them."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from whatworks.people.meeting import person_marks, victims
from whatworks.records.engine import Engine
from whatworks.records.register.ledger import Row


@dataclass(frozen=True, slots=True)
class LinkedNow:
    """An entry's person by the links in force: their number and records, and in words what changed since entry.

    `linked_id` is empty where the record that the entry was made on is gone.
    """

    linked_id: str
    records: str
    changed: str
    also_victim: bool


def linked_now(engine: Engine, entries: Sequence[Row]) -> dict[int, LinkedNow]:
    """Return for each entry, by its number, whom it is about today."""
    ends = {"organisation_id": pl.String, "person_id": pl.String}
    asked = pl.DataFrame([(row["organisation_id"], row["person"]) for row in entries], schema=ends, orient="row")
    records = _records(engine, asked)
    of = {record: linked for linked, own in records.items() for record in own}
    now = {row["id"]: of.get(f"{row['organisation_id']}:{row['person']}", "") for row in entries}
    shared = Counter(now.values())
    also = victims(engine, date.max)
    found = {}
    for row in entries:
        linked = now[row["id"]]
        today, then = set(records.get(linked, ())), set(json.loads(row["records"]))
        words = (
            None if linked else "the record it was made on is gone",
            f"{len(today - then)} records joined the person" if linked and today - then else None,
            f"{len(then - today)} records were parted from the person" if linked and then - today else None,
            "another entry is about the same person" if linked and shared[linked] > 1 else None,
        )
        found[row["id"]] = LinkedNow(linked, json.dumps(sorted(today)), "; ".join(filter(None, words)), linked in also)
    return found


def marks_of(engine: Engine, people: pl.DataFrame) -> dict[str, Row]:
    """Return by linked number what an entry keeps of a person: all records, sex and ethnic group."""
    records = _records(engine, people.select("linked_id"))
    marks = person_marks(engine, people["linked_id"]).iter_rows(named=True)
    return {
        row["linked_id"]: {"sex": row["sex"], "ethnicity": row["ethnicity"],
                           "records": json.dumps(sorted(records[row["linked_id"]]))}
        for row in marks
    }  # fmt: skip


def _records(engine: Engine, asked: pl.DataFrame) -> dict[str, list[str]]:
    """Return all records of the people of whom any record, or whose linked number, is asked for."""
    identity = engine.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
    wanted = identity.join(asked, on=[*asked.columns], how="semi")["linked_id"].unique()
    own = identity.filter(pl.col("linked_id").is_in(wanted.implode()))
    found: dict[str, list[str]] = {}
    for organisation, person, linked in own.iter_rows():
        found.setdefault(linked, []).append(f"{organisation}:{person}")
    return found
