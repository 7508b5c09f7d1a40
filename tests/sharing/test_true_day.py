"""What is permitted is ruled on the day on which it is done, whatever day is written down; no deed has empty words."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from test_releases import deeds, release, run
from typer.main import get_command
from typer.testing import CliRunner

import whatworks
from whatworks.casework.looking import named
from whatworks.casework.register import CASEWORK
from whatworks.casework.sheet import EXPORT, check_returned
from whatworks.cli.app import build
from whatworks.records.audit.reader import READERS, system_user
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done, Verb, perform
from whatworks.records.store import DuckDBStore, scratch
from whatworks.sharing.agreement import EXAMPLES

THEN, LATE = date(2026, 12, 31), date(2027, 1, 1)
"""The last day of MAOM-2024, and the day after."""
DATED_BACK = Author("B. Back", THEN, "for the panel", today=LATE)
RULING = ("permit", "consult", "may", "resolve", "check_returned", "check_export", "copies", "Request")
"""Functions that rule by a day."""


def declare(store: DuckDBStore, organisation: str) -> None:
    READERS.make_ready(store)
    row = {"sign_in": system_user(), "name": "T. Reader", "tier": "official-sensitive"}
    READERS.add(store, "reader", row | {"organisation_id": organisation}, author=DATED_BACK)


def test_an_ended_agreement_releases_nothing_whatever_day_is_named(
    agreed: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(EXAMPLES.parent / "briefings", agreed.root / "briefings")
    monkeypatch.setattr("whatworks.cli.register.today", lambda: THEN)
    release(agreed)
    monkeypatch.setattr("whatworks.cli.register.today", lambda: LATE)
    assert "it ended on 2026-12-31" in release(agreed, status=2)
    for words in (["release"], ["briefing", "briefings/threat.toml"]):
        assert "No such option: --on" in run(agreed, *words, "--by", "B", "--on", "2025-06-30", status=2)
    assert len(deeds(agreed)) == 1


def test_named_people_are_read_by_what_is_agreed_on_the_true_day(store: DuckDBStore, agreed: Partnership) -> None:
    declare(store, "probation")
    for day, words in ((THEN, "not among its fields"), (None, "it ended on 2026-12-31")):
        with pytest.raises(Refused, match=words) as refused:
            author = replace(DATED_BACK, today=day) if day else DATED_BACK
            named(store, agreed, author, "offender_management", [("police", "P1")], ["offence"])
        assert ("it ended" in str(refused.value)) == (day is None)


def test_a_sheet_of_cases_is_not_taken_back_late_by_an_earlier_day(store: DuckDBStore) -> None:
    CASEWORK.make_ready(store)
    number = CASEWORK.add(store, "sheet", {"sent_on": THEN, "expires_on": THEN}, author=DATED_BACK)
    check_returned(store, [{EXPORT: str(number)}], DATED_BACK.on, "s.xlsx")
    with pytest.raises(Refused, match="came back after 2026-12-31"):
        check_returned(store, [{EXPORT: str(number)}], DATED_BACK.true_day, "s.xlsx")


def test_no_ruling_of_the_house_is_asked_for_the_day_that_is_written_down() -> None:
    asked, wrong = 0, []
    for path in Path(whatworks.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = call.func if isinstance(call, ast.Call) else None
            if (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")) in RULING:
                days = [ast.unparse(each) for each in call.args]  # type: ignore[attr-defined]
                asked += "author.true_day" in days
                wrong += [(path.name, call.lineno) for day in days if day == "author.on"]  # type: ignore[attr-defined]
    assert wrong == [] and asked >= 8


def verbs() -> list[tuple[str, Verb]]:
    """Return every signed verb of every register, by its command."""
    found: list[tuple[str, Verb]] = []

    def walk(command: Any, path: str) -> None:
        for name, below in getattr(command, "commands", {}).items():
            walk(below, f"{path} {name}".strip())
        verb = getattr(getattr(command, "callback", None), "__wrapped__", None)
        verb = getattr(verb or getattr(command, "callback", None), "verb", None)
        if verb is not None and verb.signed:
            found.append((path, verb))

    walk(get_command(build()), "")
    return found


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_no_verb_of_any_register_takes_an_empty_text(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a verb does itself is left out, so that nothing but the mechanism can refuse."""
    monkeypatch.setattr("whatworks.records.register.verb._done", lambda *_: Done("done"))
    store, asked = scratch(), verbs()
    READERS.make_ready(store)
    assert len(asked) > 80
    for command, verb in asked:
        texts = [option for option in verb.options if option.required and option.kind is str and not option.many]
        if texts or verb.why:
            author = Author("A. Author", THEN, blank if verb.why else None)
            with pytest.raises(Refused) as refused:
                perform(verb, READERS, store, author, {option.name: blank for option in texts})
            wanted = [*(option.shown for option in texts), *(["--why"] if verb.why else [])]
            assert [fault.field for fault in refused.value.faults] == wanted, command
            assert all("is empty" in fault.problem and fault.remedy for fault in refused.value.faults), command


def test_a_reader_without_a_sign_in_is_refused_and_so_is_a_name_taken_away(agreed: Partnership) -> None:
    words = ["audit", "reader", "--partnership", str(agreed.root)]
    for more in (["add", "", "--name", "K. Sample"], ["add", "ks", "--name", "  "]):
        done = CliRunner().invoke(build(), [*words[:2], *more, "--by", "A", *words[2:]])
        assert "is empty" in str(done.exception), done.output
    with DuckDBStore(agreed.store_path) as store:
        READERS.make_ready(store)
        with pytest.raises(Refused, match="sign_in: is missing"):
            READERS.add(store, "reader", {"sign_in": " ", "name": "K", "tier": "official"}, author=DATED_BACK)
        assert not READERS.rows(store, "reader")
