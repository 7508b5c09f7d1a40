"""A file of terms that nobody could have meant is refused by its name, whichever command reads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.documents import read_document
from whatworks.records.mappings.mapping import load_mapping
from whatworks.records.refusal import Refused

COMMANDS = {
    "money streams": ["money", "streams", "a.toml"],
    "money exposure": ["money", "exposure", "plan.csv", "--terms", "a.toml"],
    "contract settle": ["contract", "settle", "a.toml", "--outcomes", "counts.csv"],
    "contract settle's figures": [
        "contract", "settle", "peterborough-bond", "--outcomes", "counts.csv", "--figures", "a.toml"],
    "recharge": ["recharge", "a.toml", "--usage", "usage.csv"],
    "protocol lock": ["protocol", "lock", "a.toml"],
    "evaluate": ["evaluate", "a.toml"],
}  # fmt: skip
DEEP = "a.toml: holds lists or sections nested more than 30 deep; take the nesting out"
FILES: dict[str, tuple[bytes, str]] = {
    "a list without end": (b"a = " + b"[" * 20_000 + b"]" * 20_000, DEEP),
    "a table without end": (b"a = " + b"{a=" * 5_000 + b"1" + b"}" * 5_000, DEEP),
    "a key without end": (b".".join([b"a"] * 1_500) + b" = 1", DEEP),
    "a number without end": (b"a = " + b"9" * 5_000, "a.toml: cannot be read as TOML: a number in it has no end"),
    "UTF-16": ("a = 1\n".encode("utf-16"), "a.toml: cannot be read as TOML: it is not UTF-8 text; save it as UTF-8"),
    "a day of no calendar": (
        b"a = 1\nb = 2024-02-31\n",
        "a.toml: cannot be read as TOML (Invalid date or datetime (at",
    ),
    "a key twice": (b"a = 1\na = 2\n", "(at line 2"),
}


@pytest.fixture
def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs a command, which must refuse, and returns why."""
    monkeypatch.chdir(tmp_path)
    Path("plan.csv").write_text("Line,2026/27\nStaff,10\nRent,5\nTOTAL,15\n")

    def refused(words: list[str]) -> str:
        answer: Any = CliRunner().invoke(build(), words)
        assert isinstance(answer.exception, Refused), answer
        assert answer.stdout == ""
        return str(answer.exception)

    return refused


@pytest.mark.parametrize("command", COMMANDS)
def test_terms_that_cannot_be_read_are_refused_by_name(command: str, refusal: Callable[..., str]) -> None:
    for case, (data, said) in FILES.items():
        Path("a.toml").write_bytes(data)
        found = refusal(COMMANDS[command])
        assert said in found, case
        assert len(found) < 1_000, case
    Path("a.toml").unlink()
    assert "a.toml: is not there" in refusal(COMMANDS[command])
    Path("a.toml").mkdir()
    assert "a.toml: is a folder; name a file" in refusal(COMMANDS[command])


@pytest.mark.parametrize("case", FILES)
def test_so_is_a_mapping(case: str, tmp_path: Path) -> None:
    data, said = FILES[case]
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(Refused) as refused:
        load_mapping(tmp_path / "a.toml")
    assert said in str(refused.value)


def test_a_term_stated_with_a_list_without_end_is_refused(refusal: Callable[..., str]) -> None:
    words = ["contract", "settle", "peterborough-bond", "--outcomes", "counts.csv", "--set", "a=" + "[" * 20_000]
    assert "--set, a: is not a term of a contract" in refusal(words)


def test_a_table_with_a_field_without_end_names_its_row(refusal: Callable[..., str]) -> None:
    Path("plan.csv").write_text("Line,2026/27\nStaff," + "1" * 200_000 + "\n")
    assert refusal(["money", "check", "plan.csv"]).startswith("plan.csv, row 2: has a field without end")


def test_a_result_that_is_not_there_is_not_said_to_be_damaged(refusal: Callable[..., str]) -> None:
    assert "none.json: is not there; check the name" in refusal(["combine", "none.json", "none.json"])
    Path("results").mkdir()
    assert "results: is a folder; name the result.json in it" in refusal(["combine", "results", "results"])


@pytest.mark.parametrize("end", ['"Rent,5\n', '"Rent",5\n"TOTAL,15', 'Rent,"5', 'Rent,"5\nTOTAL,15\n\n'])
def test_a_table_with_a_quote_that_is_never_closed_is_refused(end: str, refusal: Callable[..., str]) -> None:
    Path("plan.csv").write_text(f"Line,2026/27\nStaff,10\n{end}")
    row = 4 if end.startswith('"Rent",') else 3
    assert (
        refusal(["money", "check", "plan.csv"]) == f"plan.csv, row {row}: opens a quote that is never closed; close it"
    )


def test_a_quote_that_is_closed_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text('Line,2026/27\n"Staff\nand rent","1,000"\n"TOTAL","1,000"')
    (table,) = read_document(tmp_path / "plan.csv").tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Line", "2026/27"], ["Staff and rent", "1,000"], ["TOTAL", "1,000"]]  # fmt: skip
