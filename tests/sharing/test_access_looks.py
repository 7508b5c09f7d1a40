"""Looks at reading over the audit's own chain: what the reviewer's screen shows, who may answer, and what is told."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from whatworks.cli.sharing.unusual import VERBS
from whatworks.papers.sharing.access import access_answer
from whatworks.records.audit.journal import journal
from whatworks.records.audit.reader import READERS, Reader
from whatworks.records.audit.telling import Telling
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done, perform
from whatworks.records.store import DuckDBStore
from whatworks.sharing.access import ACCESS, looks_and_questions, named_reads, readers_asked

SUNDAY = date(2025, 6, 29)
WHO = Author("R. Reviewer", date(2025, 6, 30), "weekly look")
LOOK, ANSWER, NAME = VERBS
MADE: list[bytes] = []
"""The store, made once."""


def read(store: DuckDBStore, sign_in: str, people: list[str], day: date, hour: int = 10) -> None:
    """Have somebody of the police read people on a day, at an hour of British summer time or GMT as the day has it."""
    at = datetime(day.year, day.month, day.day, hour, 20, tzinfo=UTC)
    journal(
        store, "consulted", "person", reader=Reader(sign_in, sign_in), at=at, people=[("police", one) for one in people]
    )


@pytest.fixture
def reading(agreed: Partnership) -> Partnership:
    """Return the partnership with twelve weeks of reading by fourteen officers; one read forty people last week."""
    if MADE:
        agreed.store_path.write_bytes(MADE[0])
        return agreed
    rng = np.random.default_rng(4)
    with DuckDBStore(agreed.store_path) as store:
        READERS.make_ready(store)
        for officer in range(14):
            declared = {
                "sign_in": f"o{officer}",
                "name": f"Officer {officer} Sample",
                "organisation_id": "police",
                "tier": "secret",
            }
            READERS.add(store, "reader", declared)
        for number in range(300):
            store.change(
                "INSERT INTO person (source_id, source_line, organisation_id, person_id, surname, forename) "
                "VALUES ('d', 1, 'police', ?, ?, ?)", [f"N{number}", f"Family{number % 60}", f"Given{number}"],
            )  # fmt: skip
        with store.transaction():
            for week in range(12):
                for officer in range(14):
                    people = rng.choice(300, rng.integers(3, 8), replace=False)
                    read(store, f"o{officer}", [f"N{one}" for one in people], SUNDAY - timedelta(days=7 * week + 2))
            read(store, "o5", [f"N{one}" for one in range(40)], SUNDAY - timedelta(days=1))
    MADE.append(agreed.store_path.read_bytes())
    return agreed


def do(here: Partnership, verb: object, **given: object) -> Done:
    with DuckDBStore(here.store_path) as store:
        ACCESS.make_ready(store)
        return perform(verb, ACCESS, store, WHO, given, here=here)  # type: ignore[arg-type]


def test_the_reviewer_sees_references_and_naming_is_a_consultation(reading: Partnership) -> None:
    done = do(reading, LOOK)
    (asked,) = done.more["questions"]
    assert asked["kind"] == "volume"
    assert asked["counted"] >= 40
    assert "1 questions of " in done.says
    assert "where chance gives 4" in done.says  # four or five people a week
    for name in ("o5", "Officer", "Sample", "N1", "Family", "Given"):
        assert name not in done.says
        assert name not in json.dumps({**done.more, "look": None}, default=str)
    named = do(reading, NAME, number=1)
    assert "o5 read police N3" in named.says
    with DuckDBStore(reading.store_path) as store:
        rows = store.rows("SELECT payload FROM book_entry ORDER BY entry_number DESC LIMIT 1")
        payload = json.loads(rows[0][0])
        assert payload["act"] == "consulted"
        assert len(payload["people"]) == len(set(named.people)) >= 40
        (whole,) = store.rows("SELECT string_agg(payload, ' ') FROM book_entry")
        assert "N33" not in whole[0]


def test_a_case_of_the_agency_explains_and_a_task_from_a_file_does_too(reading: Partnership, tmp_path: Path) -> None:
    before = do(reading, LOOK).more["look"]["unexplained"]
    with DuckDBStore(reading.store_path) as store:
        store.change(
            "INSERT INTO casefile (source_id, source_line, organisation_id, case_id, kind, person_id, opened_on) "
            "VALUES ('d', 1, 'police', 'C1', 'cohort', 'N7', '2024-01-01')"
        )
        reads = named_reads(store)
    with_case = do(reading, LOOK).more["look"]["unexplained"]
    assert before - with_case == reads.filter(reads["person_id"] == "N7").height > 0
    file = tmp_path / "tasks.csv"
    file.write_text("sign_in,organisation_id,person_id,from,to,why\no5,police,N9,2025-06-01,,task 4\n", "utf-8")
    with_task = do(reading, LOOK, explanations=file).more["look"]["unexplained"]
    june = (reads["person_id"] == "N9") & (reads["reader"] == "o5") & (reads["at"].dt.date() >= date(2025, 6, 1))
    assert with_case - with_task == june.sum() > 0


def test_a_file_of_reasons_is_refused_with_all_its_faults(reading: Partnership, tmp_path: Path) -> None:
    file = tmp_path / "tasks.csv"
    file.write_text(
        "sign_in,organisation_id,person_id,from,to,why\no5,police,N9,01/06/2025,,\n,police,N8,2025-06-01,x,t\n", "utf-8"
    )
    with pytest.raises(Refused) as refused:
        do(reading, LOOK, explanations=file)
    told = [(fault.row, fault.field) for fault in refused.value.faults]
    assert told == [(2, "from"), (2, "why"), (3, "to"), (3, "sign_in")]
    assert "N9" not in str(refused.value)
    with pytest.raises(Refused, match="is not over"):
        do(reading, LOOK, week_to=date(2025, 7, 6))


def test_nobody_answers_a_question_about_their_own_reading(
    reading: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(reading, LOOK)
    monkeypatch.setattr("whatworks.records.audit.reader.system_user", lambda: "o5")
    for verb, given in ((ANSWER, {"outcome": "explained"}), (NAME, {})):
        with pytest.raises(Refused, match="reading of your own"):
            do(reading, verb, number=1, **given)
    monkeypatch.setattr("whatworks.records.audit.reader.system_user", lambda: "o6")
    assert do(reading, ANSWER, number=1, outcome="explained").changed == ("outcome",)
    assert "asked before: explained" in do(reading, LOOK).says


def test_an_erased_person_leaves_the_question_without_a_name(reading: Partnership) -> None:
    do(reading, LOOK)
    with DuckDBStore(reading.store_path) as store:
        store.change("DELETE FROM audit_person WHERE person_id <> 'N3'")
    assert set(do(reading, NAME, number=1).people) == {("police", "N3")}
    with DuckDBStore(reading.store_path) as store:
        store.change("DELETE FROM audit_person WHERE person_id = 'N3'")
    assert do(reading, NAME, number=1).says == "All whom it is about have been erased."


def test_the_paper_has_counts_and_no_group_is_flagged_by_chance(reading: Partnership, tmp_path: Path) -> None:
    do(reading, LOOK)
    file = tmp_path / "groups.csv"
    rows = [f"o{at},{'woman' if at % 2 else 'man'}" for at in range(14)]
    file.write_text("\n".join(["sign_in,sex", *rows]) + "\n", "utf-8")
    with DuckDBStore(reading.store_path) as store:
        looks, questions = looks_and_questions(store)
        readers = readers_asked(store, questions, file)
    answer = access_answer(looks, questions, readers, 5, Telling())
    text = " ".join([*answer.sentences, *(line for one in answer.tables for line in one.on_screen())])
    assert "By sex, beyond what chance gives (funnel limits of 95% and 99.8%): no group." in text
    assert "o5" not in text
    assert answer.tables[2].document() == [
        {"Group": "man", "Readers": 7, "Asked about": 0}, {"Group": "woman", "Readers": 7, "Asked about": "[c]"},
    ]  # fmt: skip
    with pytest.raises(Refused, match="no look was made yet"):
        access_answer([], [], readers, 5, Telling())
