"""Who is seen after release: by arithmetic, by a planted town, and by hand."""

from datetime import date, timedelta

import polars as pl
import pytest

from casework.planted import near
from whatworks.casework import Exits, exits, exits_of, unseen
from whatworks.journeys import load_kind, watched
from whatworks.journeys.watch import REACHED, UNSEEN
from whatworks.papers.casework.gate import gate_answer
from whatworks.records.audit.telling import Telling
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.simulation.casework.town import PROVIDERS, Town


def test_a_planted_town_gives_back_its_rates_by_provider(town_records: Store, made: Town) -> None:
    """Daily rates .05 and .02 beside .02 of recall and .0005 of death: 61.1% and 33.5% are seen within 28 days."""
    planted, truth = exits(town_records, load_kind("through_the_gate")), made.truth["gate"]
    assert truth["Greenway Trust"]["reached"] == pytest.approx(0.6107, abs=1e-4)
    assert {one.name for one in watched(planted.cases, "provider")[1:]} == set(PROVIDERS)
    for group in watched(planted.cases, "provider")[1:]:
        shares = group.days[-1].shares
        assert sum(one.value for one in shares.values()) == pytest.approx(1)
        for way in (REACHED, "returned", UNSEEN):
            assert near(shares[way], truth[group.name][way]), (group.name, way)


LINES = {
    "organisation": ["prison", "probation", "council"],
    "custody_spell": [  # person, from, to, status
        ("seen", 0, 100, "sentence"), ("same day", 0, 100, "sentence"), ("same day", 100, 160, "recall"),
        ("moved", 0, 50, "remand"), ("moved", 50, 100, "sentence"), ("remand", 0, 100, "remand"),
        ("away", 0, 100, "sentence"), ("back", 0, 100, "sentence"), ("back", 105, None, "recall"),
        ("by appointment", 0, 100, "sentence"), ("unseen", 0, 100, "sentence"), ("recent", 0, 195, "sentence"),
        ("visited inside", 0, 100, "sentence"), ("died", 0, 100, "sentence"), ("corrected", 0, 100, "sentence"),
    ],
}  # fmt: skip
ENDED = 200
"""The day of the extracts; days count from the first of January 2024."""


def on(number: int | None) -> date | None:
    return None if number is None else date(2024, 1, 1) + timedelta(number)


