"""Records that come, change and leave in parts make the same people, as surely, as all of them at once."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage_model.kept_pairs import PAIRS
from linkage_model.made_up import made_up
from whatworks.linkage import LinkageSettings, link
from whatworks.linkage.identities.decisions import decide, standing_decisions, undo
from whatworks.linkage.model import LevelNumbers, LinkageModel
from whatworks.linkage.model.person_comparisons import PERSON_COMPARISONS
from whatworks.linkage.stored.models import keep_model
from whatworks.records.refusal import Refused
from whatworks.records.store import Scratch, scratch
from whatworks.records.tables.ddl import create_tables

DAY = date(2026, 3, 1)
SETTINGS = LinkageSettings()
CROWDED = "X777777"
"""A case reference number that ten records hold, each with another birth: one more, and it names nobody."""


def model() -> LinkageModel:
    """Return a model by hand: what is usual of one person, and less agreement of two."""
    numbers = {}
    for one in PERSON_COMPARISONS:
        chances = (
            [0.5]
            if len(one.levels) == 2
            else [0.0005 if one.identifies else 0.004 * n for n in range(1, len(one.levels))]
        )
        u = [*chances, 1 - sum(chances)]
        total = sum(level.usual for level in one.levels)
        numbers[one.name] = tuple(
            LevelNumbers(words=level.words, m=level.usual / total, u=chance)
            for level, chance in zip(one.levels, u, strict=True)
        )
    return LinkageModel(comparisons=numbers, prior=0.001, records=900, sharing=400, chance_from={}, seed=1,
                        data_sha256="", versions={})  # fmt: skip


MODEL = model()
WORLD = made_up(150, 3).connection
PEOPLE = WORLD.fetch("SELECT * FROM person ORDER BY hash(person_id)")
CROWD = pl.Series([f"{1950 + n}-01-0{1 + n % 9}" for n in range(10)]).str.to_date()
BASE = PEOPLE.head(-30)
BASE = pl.concat([
    BASE.head(10).with_columns(crn=pl.lit(CROWDED), date_of_birth=CROWD),
    BASE.slice(10),
])  # fmt: skip
LATER = PEOPLE.tail(30)


def store(people: pl.DataFrame) -> Scratch:
    """Return a store with these records of people and the model."""
    made = scratch()
    create_tables(made)
    made.append("organisation", WORLD.fetch("FROM organisation"))
    made.append("person", people)
    keep_model(made, MODEL, DAY)
    return made


def told(connection: Scratch) -> dict[str, list[Any]]:
    """Return all that linking says, but for the texts of linked numbers."""
    records = "string_agg(organisation_id || ' ' || person_id, ', ' ORDER BY organisation_id, person_id)"
    people = f"SELECT {records} FROM identity GROUP BY linked_id"
    pair = "least((left_organisation_id, left_person_id), (right_organisation_id, right_person_id))"
    other = pair.replace("least", "greatest")
    queries = {
        "people": f"FROM ({people}) ORDER BY ALL",
        "identity": "SELECT * EXCLUDE (linked_id) FROM identity ORDER BY organisation_id, person_id",
        "refusals": "FROM link_refusal ORDER BY ALL",
        "pairs": f"SELECT {pair}, {other}, pattern, weight FROM ({PAIRS}) WHERE probability >= 0.001 ORDER BY ALL",
    }
    return {name: connection.rows(query) for name, query in queries.items()}


def at_once(connection: Scratch) -> dict[str, list[Any]]:
    """Return what linking says of the records and decisions that a store holds now, where all came together."""
    whole = store(connection.fetch("FROM person"))
    whole.append("link_decision", connection.fetch("FROM link_decision"))
    link(whole, SETTINGS)
    return told(whole)


PLACE = st.integers(0, BASE.height - 1)
STEP = st.one_of(
    st.tuples(st.just("add"), st.integers(0, LATER.height - 1)),
    st.tuples(st.just("remove"), PLACE),
    st.tuples(st.just("forename"), PLACE, st.sampled_from(["Daniel", "Zoe", None])),
    st.tuples(st.just("date_of_birth"), PLACE, st.sampled_from(["1990-01-01", "1971-05-12", None])),
    st.tuples(st.just("crn"), PLACE, st.sampled_from([CROWDED, "X100003", None])),
    st.tuples(st.just("pnc_id"), PLACE, st.sampled_from([*PEOPLE["pnc_id"].drop_nulls().head(4).to_list(), "99/1A"])),
    st.tuples(st.sampled_from(["must", "cannot"]), PLACE, PLACE),
    st.tuples(st.just("undo")),
)


def do(connection: Scratch, step: tuple[Any, ...]) -> None:
    """Do what a step says; a decision that cannot be taken is not."""
    what, *rest = step
    if what == "add":
        with connection.lent("given", LATER[rest[0]]):
            connection.change(
                "INSERT INTO person BY NAME FROM given ANTI JOIN person USING (organisation_id, person_id)"
            )
        return
    if what == "undo":
        for standing in standing_decisions(connection)[:1]:
            undo(connection, standing.decision_id, by="J", on=DAY, reason="wrong")
        return
    ends = [(BASE["organisation_id"][place], BASE["person_id"][place]) for place in rest if isinstance(place, int)]
    if what in ("must", "cannot"):
        try:
            decide(connection, what, *ends, by="J", on=DAY, reason="seen")
        except Refused:
            return
    elif what == "remove":
        connection.change("DELETE FROM person WHERE organisation_id = ? AND person_id = ?", list(ends[0]))
    else:
        key = "WHERE organisation_id = ? AND person_id = ?"
        connection.change(f"UPDATE person SET {what} = ? {key}", [rest[1], *ends[0]])


def test_what_came_in_parts_is_as_at_once() -> None:
    steps_in_parts = []

    @settings(max_examples=6, deadline=None)
    @given(st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=3))
    def law(parts: list[list[tuple[Any, ...]]]) -> None:
        connection = store(BASE)
        link(connection, SETTINGS)
        for part in parts:
            for step in part:
                do(connection, step)
            rows = set(connection.rows("SELECT rowid FROM link_pair"))
            link(connection, SETTINGS)
            steps_in_parts.append(bool(rows & set(connection.rows("SELECT rowid FROM link_pair"))))
            assert told(connection) == at_once(connection)

    law()
    assert sum(steps_in_parts) > len(steps_in_parts) / 2, "most steps compare only what is new"
