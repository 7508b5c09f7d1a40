"""From an agency's file to the answer: import, `journeys time`, its one JSON document and its paper."""

import json
import sys
from pathlib import Path

import pytest

from whatworks.cli import main

SETTINGS = (
    'name = "Northbank (made up)"\nas_at = 2025-06-30\n[[agency]]\norganisation_id = "probation"\n'
    'name = "Northbank Probation (made up)"\nkind = "probation"\n'
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs a command in a partnership whose store has forty releases."""
    (tmp_path / "whatworks.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    cases = "".join(f"r{at},through_the_gate,B1\n" for at in range(40))
    Path("cases.csv").write_text(f"case_id,kind,borough\n{cases}")
    stays = "".join(
        f"s{at},r{at},through_the_gate,contact,2025-01-01,{f'2025-01-{2 + at:02d}' if at < 30 else ''},\n"
        for at in range(40)
    )
    Path("stages.csv").write_text(f"case_stage_id,case_id,kind,stage,entered_on,left_on,outcome\n{stays}")
    for file, table in (("cases.csv", "casefile"), ("stages.csv", "case_stage")):
        said = ("--as", table, "--from", "probation", "--source", table, "--as-at", "2025-06-30")
        assert command("import", file, *said)[0] == 0
    return command


def test_forty_releases_of_whom_thirty_were_reached(run) -> None:
    status, out, err = run("journeys", "time", "through_the_gate", "--json", "--out", "papers/time")
    assert status == 0
    contact = json.loads(out)["stages"][0]
    assert (contact["entered"], contact["onward"], contact["waiting"]) == (40, 30, 10)
    assert contact["median"]["days"] == 20  # the twentieth of forty was reached on the twentieth day
    assert contact["ninetieth"]["days"] is None and contact["finished_mean"] is None
    assert "papers/time/paper.docx" in err
    summary = json.loads(Path("papers/time/summary.json").read_text())
    assert summary["Stages"][0]["Waiting"] == 10 or summary["Stages"][0]["Waiting"] == "c"


def test_what_cannot_be_said_is_refused_with_the_way_on(run) -> None:
    assert "is not a kind of journey; did you mean 'victim'?" in run("journeys", "time", "victims")[2]
    assert "no case is of this kind" in run("journeys", "time", "victim")[2]
    status, _, err = run("journeys", "time", "through_the_gate", "--from", "2025-02-01", "--to", "2025-01-01")
    assert status == 2 and "swap the two days" in err
    status, _, err = run("journeys", "time", "through_the_gate", "--from", "2025-02-01")
    assert status == 2 and "cases were opened 2025-01-01 to 2025-01-01" in err