@pytest.fixture
def by_hand() -> Store:
    store = DuckDBStore(None)
    for line, row in enumerate(LINES["organisation"], start=1):
        store.change("INSERT INTO organisation VALUES ('agencies', ?, ?, ?, ?)", [line, row, row, row])
    for table in ("custody_spell", "contact", "appointment", "requirement"):
        source = "INSERT INTO source VALUES (?, 'prison', ?, ?, '', NULL, ?, ?, 1, 1, 0, 0, 0)"
        store.change(source, [table, table, table, on(ENDED), on(ENDED)])
    people = sorted({row[0] for row in LINES["custody_spell"]})
    for agency in ("prison", "probation", "council"):
        frame = pl.DataFrame({"organisation_id": agency, "person_id": people, "linked_id": people})
        put(store, "identity", frame.with_columns(method=pl.lit("exact"), probability=pl.lit(1.0)))
        died = pl.when(pl.col("person_id") == "died").then(pl.lit(on(108)))
        put(store, "person", frame.select("organisation_id", "person_id", died_on=died))
    put(
        store,
        "area",
        pl.DataFrame({"organisation_id": "council", "area_code": "B1", "vintage": "1", "kind": "borough"}),
    )
    lived = {"person_id": ["away", "seen"], "area_code": ["X9", "B1"], "area_vintage": "1"}
    put(store, "address", pl.DataFrame(lived | {"organisation_id": "council", "address_id": ["1", "2"],
                                                "from_date": [on(1), on(1)]}))  # fmt: skip
    spells = [
        (f"S{at}", who, on(first), on(last), status)
        for at, (who, first, last, status) in enumerate(LINES["custody_spell"])
    ]
    frame = pl.DataFrame(spells, ["spell_id", "person_id", "received_on", "released_on", "status"], orient="row")
    put(store, "custody_spell", frame.with_columns(organisation_id=pl.lit("prison"), establishment=pl.lit("Holm")))
    contacts = [
        ("1", "council", "seen", on(100), "kept", None), ("2", "prison", "visited inside", on(103), "kept", None),
        ("3", "probation", "unseen", on(102), "missed_acceptable", None),
        ("4", "probation", "back", on(106), "kept", None),
        ("5", "probation", "unseen", on(99), "kept", None), ("6", "council", "corrected", on(101), "kept", None),
        ("7", "council", "corrected", on(101), "missed_unacceptable", "6"),
    ]  # fmt: skip
    frame = pl.DataFrame(
        contacts, ["contact_id", "organisation_id", "person_id", "contacted_on", "outcome", "replaces"], orient="row"
    )
    put(store, "contact", frame.with_columns(how=pl.lit("phone")))
    orders = [  # order, person, provider, from, to
        ("L", "by appointment", "Trust", 90, 300), ("A", "unseen", "Trust", 10, 120),
        ("B", "unseen", "Works", 125, 300),
        ("C", "recent", "Trust", 10, 120), ("D", "seen", "Trust", 20, 150), ("E", "seen", "Works", 140, 170),
    ]  # fmt: skip
    frame = pl.DataFrame(
        [(key, who, provider, on(first), on(last)) for key, who, provider, first, last in orders],
        ["requirement_id", "person_id", "provider", "from_date", "to_date"], orient="row",
    )  # fmt: skip
    put(store, "requirement", frame.with_columns(organisation_id=pl.lit("probation"), kind=pl.lit("supervision")))
    meetings = [
        ("a", "L", on(104), "kept"),
        ("b", "L", on(101), None),
        ("c", "D", on(152), "kept"),
        ("d", "E", on(160), "kept"),
    ]
    frame = pl.DataFrame(meetings, ["appointment_id", "requirement_id", "due_on", "outcome"], orient="row")
    put(store, "appointment", frame.with_columns(organisation_id=pl.lit("probation")))
    return store


def put(store: Store, table: str, frame: pl.DataFrame) -> None:
    days = [name for name in frame.columns if name.endswith(("_on", "_date"))]
    frame = frame.with_columns(
        pl.col(days).cast(pl.Date), source_id=pl.lit(table), source_line=pl.int_range(1, pl.len() + 1)
    )
    store.append(table, frame)


def ways(found: Exits) -> dict[str, tuple[str, float]]:
    rows = found.cases.stays.join(found.people, on="unit").select("linked_id", "way", "days")
    return {who: (way, days) for who, way, days in rows.iter_rows()}


def test_each_release_ends_by_its_first_way_out_and_what_is_no_failure_is_apart(by_hand: Store) -> None:
    found = exits(by_hand, load_kind("through_the_gate"))
    assert ways(found) == {
        "seen": ("onward", 0), "back": ("returned", 5), "by appointment": ("onward", 4), "unseen": ("waiting", 100),
        "recent": ("waiting", 5), "visited inside": ("waiting", 100), "died": ("died", 8), "moved": ("waiting", 100),
        "same day": ("waiting", 40), "corrected": ("waiting", 100),
    }  # fmt: skip
    assert found.cases.apart == {"other_area": 1, "remand_release": 1, "same_day_return": 1}
    providers = dict(found.cases.stays.join(found.people, on="unit").select("linked_id", "provider").iter_rows())
    assert providers["by appointment"] == "Trust" and providers["back"] == "nobody yet"
    assert (
        dict(found.cases.stays.join(found.people, on="unit").select("linked_id", "borough").iter_rows())["seen"] == "B1"
    )


