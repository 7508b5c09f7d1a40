"""A group's own register: nothing without its grounds, nobody named elsewhere, nothing left of whoever was removed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.places.gangs_register import GANGS
from whatworks.places.gangs_verbs import VERBS
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done, perform

OPENED, LATER = date(2025, 1, 10), date(2025, 9, 1)
GROUNDS: dict[str, Any] = {
    "name": "G7", "owner": "police", "purpose": "diversion", "lawful_basis": "DPA 2018, Part 3", "version": "2",
    "evidence_rule": "two sources in a year", "dpia": "DPIA-12", "equality_assessment": "EQ-3",
    "review_on": date(2025, 7, 1), "retain_until": date(2026, 1, 10),
}  # fmt: skip


@pytest.fixture
def register(store: Store) -> Iterator[Store]:
    GANGS.make_ready(store)
    yield store


def do(store: Store, thing: str, verb: str, on: date = OPENED, **values: Any) -> Done:
    (chosen,) = (each for each in VERBS if (each.entity.name, each.name) == (thing, verb))
    return perform(chosen, GANGS, store, Author("A. Officer", on, "due"), values)


def enter(store: Store, person: str, on: date = OPENED, role: str = "core", under_18: str = "no") -> Done:
    return do(
        store, "member", "enter", on, group=1, person=person, role=role, under_18=under_18, evidence="two reports"
    )


@pytest.mark.parametrize(
    "lacking", ["dpia", "equality_assessment", "purpose", "owner", "lawful_basis", "evidence_rule"]
)
def test_no_register_opens_without_its_grounds(lacking: str) -> None:
    """The command asks for each of them."""
    options = {each.name: each for verb in VERBS if verb.name == "open" for each in verb.options}
    assert options[lacking].required


def test_a_review_must_lie_ahead(register: Store) -> None:
    with pytest.raises(Refused) as refused:
        do(register, "group", "open", **GROUNDS | {"review_on": OPENED, "retain_until": date(2024, 1, 1)})
    assert len(refused.value.faults) == 2
    do(register, "group", "open", **GROUNDS)
    with pytest.raises(Refused, match="open already"):
        do(register, "group", "open", **GROUNDS)


def test_an_overdue_register_is_listed_first_and_not_acted_on_until_reviewed(register: Store) -> None:
    do(register, "group", "open", **GROUNDS | {"name": "A1", "review_on": date(2025, 12, 1)})
    do(register, "group", "open", **GROUNDS)
    lines = do(register, "group", "list", LATER).says.splitlines()
    assert lines[0].split()[1] == "G7:" and "OVERDUE" in lines[0] and "OVERDUE" not in lines[1]
    for verb in ("list", "call-in"):
        with pytest.raises(Refused, match="overdue for review"):
            do(register, "member", verb, LATER, number=2)
    with pytest.raises(Refused, match="overdue for review"):
        do(register, "member", "enter", LATER, group=2, person="p1", role="core", under_18="no", evidence="x")
    with pytest.raises(Refused, match="not a day for the next review"):
        do(register, "group", "review", LATER, number=2, review_on=date(2027, 1, 1))
    do(register, "group", "review", LATER, number=2, review_on=date(2025, 12, 1), version="3")
    assert do(register, "member", "list", LATER, number=2).says == "Nobody is entered."
    do(register, "member", "enter", LATER, group=2, person="p1", role="core", under_18="no", evidence="x")
    assert GANGS.rows(register, "member")[0]["rule_version"] == "3"


def test_a_removed_member_leaves_a_tombstone_without_identity(register: Store) -> None:
    """Neither rows nor history hold the number or the evidence; that there was an entry, and why it went, stays."""
    do(register, "group", "open", **GROUNDS)
    enter(register, "p77", under_18="yes")
    do(register, "member", "remove", number=1)
    for table in ("member", "change"):
        assert "p77" not in str(GANGS.rows(register, table)) and "two reports" not in str(GANGS.rows(register, table))
    (row,) = GANGS.rows(register, "member")
    assert row["person"] is None and row["removed_on"] == OPENED and row["under_18"] == "yes"
    assert GANGS.history(register, "member", 1)[-1]["why"] == "due"
    with pytest.raises(Refused, match="removed before"):
        do(register, "member", "remove", number=1)
    enter(register, "p77")


def test_closing_buries_every_entry(register: Store) -> None:
    do(register, "group", "open", **GROUNDS)
    enter(register, "p1"), enter(register, "p2")
    assert "2 entries" in do(register, "group", "close", number=1).says
    assert {row["person"] for row in GANGS.rows(register, "member")} == {None}
    with pytest.raises(Refused, match="is closed"):
        enter(register, "p3")


def test_children_are_marked_and_every_look_is_kept(register: Store) -> None:
    do(register, "group", "open", **GROUNDS)
    enter(register, "p1", under_18="yes"), enter(register, "p2")
    lines = do(register, "member", "list", number=1).says.splitlines()
    assert ["UNDER 18" in line for line in lines] == [True, False]
    assert do(register, "member", "list", number=1).people == (("police", "p1"), ("police", "p2"))
    assert [row["why"] for row in GANGS.history(register, "group", 1) if row["field"] == "consulted"] == ["due"] * 2
    for bad in ({"role": "victim"}, {"under_18": "perhaps"}):
        with pytest.raises(Refused):
            enter(register, "p3", **bad)
    with pytest.raises(Refused, match="entered already"):
        enter(register, "p2")


def test_a_call_in_meets_the_fewest_adults(register: Store) -> None:
    """A star of p1 with three others: one is met. A child and an exploited member are not, whoever they know."""
    do(register, "group", "open", **GROUNDS)
    for person in ("p1", "p2", "p3", "p4"):
        enter(register, person)
    enter(register, "c1", under_18="yes"), enter(register, "e1", role="exploited")
    for at, (one, other) in enumerate(
        [("p1", "p2"), ("p1", "p3"), ("p1", "p4"), ("c1", "p2"), ("c1", "p3"), ("e1", "p4")]
    ):
        for person in (one, other):
            register.change(
                "INSERT INTO incident_person VALUES ('s', 1, 'police', ?, ?, 'suspect')", [f"i{at}", person]
            )
    named = do(register, "member", "call-in", number=1).says
    assert named.split()[1] == "p1:" and len(named.splitlines()) == 1


def test_the_commands_work_in_a_partnership(tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(build(), list(words))

    assert run("init", str(tmp_path / "p"), "--name", "Town").exit_code == 0
    here = ["--partnership", str(tmp_path / "p"), "--by", "A. Officer"]
    grounds = [f"--{name.replace('_', '-')}={value}" for name, value in GROUNDS.items() if name != "name"]
    later = ["--review-on=2999-01-01", "--retain-until=2999-06-01"]
    opened = run(
        "places",
        "group",
        "open",
        "G7",
        *[each for each in grounds if "-on=" not in each and "until" not in each],
        *later,
        *here,
    )
    assert opened.exit_code == 0, opened.output
    assert "G7" in run("places", "group", "list", *here).output
