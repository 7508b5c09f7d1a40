"""Whatever command shows, or writes into a file, an agency's number for a person: the audit names that person."""

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from whatworks.cli import main
from whatworks.cli.app import build
from whatworks.linkage import train_and_link
from whatworks.records.audit.verify import verify
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, simulate
from whatworks.simulation.society.identity_settings import IdentitySettings

DAY = date(2026, 3, 1)
WORD = re.compile(r"[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*")
NAMING = [
    "quarantine export out/back",
    "link report --questions out/questions.csv",
    "link check --sheet out/judges",
    "link decide {0} {1} --different --by A --why seen",
    "link undo 1 --by A --why erred",
    "sharing subject {0} --why asked",
    "places group open G1 --owner {agency} --purpose p --lawful-basis b --evidence-rule r --version 1 --dpia d "
    "--equality-assessment e --review-on 2999-01-01 --retain-until 2999-06-01 --by A",
    "places member enter 1 --person {number} --role core --under-18 no --evidence e --by A",
    "places member list 1 --by A --why meeting",
    "places member show 1 --by A --why meeting",
    "places member remove 1 --by A --why left",
    "casework open {2} --lead {agency} --rule 1 --basis b --review-on 2999-01-01 --by A",
    "casework need 1 --pathway health --level high --by A",
    "casework list --purpose offender_management --by A --why monday",
    "casework due --purpose offender_management --by A --why monday",
    "casework show 1 --purpose offender_management --by A --why visit",
    "casework sheet export out/cases.xlsx --purpose offender_management --expires-on 2999-01-01 --by A --why reviews",
    "people list --by A",
]
"""Commands that are about named people, in an order in which each has something to show."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made up") / "p"
    simulate(folder, people=250, seed=8, settings=SimulationSettings(identity=IdentitySettings.realistic()))
    here = Partnership.open(folder)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=DAY)
        train_and_link(store, here.config.linkage, DAY)
    return folder


def commands() -> list[str]:
    """Return every command of the groups that read records of people, as it is given without options."""

    def walk(command: Any, path: str = "") -> list[str]:
        below = getattr(command, "commands", None)
        if below:
            return [each for name, one in below.items() for each in walk(one, f"{path} {name}".strip())]
        return [path] if not any(one.required for one in command.params) else []

    kinds = [f"journeys {verb} {kind}" for verb in ("time", "lost") for kind in ("victim", "through_the_gate")]
    left_out = ("demo", "init", "simulate", "web", "import", "mapping", "evaluate", "pack", "board")
    return [one for one in walk(get_command(build())) if one.split()[0] not in left_out] + kinds


class Told:
    """What a command printed and wrote, and whom the audit names for it."""

    def __init__(self, town: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.town, self.patch, self.capsys = town, patch, capsys

    def __call__(self, words: list[str]) -> tuple[int, set[str], set[str]]:
        """Run a command: its exit status, the numbers that it told, and those that it told of nobody named."""
        before, files = self.entries(), {path: path.stat().st_mtime_ns for path in self.files()}
        self.patch.chdir(self.town)
        self.patch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self.capsys.readouterr()
        texts = [told.out, told.err]
        for path in self.files():
            if files.get(path) != path.stat().st_mtime_ns:
                texts += contents(path)
        with DuckDBStore(self.town / "partnership.duckdb") as store:
            known = {row[0] for row in store.rows("SELECT person_id FROM person") if len(row[0]) > 4}
            query = (
                "SELECT p.person_id, p.pnc_id, p.prison_number, p.crn FROM audit_person AS a JOIN person AS p ON "
                "p.organisation_id = a.organisation_id AND p.person_id = a.person_id WHERE a.entry_number > ?"
            )
            named = {number for row in store.rows(query, [before]) for number in row}  # a record holds others' too
        numbers = {word for text in texts for word in WORD.findall(text)} & known
        return int(ended.value.code or 0), numbers, numbers - named

    def entries(self) -> int:
        with DuckDBStore(self.town / "partnership.duckdb") as store:
            return int(store.rows("SELECT count(*) FROM book_entry")[0][0])

    def files(self) -> list[Path]:
        return [path for path in self.town.rglob("*") if path.is_file() and ".duckdb" not in path.name]


def contents(path: Path) -> list[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return [path.read_bytes().decode("utf-8", "replace")]


@pytest.fixture
def told(town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(town, monkeypatch, capsys)


def test_whoever_a_command_names_is_named_in_the_audit(told: Told, town: Path) -> None:
    with DuckDBStore(town / "partnership.duckdb") as store:
        rows = store.rows("SELECT organisation_id, person_id FROM person WHERE length(person_id) > 4 ORDER BY 1, 2")
    people = [f"{agency}:{number}" for agency, number in rows[:: len(rows) // 7]]
    agency, number = people[3].split(":")
    unnamed, showing = {}, 0
    for line in NAMING:
        words = line.format(*people, agency=agency, number=number).split()
        status, numbers, missing = told(words)
        assert status == 0, line
        showing += bool(numbers)
        if missing:
            unnamed[line] = sorted(missing)[:3]
    assert unnamed == {}
    assert showing >= 6, "the search is known to find numbers"
    with DuckDBStore(town / "partnership.duckdb") as store:
        assert verify(store).deeds >= len(NAMING) - 2


def test_no_other_command_names_anybody(told: Told) -> None:
    bare, named, answered = commands(), {}, 0
    assert len(bare) > 20
    for words in bare:
        status, _, missing = told([*words.split(), *(["--json"] if "check" not in words else [])])
        answered += status == 0
        if missing:
            named[words] = sorted(missing)[:3]
    assert named == {}
    assert answered > 10
