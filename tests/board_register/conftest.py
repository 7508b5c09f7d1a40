"""A made-up board: papers as parsed values, and a register in memory to put them in."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from whatworks.board.parsed import (
    AgendaItem,
    Claim,
    ListedPerson,
    MinuteCorrection,
    MinuteDecision,
    MinuteItem,
    NextMeeting,
    ParsedPaper,
    Promise,
)
from whatworks.board.register import Recorded, record
from whatworks.board.register.ledger import make_ready
from whatworks.board.tables import BOARD_TABLES
from whatworks.records.documents import Document, Line
from whatworks.records.engine import Store
from whatworks.records.store import scratch

READ = dt.date(2022, 1, 10)
BODY = "Northmoor Safety Board"


def person(name: str, line: int, **said: Any) -> ListedPerson:
    values = {"role": None, "organisation": None, "capacity": "board", "present": True, "heading": "Members"}
    return ListedPerson(name=name, lines=(line, line), **{**values, **said})


def promise(text: str, line: int, **said: Any) -> Promise:
    values = {"owners": (), "due_text": None, "due_from": None, "due_to": None, "marked": True}
    return Promise(text=text, lines=(line, line), **{**values, **said})


def decision(text: str, line: int, **said: Any) -> MinuteDecision:
    values = {"paragraph": None, "decider": None, "condition": None, "item": "1", "verb": "agreed"}
    return MinuteDecision(text=text, lines=(line, line), **{**values, **said})


def to_december(text: str, line: int, *owners: str) -> Promise:
    first, last = dt.date(2021, 12, 1), dt.date(2021, 12, 31)
    due = {"due_text": "December meeting", "due_from": first, "due_to": last, "due_kind": "meeting"}
    return promise(text, line, owners=owners, **due)


def minutes(day: dt.date, **said: Any) -> ParsedPaper:
    values: dict[str, Any] = {
        "kind": "minutes", "body": BODY, "date": day, "weekday_ok": True, "time": dt.time(10), "time_text": "10am",
        "end": None, "place": "Town Hall", "next": None, "previous": None, "inferred": (),
    }  # fmt: skip
    return ParsedPaper(**{**values, **said})


def document(parsed: ParsedPaper, version: str = "1") -> Document:
    lines = tuple(Line(number, f"line {number} of {parsed.date}, version {version}") for number in range(1, 41))
    digest = sha256(f"{parsed.kind}{parsed.date}{version}".encode()).hexdigest()
    return Document(f"{parsed.kind}-{parsed.date}-v{version}.txt", "text", digest, lines)


def june() -> ParsedPaper:
    """Minutes of June 2021: two promises to December, one without a date, a decision on a condition, no bigger."""
    return minutes(
        dt.date(2021, 6, 7),
        people=(
            person("Ann Testcase", 5, role="Mayor, Chair"),
            person("Stephen Sample", 6, role="Commander", organisation="Northmoor Police (NP)"),
            person("Ola Placeholder", 7, capacity="apologies", present=False, heading="Apologies"),
        ),
        items=(MinuteItem("1", "Street lighting", (12, 12)),),
        decisions=(
            decision("The lighting scheme was agreed.", 14, paragraph="1.2", condition="subject to a costed report"),
            decision("The Board agreed that it should not be any bigger.", 15, decider="The Board"),
        ),
        actions=(
            to_december("survey the lamps", 18, "NP"),
            to_december("review budgets", 20, "Partners"),
            promise("write to the bus company", 22, owners=("Ann Testcase",)),
        ),
        agenda_next=(AgendaItem("Youth diversion scheme", dt.date(2021, 9, 13), (25, 25)),),
        next=NextMeeting(dt.date(2021, 9, 13), dt.time(10), "Town Hall"),
        previous=dt.date(2021, 3, 22),
        corrections=(
            MinuteCorrection(dt.date(2021, 3, 22), "16", "removed", "Paragraph 16 was removed.", True, (9, 9)),
        ),
    )  # fmt: skip


def march() -> ParsedPaper:
    """Minutes of March 2022, which call September the last meeting and know of no outstanding actions."""
    return minutes(
        dt.date(2022, 3, 8),
        people=(
            person("Ann Testcase", 5, role="Mayor, Chair", heading="Board and advisers"),
            person("Steve Sample", 6, role="Commander", organisation="NP", heading="Board and advisers"),
            person("Cleo Instance", 7, organisation="Health", heading="Board and advisers"),
            person("Dev Dummy", 8, organisation="Health", heading="Board and advisers"),
        ),
        items=(MinuteItem("1", "Minutes", (11, 11)), MinuteItem("2", "Youth diversion", (15, 15))),
        claims=(Claim("no outstanding actions", "There were no outstanding actions.", None, (12, 12)),),
        previous=dt.date(2021, 9, 13),
    )


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """One store in memory for all tests: to make its tables takes longer than most of them."""
    with scratch() as made:
        made.change("SET threads = 1")
        make_ready(made)
        yield made


def emptied(store: Store) -> Store:
    store.change("BEGIN; " + "; ".join(f"DELETE FROM {name}" for name in BOARD_TABLES) + "; COMMIT")
    return store


@pytest.fixture
def connection(store: Store) -> Store:
    return emptied(store)


@pytest.fixture
def put(connection: Store) -> Callable[..., Recorded]:
    """Put a paper into the register."""

    def _put(parsed: ParsedPaper, version: str = "1", **how: Any) -> Recorded:
        return record(connection, parsed, document(parsed, version), READ, "C. Clerk", **how)

    return _put


@pytest.fixture(scope="session")
def made_up() -> Any:
    """The makers of papers, for tests to change what they hold."""

    class Made:
        june = staticmethod(june)
        march = staticmethod(march)
        minutes = staticmethod(minutes)
        person = staticmethod(person)
        promise = staticmethod(promise)
        decision = staticmethod(decision)
        to_december = staticmethod(to_december)
        document = staticmethod(document)
        replace = staticmethod(replace)
        emptied = staticmethod(emptied)
        tables = tuple(BOARD_TABLES)

    return Made
