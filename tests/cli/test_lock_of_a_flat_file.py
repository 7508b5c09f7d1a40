"""A protocol that its flat file could never answer is refused when it is locked, before an outcome is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.refusal import Refused

PROTOCOL = """
[scheme]
id = "mentors"
name = "Mentors"
title = "Mentors (made up)"
[comparison]
method = "none"
covariates = ["age"]
[outcomes]
primary = "rearrest"
placebo = ["before"]
[data]
source = "flat"
file = "people.csv"
treatment = "mentored"
id_column = "person"
as_at = 2024-12-31
[data.outcomes.rearrest]
column = "arrest"
label = "Rearrest"
[data.outcomes.before]
column = "arrest_before"
label = "Arrest in the year before"
"""
PEOPLE = ["person,mentored,age,arrest,arrest_before", *(f"{n},{n % 2},{20 + n % 7},{n % 3 % 2},{n % 5 % 2}"
                                                       for n in range(80))]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs a command on the protocol and people, changed as told, and returns its refusal."""
    monkeypatch.chdir(tmp_path)

    def told(command: str, protocol: tuple[str, str] = ("", ""), people: tuple[str, str] = ("", "")) -> str:
        assert protocol[0] in PROTOCOL
        Path("mentors.toml").write_text(PROTOCOL.replace(*protocol) if protocol[0] else PROTOCOL)
        text = "\n".join(PEOPLE)
        assert people[0] in text
        Path("people.csv").write_text(text.replace(*people, 1) if people[0] else text)
        answer = CliRunner().invoke(build(), [*command.split(), "mentors.toml"])
        if answer.exit_code == 0:
            return ""
        assert isinstance(answer.exception, Refused), answer.exception
        assert answer.stdout == ""
        return str(answer.exception)

    return told


REFUSED: dict[str, tuple[tuple[str, str], tuple[str, str], str]] = {
    "outcome": (
        ('primary = "rearrest"', 'primary = "rearest"'), ("", ""),
        'mentors.toml, outcomes "rearest": is not an outcome that protocol mentors can have; did you mean rearrest?'),
    "placebo": (
        ('placebo = ["before"]', 'placebo = ["befor"]'), ("", ""), "mentors.toml, outcomes.placebo \"befor\": is not"),
    "outcome's column": (
        ('column = "arrest"\n', 'column = "arest"\n'), ("", ""),
        'people.csv, data.outcomes.rearrest "arest": is not a column of the file; did you mean "arrest"?'),
    "covariate": (('["age"]', '["agge"]'), ("", ""), '"agge": is not a column of the file; did you mean "age"?'),
    "covariate unknown": (("", ""), ("5,1,25,", "5,1,,"), "people.csv, row 7, age: is not known in 1 of 80 rows"),
    "treatment": (('"mentored"', '"menored"'), ("", ""), 'people.csv, data.treatment "menored": is not a column'),
    "treatment's values": (("", ""), ("4,0,", "4,maybe,"), "row 6, treatment (mentored): holds texts that mean"),
    "a person twice": (("", ""), ("\n7,", "\n8,"), "people.csv, row 9, person: is missing or not unique in 2 rows"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_lock_that_could_never_run_is_refused_as_evaluate_would(case: str, run: Callable[..., str]) -> None:
    protocol, people, said = REFUSED[case]
    assert said in run("protocol lock", protocol, people)
    assert not Path("results").exists()  # nothing was locked
    assert said in run("evaluate", protocol, people)


def test_a_lock_does_not_look_at_what_happened(run: Callable[..., str]) -> None:
    spoilt = "7,1,20,1,0", "7,1,20,soon,later"
    assert run("protocol lock", people=spoilt) == ""
    found = run("evaluate", people=spoilt)
    assert "row 9, outcome rearrest (arrest): holds texts that mean neither yes nor no: aaaa (1 row)" in found
    assert "outcome before (arrest_before): holds texts that mean neither yes nor no: aaaaa (1 row)" in found
