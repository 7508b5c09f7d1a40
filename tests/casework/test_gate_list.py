"""The team's list of who is unseen: named for a purpose and a reason, kept in the audit, and in no paper."""

from datetime import date
from pathlib import Path

import pytest

from casework.planted import LAST, town_store
from whatworks.casework import exits, unseen
from whatworks.casework.register import CASEWORK
from whatworks.casework.verbs import VERBS
from whatworks.journeys import load_kind, watched
from whatworks.papers.casework.gate import gate_answer
from whatworks.records.audit.store_book import StoreBook
from whatworks.records.audit.telling import Telling
from whatworks.records.engine import Store
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done, perform
from whatworks.simulation.casework.town import town


@pytest.fixture(scope="module")
def small() -> Store:
    store = town_store(town(8, 200))
    CASEWORK.make_ready(store)
    return store


@pytest.fixture
def here(tmp_path: Path) -> Partnership:
    agencies = "".join(f'[[agency]]\norganisation_id = "{one}"\nname = "{one}"\nkind = "{one}"\n'
                       for one in ("prison", "probation", "council"))  # fmt: skip
    (tmp_path / "whatworks.toml").write_text(f'name = "Town"\nas_at = {LAST}\n{agencies}')
    return Partnership.open(tmp_path)


def listed(store: Store, here: Partnership, why: str | None = "the morning's list", **given: object) -> Done:
    (verb,) = (one for one in VERBS if one.name == "unseen")
    values = {"purpose": "resettlement", "after": 28, "within": 182} | given
    with store.transaction():
        return perform(verb, CASEWORK, store, Author("A. Officer", date(2025, 7, 1), why), values, here=here)


def test_the_list_names_who_is_unseen_and_the_audit_keeps_who_looked_and_why(small: Store, here: Partnership) -> None:
    before = len(list(StoreBook(small).entries()))
    done = listed(small, here)
    found = exits(small, load_kind("through_the_gate"))
    waiting = unseen(found, 28).filter(unseen(found, 28)["days"] < 182)
    assert len(done.more["unseen"]) == waiting.height > 0
    days = [one["days"] for one in done.more["unseen"]]
    assert days == sorted(days, reverse=True) and min(days) >= 28
    assert set(done.people) == {tuple(one["person"]) for one in done.more["unseen"]}
    assert all(":".join(person) in done.says for person in done.people)
    (entry,) = list(StoreBook(small).entries())[before:]
    assert entry.payload["act"] == "consulted"
    assert not [number for _, number in done.people if number in str(entry.payload)], "the chain names nobody"


def test_without_a_purpose_on_the_list_or_a_reason_nobody_is_named(small: Store, here: Partnership) -> None:
    with pytest.raises(Refused, match="names a regime of the law, not a purpose"):
        listed(small, here, purpose="law_enforcement")
    with pytest.raises(Refused, match="is less than the 60 days"):
        listed(small, here, after=60, within=30)


def test_the_paper_names_nobody_who_is_on_the_list(small: Store, here: Partnership) -> None:
    people = {number for _, number in listed(small, here).people}
    found = exits(small, load_kind("through_the_gate"))
    answer = gate_answer(found, watched(found.cases, "provider"), 10, Telling(), "provider")
    shown = " ".join((*answer.lines(), str(answer.document()), str(answer.summary())))
    assert not [number for number in people if number in shown]
