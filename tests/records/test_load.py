"""Clean frames come in without a file, and the store says what it rests on."""

from datetime import date

import polars as pl
import pytest

from whatworks.records import Refused, load_frames, sources
from whatworks.records.engine import Store

PEOPLE = pl.DataFrame({"person_id": ["1", "2", "1"], "organisation_id": ["police", "police", "prison"]})


def test_frames_fill_their_tables_and_name_their_sources(store: Store) -> None:
    spells = pl.DataFrame(
        {
            "organisation_id": ["prison"], "spell_id": ["s"], "person_id": ["1"], "received_on": [date(2024, 1, 1)],
            "status": ["remand"],
        }
    )  # fmt: skip
    frames = {"custody_spell": spells, "person": PEOPLE}
    assert load_frames(store, frames, source="made up", as_at=date(2025, 6, 30)) == {
        "person": 3, "custody_spell": 1,
    }  # fmt: skip
    assert [(one.source_id, one.organisation_id, one.table, one.rows_in, one.rows_kept) for one in
            sources(store)] == [
        ("made up/police/person", "police", "person", 2, 2),
        ("made up/prison/custody_spell", "prison", "custody_spell", 1, 1),
        ("made up/prison/person", "prison", "person", 1, 1),
    ]  # fmt: skip
    assert store.rows("SELECT source_line, received_on, released_on FROM custody_spell") == [
        (1, date(2024, 1, 1), None)
    ]


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ({"persons": PEOPLE}, "persons is not a table"),
        ({"person": PEOPLE.with_columns(x=1)}, "x is not a column of table"),
    ],
)
def test_frames_that_are_not_declared_are_refused(store: Store, frames: dict[str, pl.DataFrame], words: str) -> None:
    with pytest.raises(Refused, match=words):
        load_frames(store, frames, as_at=date(2025, 6, 30))


def test_all_frames_or_none(store: Store) -> None:
    broken = PEOPLE.with_columns(person_id=pl.lit(None, pl.String))
    organisation = pl.DataFrame({"organisation_id": ["court"], "name": ["Court"], "kind": ["court"]})
    with pytest.raises(Exception, match="NOT NULL"):
        load_frames(store, {"organisation": organisation, "person": broken}, as_at=date(2025, 6, 30))
    assert store.rows("SELECT count(*) FROM organisation") == [(2,)]
