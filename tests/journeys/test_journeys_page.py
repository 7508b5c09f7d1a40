"""Every command of docs/journeys.md runs on the made-up partnership, and so does its Python; kinds are listed."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from whatworks.cli import main
from whatworks.journeys.kind import READY_MADE, kind_schema, load_kind
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

PAGE = (Path(__file__).resolve().parents[2] / "docs/journeys.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.strip().splitlines()]
TIMES = (
    "year,period,court_type,region,defendants,mean_offence_to_charge,mean_charge_to_first_list\n"
    "2010,Q2,All courts,London,1000,99,33\n"
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds a made-up partnership `ourtown`, imported, and a published table."""
    folder = tmp_path_factory.mktemp("page")
    simulate(folder / "ourtown", people=2_000, seed=3)
    partnership = Partnership.open(folder / "ourtown")
    with DuckDBStore(partnership.store_path) as store:
        import_folder(store, partnership, received_on=partnership.config.as_at)
    (folder / "ourtown/court_timeliness_2010q2.csv").write_text(TIMES)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return command


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_answers_in_words_and_in_json(town: Path, run, monkeypatch, line: str) -> None:
    monkeypatch.chdir(town / "ourtown")
    words = shlex.split(line)[1:]
    status, out = run(*words)
    assert status == 0 and len(out.splitlines()) > 2
    status, out = run(*words, "--json")
    assert status == 0 and json.loads(out)


def test_the_python_of_the_page_runs(town: Path, monkeypatch) -> None:
    monkeypatch.chdir(town)
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/journeys.md", "exec"), {})


def test_kinds_are_listed_printed_and_have_a_schema(run) -> None:
    status, out = run("journeys", "kinds")
    assert status == 0 and len(out.splitlines()) == 6
    assert run("journeys", "kinds", "victim", "--schema")[0] == 2
    assert run("journeys", "kinds", "victim")[1] == (READY_MADE / "victim.toml").read_text("utf-8")
    assert json.loads(run("journeys", "kinds", "--schema")[1]) == kind_schema()
    assert json.loads(run("journeys", "kinds", "victim", "--json")[1])[0]["kind"] == load_kind("victim").kind
