"""No file that people write by hand has true taken for 1, a number for a day, or spaces for a name."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from whatworks.board.alignment import Alignment
from whatworks.board.evidence.entry import EvidenceFile
from whatworks.board.evidence.standards import Standards
from whatworks.board.evidence.values import Values
from whatworks.money.contracts.terms import Terms as Contract
from whatworks.money.futures.partners import Partners
from whatworks.money.recharge.terms import Terms as Recharge
from whatworks.money.streams.terms import StreamTerms
from whatworks.money.tables.commitment import ExposureTerms
from whatworks.records.hand_written import HandWritten
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.partnership import PartnershipConfig

FILES = (Alignment, Contract, EvidenceFile, ExposureTerms, PartnershipConfig, Partners, Recharge, Standards,
         StreamTerms, Values)  # fmt: skip
NO_NUMBER = ("is not a number", "is not a whole number")


def sections(model: type[HandWritten]) -> Iterator[type[HandWritten]]:
    """Yield a file's model and those of all its sections."""
    found = [model]
    for one in found:
        for field in one.model_fields.values():
            found += [inner for inner in _models(field.annotation) if inner not in found]
    yield from found


def _models(annotation: Any) -> Iterator[type[HandWritten]]:
    if isinstance(annotation, type) and issubclass(annotation, HandWritten):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def keys(kind: str) -> list[tuple[type[HandWritten], str, Any]]:
    """Return every key of every file whose JSON schema says that its value is of a kind, with that schema."""
    found = {}
    for file in FILES:
        for section in sections(file):
            for name, said in section.model_json_schema()["properties"].items():
                whole = [said, *said.get("anyOf", [])]
                if any(one.get("type") == kind or one.get("format") == kind for one in whole):
                    found[section.__module__, section.__name__, name] = (section, name, said)
    return list(found.values())


def faults(section: type[HandWritten], key: str, value: Any) -> list[tuple[str | None, str]]:
    """Return place and problem of what is wrong with a section's key."""
    try:
        section.model_validate({key: value})
    except ValidationError as refused:
        found = [(place_of(one), problem_of(one)) for one in refused.errors()]
        return [one for one in found if one[0] and (one[0] == key or one[0].startswith(f"{key}."))]
    return []


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize("word", [True, False])
def test_true_and_false_are_no_numbers(kind: str, word: bool) -> None:
    asked = keys(kind)
    assert len(asked) > 10
    for section, key, _ in asked:
        found = faults(section, key, word)
        assert found, (section, key)
        assert all(problem.startswith(NO_NUMBER) for _, problem in found), (section, key, found)


def test_nor_are_they_within_a_list_or_a_table() -> None:
    assert faults(next(s for s in sections(Partners) if "expected" in s.model_fields), "expected", {"days": True}) == [
        ("expected.days", "is not a number: write digits and a point, as 1250.50, without commas and signs")
    ]
    (place, problem), *_ = faults(next(s for s in sections(Contract) if "falls" in s.model_fields), "falls", [0, False])
    assert (place, problem) == ("falls.2", "is not a number")


def test_a_number_beyond_a_million_million_is_refused_as_a_text_too() -> None:
    flow = next(s for s in sections(StreamTerms) if "share_of_whole" in s.model_fields)
    for value in (10**12 + 1, 1e300, "1e300", "1000000000001", "9" * 400):
        assert faults(flow, "pounds", value) == [("pounds", "is beyond a million million: look at its zeros")], value
    assert faults(flow, "pounds", 10**12) == []


def test_a_number_is_no_day() -> None:
    asked = keys("date")
    assert len(asked) > 10
    for section, key, _ in asked:
        for value in (5, 86_400, True, "86400", 0.0):
            assert faults(section, key, value) == [(key, "is not a date in the calendar: write it as 2025-06-30")], key


def test_nothing_but_spaces_is_no_name() -> None:
    asked = [one for one in keys("string") if one[2].get("default") != "" and "format" not in str(one[2])]
    assert len(asked) > 60
    for section, key, _ in asked:
        for value in ("", "  ", "\t\n"):
            assert faults(section, key, value), (section, key)
    assert faults(Contract, "name", " ") == [("name", "is empty: write what it is")]
    assert faults(Contract, "payees", ["Camden", " "]) == [
        ("payees", "holds an empty text: write what it is, or take it out")
    ]
    assert faults(Contract, "metric", {" ": {}})[0][1].startswith("holds an empty text")
