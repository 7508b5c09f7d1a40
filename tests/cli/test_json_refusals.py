"""With --json whatever happens is one JSON document on standard output: the answer, or every fault of the refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def strict(text: str) -> dict:
    """Read JSON as its standard has it: no Infinity, no NaN."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def run(*words: str) -> tuple[int, dict, str]:
    done = subprocess.run([sys.executable, "-m", "whatworks", *words, "--json"], capture_output=True, check=False)
    return done.returncode, strict(done.stdout.decode()), done.stderr.decode()


def test_an_answer_without_degrees_of_freedom_is_json() -> None:
    status, answer, _ = run("verdict", "--treated", "156/368", "--comparison", "136/327")
    assert (status, answer["verdict"]) == (0, "more people needed")


@pytest.mark.parametrize(
    ("words", "problem", "field"),
    [
        (("verdict", "--treated", "46.3%", "--comparison", "45.3%"), "a rate without its number of people", "treated"),
        (("power", "--comparison", "45%"), "nothing is asked", None),
        (("power", "--comparison", "45%", "--difference", "5%"), "has no sign", "difference"),
        (("evaluate", "nowhere.toml"), "is not there", None),
        (("board", "read", "nowhere"), "", None),
        (("money", "check", "nowhere.docx"), "", None),
        (("import", "nowhere.csv", "--as", "offence"), "", None),
        (("verdict",), "Missing option", None),
        (("verdict", "--treatd", "1/2"), "No such option", None),
        (("verdicts",), "No such command", None),
    ],
)
def test_a_refusal_is_one_document_with_every_fault_in_the_same_words(
    words: tuple[str, ...], problem: str, field: str | None
) -> None:
    status, answer, told = run(*words)
    assert status == 2
    assert answer["refused"][0]["problem"].startswith(problem)
    assert set(answer["refused"][0]) == {"problem", "remedy", "file", "row", "field", "value"}
    if field is not None:
        assert answer["refused"][0]["field"] == field
    assert all(fault["problem"][:20] in told for fault in answer["refused"])


def test_a_refusal_of_two_faults_holds_both() -> None:
    _, answer, _ = run("verdict", "--treated", "46.3%", "--comparison", "45.3%")
    assert [fault["field"] for fault in answer["refused"]] == ["treated", "comparison"]


def test_a_folder_read_in_part_is_one_document_too(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Minutes of the Board\n1 May 2024\nPresent: Ann Lee\n", encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"x")
    status, answer, told = run("board", "read", str(tmp_path))
    assert (status, len(answer)) == (2, 1)
    assert "bad.docx" in told


def test_what_a_compiled_library_prints_of_its_own_accord_is_not_in_the_answer() -> None:
    """The solver of whole numbers prints a line of its own now and then, which would break a JSON document."""
    code = "import os; from whatworks.cli.app import keep_stdout; keep_stdout(); os.write(1, b'noise'); print('{}')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout.split(), done.stderr) == ([b"{}"], b"noise")