def test_after_an_order_only_contact_with_the_next_provider_counts(by_hand: Store) -> None:
    """Seen kept an appointment with the old provider two days on, and one with the next on the tenth day."""
    found = exits(by_hand, load_kind("through_the_gate"), "order")
    assert ways(found) == {"seen": ("onward", 10), "unseen": ("waiting", 80)}
    assert found.cases.apart == {"in_custody": 1, "no_next_order": 1}
    assert set(found.cases.stays["provider"]) == {"Works"}


def test_only_those_out_long_enough_and_unseen_stand_on_the_teams_list(by_hand: Store) -> None:
    listed = unseen(exits(by_hand, load_kind("through_the_gate")), 28)["linked_id"].to_list()
    assert sorted(listed) == ["corrected", "moved", "same day", "unseen", "visited inside"]


def test_few_deaths_or_returns_stand_together_and_the_unseen_are_told() -> None:
    """Of 60 of each borough 20 are unseen; one of B1 returned: all who are out are one way. Of 200 two died."""
    kind = load_kind("through_the_gate")
    few = exits_of(kind, out_of([("B1", "returned_on", 1), ("B1", "contacted_on", 39), ("B1", None, 20),
                                 ("B2", "contacted_on", 40), ("B2", None, 20)]))  # fmt: skip
    none = pl.DataFrame(schema={"unit": pl.String, "pathway": pl.String, "picked_up_by": pl.String})
    answer = gate_answer(Exits(few, none, none, none), watched(few, "borough"), 10, Telling(), "borough")
    (unseen,) = (column for column in answer.tables[0].columns if "unseen" in column.heading)
    shown = {(row[0].name, row[1].day): unseen.value(row) for row in answer.tables[0].rows}
    assert shown["B1", 28].startswith("33.3%") and shown["B2", 28].startswith("33.3%")
    assert "all who are out stand together" in " ".join(answer.sentences) and "1.7%" not in " ".join(answer.lines())
    some = exits_of(kind, out_of([("B1", "died_on", 2), ("B1", "returned_on", 30), ("B1", "contacted_on", 100),
                                  ("B1", None, 68)]))  # fmt: skip
    answer = gate_answer(Exits(some, none, none, none), watched(some), 10, Telling())
    assert "they stand with those returned" in " ".join(answer.sentences)
    share = answer.document()["watched"][0]["days"][-1]["shares"]["died"]["value"]
    assert share == pytest.approx(0.01), "--json has each by itself"
    assert "1.0%" not in " ".join(answer.lines())


def out_of(counts: list[tuple[str, str | None, int]]) -> pl.DataFrame:
    """Return exits 90 days before the extract of (borough, the way out, how many), each out on the fifth day."""
    rows = [{"borough": borough, way or "none": on(5)} for borough, way, many in counts for _ in range(many)]
    days = dict.fromkeys(("contacted_on", "returned_on", "died_on"), pl.Date)
    frame = pl.DataFrame(rows, schema_overrides=days, infer_schema_length=None)
    missing = [pl.lit(None, pl.Date).alias(name) for name in days if name not in frame.columns]
    return frame.with_columns(
        *missing, unit=pl.int_range(pl.len()).cast(pl.String), exit_on=pl.lit(on(0)), as_at=pl.lit(on(90)),
        provider=pl.lit("P"), prison=pl.lit("H"), apart=pl.lit(None, pl.String),
    )  # fmt: skip


def test_rows_of_people_not_linked_are_told_and_nothing_left_is_refused(by_hand: Store) -> None:
    by_hand.change("DELETE FROM identity WHERE person_id = 'unseen'")
    (remark,) = exits(by_hand, load_kind("through_the_gate")).cases.remarks
    assert (remark.cases, remark.remedy) == (1, "run `whatworks link`")
    by_hand.change("DELETE FROM contact")
    by_hand.change("DELETE FROM appointment")
    with pytest.raises(Refused, match=r"every release is told apart \(before contacts"):
        exits(by_hand, load_kind("through_the_gate"))
