"""Briefings by tier, who oversees what, and the page of the documentation."""

import csv
import json
import re
import shlex
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from test_releases import deeds, run
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.papers.sharing.agreements import agreements_answer, matrix_answer
from whatworks.papers.sharing.oversight import oversight_answer
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.records.writing.private_file import OWNER_ONLY
from whatworks.sharing.agreement import EXAMPLES, read_agreements
from whatworks.sharing.oversight import Oversight, cover, load_oversight
from whatworks.sharing.purposes import PURPOSES
from whatworks.simulation import simulate

PAGE = (Path(__file__).resolve().parents[2] / "docs/sharing.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.strip().splitlines()]
DAY = date(2025, 6, 30)


@pytest.fixture
def briefed(agreed: Partnership) -> Partnership:
    """Return the partnership with the examples of a briefing and of oversight, and three people on a list."""
    copytree(EXAMPLES.parent / "briefings", agreed.root / "briefings")
    with DuckDBStore(agreed.store_path) as store:
        for number in ("P1", "P2", "P4"):
            store.change("INSERT INTO list_entry (source_id, source_line, organisation_id, list_entry_id, list_name, "
                         "person_id, entered_on) VALUES ('d', 1, 'police', ?, 'joint-concern', ?, '2024-01-01')",
                         [number, number])  # fmt: skip
    return agreed


def brief(here: Partnership) -> str:
    return run(here, "briefing", str(here.root / "briefings/threat.toml"), "--by", "D. Officer")


def test_each_reader_gets_a_numbered_copy_of_what_is_for_them(briefed: Partnership) -> None:
    said = brief(briefed)
    copies = {path.name: path for path in (briefed.root / "releases").iterdir()}
    assert sorted(copies) == ["0001-THREAT-2025-06.txt", "0002-THREAT-2025-06.txt", "0003-THREAT-2025-06.txt"]
    texts = [copies[name].read_text("utf-8") for name in sorted(copies)]
    assert ["two wards" in text.lower() for text in texts] == [True, True, False]
    assert texts[0].startswith("OFFICIAL-SENSITIVE   THREAT-2025-06, copy 1, for Leader of the council alone")
    assert texts[2].startswith("OFFICIAL   THREAT-2025-06, copy 3") and texts[2].count("copy 3") == 2
    assert "no copy for Clerk to the court (court, official-sensitive)" in said
    assert "withheld, official-sensitive: Refused." in said
    assert all(path.stat().st_mode & 0o777 == OWNER_ONLY for path in copies.values())
    [entry] = deeds(briefed)
    assert entry["act"] == "released" and "wards" not in json.dumps(entry)


def test_a_leaked_passage_names_its_copies(briefed: Partnership) -> None:
    brief(briefed)
    file = str(briefed.root / "briefings/threat.toml")
    found = json.loads(run(briefed, "leaked", file, "BOTH have a\nnamed  worker", "--json"))["rows"]
    assert [(row["id"], row["reader"]) for row in found] == [(1, "Leader of the council"), (2, "Head of probation")]
    assert len(json.loads(run(briefed, "leaked", file, "substantial", "--json"))["rows"]) == 3
    assert "stands in no passage" in run(briefed, "leaked", file, "nothing of the kind", status=2)


def test_a_briefing_is_made_by_somebody_who_is_cleared_to_all_of_it(briefed: Partnership) -> None:
    file = briefed.root / "briefings/threat.toml"
    file.write_text(
        file.read_text("utf-8").replace('tier = "official"\ntext = "The next', 'tier = "secret"\ntext = "The next')
    )
    refused = run(briefed, "briefing", str(file), "--by", "D. Officer", status=2)
    assert "has a passage that is secret, and you are cleared to official-sensitive" in refused
    assert not (briefed.root / "releases").exists()


def test_a_briefings_faults_are_told_at_once(briefed: Partnership) -> None:
    file = briefed.root / "briefings/threat.toml"
    text = file.read_text("utf-8").replace('"health"', '"helth"').replace("_oversight", "_oversigt")
    file.write_text(text)
    refused = run(briefed, "briefing", str(file), "--by", "D. Officer", status=2)
    assert "did you mean 'health'" in refused and "did you mean 'counter_terrorism_oversight'" in refused


def london(body: dict[str, object]) -> Oversight:
    """Return 33 areas of which 17 have priority: 15 boroughs without it, and the City."""
    areas = [f"Borough {number:02}" for number in range(1, 33)] + ["City"]
    return Oversight.model_validate({"title": "Oversight", "areas": areas, "priority": areas[:17], "body": [body]})


def test_sixteen_of_thirty_three_areas_have_no_regional_oversight() -> None:
    """33 - 17 = 16: 32 - 17 = 15 boroughs, and the City."""
    regional = london({"name": "Regional board", "level": "regional", "areas": ["priority"]})
    gap = cover(regional).gaps["regional"]
    assert len(gap) == 16 and "City" in gap and sum(name.startswith("Borough") for name in gap) == 15
    answer = oversight_answer(regional)
    assert answer.sentences[0] == "Of 33 areas 17 have priority."
    assert answer.sentences[1].startswith("16 have no regional oversight, all without priority: Borough 18, ")
    assert [row["Regional"] for row in answer.tables[1].document()].count("GAP") == 16
    assert [(row["Overseen"], row["Of"]) for row in answer.tables[0].document()] == [(17, 17), (0, 16)]
    every = london({"name": "National", "level": "national", "areas": ["all"]})
    assert cover(every).gaps == {"national": ()}


def test_an_area_that_nobody_listed_is_refused(tmp_path: Path) -> None:
    text = (EXAMPLES.parent / "briefings/oversight.toml").read_text("utf-8")
    (tmp_path / "o.toml").write_text(text.replace('"B07", "B08", "B09", "B10", "B11"]\n', '"B7", "B08"]\n'))
    with pytest.raises(Refused, match="'B7' is not among areas: did you mean"):
        load_oversight(tmp_path / "o.toml")


def test_the_list_says_what_ends_and_what_is_lacking(agreed: Partnership) -> None:
    path = agreed.root / "sharing/victim_services.toml"
    path.write_text(re.sub(r"(?m)^(owner|dpia) = .*\n", "", path.read_text("utf-8")))
    answer = agreements_answer(read_agreements(agreed), date(2026, 11, 1))
    said = " ".join(answer.sentences)
    assert "VS-2024: no owner, no DPIA, overdue for review since 2026-03-31." in said
    assert "MAOM-2024: overdue for review since 2026-01-31, ends on 2026-12-31." in said
    assert "ended on 2026-12-31" in " ".join(agreements_answer(read_agreements(agreed), date(2027, 1, 1)).sentences)
    assert "starts on 2024-04-01" in " ".join(agreements_answer(read_agreements(agreed), date(2024, 2, 1)).sentences)


def test_two_agreements_that_differ_are_said_in_list_and_matrix(agreed: Partnership) -> None:
    text = (agreed.root / "sharing/victim_services.toml").read_text("utf-8").replace("VS-2024", "VS-2025")
    narrow = text.replace('"person_id", "forename", "surname", "postcode"', '"surname"')
    (agreed.root / "sharing/other.toml").write_text(narrow, "utf-8")
    both = read_agreements(agreed)
    for answer in (agreements_answer(both, DAY), matrix_answer(both, agreed.config.organisations, DAY)):
        assert "VS-2024 and VS-2025 differ on person of police to council for victim_support" in " ".join(
            answer.sentences
        )
    (agreed.root / "sharing/other.toml").write_text(narrow.replace('"VS-2025"\n', '"VS-2025"\nbeside = ["VS-2024"]\n'))
    assert "differ" not in " ".join(agreements_answer(read_agreements(agreed), DAY).sentences)


def test_the_matrix_has_a_row_for_each_agencys_table_and_purpose(agreed: Partnership) -> None:
    answer = matrix_answer(read_agreements(agreed), agreed.config.organisations, DAY)
    rows = {(row["Records of"], row["Table"], row["For"]): row for row in answer.tables[0].document()}
    assert rows["police", "offence", "offender management"]["probation"] == "MAOM-2024 clause 4.2"
    assert rows["police", "offence", "offender management"]["council"] == "no"
    assert rows["police", "offence", "offender management"]["police"] == "own"
    assert not matrix_answer(read_agreements(agreed), agreed.config.organisations, date(2030, 1, 1)).tables[0].rows


@pytest.mark.parametrize("tables", [("agreements",), ("matrix",)])
def test_papers_come_in_every_form(agreed: Partnership, tables: tuple[str, ...], tmp_path: Path) -> None:
    run(agreed, *tables, "--on", "2025-06-30", "--out", str(tmp_path / "out"))
    assert {"paper.html", "paper.docx", "paper.pdf"} <= {path.name for path in (tmp_path / "out").iterdir()}
    assert "MAOM-2024" in (tmp_path / "out/paper.html").read_text("utf-8")


def test_every_command_of_the_page_runs(briefed: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(briefed.root)
    looks = ("whatworks audit unusual", "whatworks audit question", "whatworks audit summary")
    for line in COMMANDS:
        if line.startswith(looks):  # they need weeks of reading: tests/sharing/test_access_looks.py has them
            continue
        done = CliRunner().invoke(build(), shlex.split(line)[1:])
        assert done.exit_code == 0 and done.output, (line, done.exception)
    with (briefed.root / "releases/0001-probation-person.csv").open() as file:
        assert len(list(csv.reader(file))) == 4


def test_the_page_says_every_purpose_and_its_python_runs(
    briefed: Partnership, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert all(f"`{name}`" in PAGE for name in PURPOSES)
    monkeypatch.chdir(briefed.root)
    program = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert program is not None
    exec(program[1], {})
    assert capsys.readouterr().out.startswith("Allowed by MAOM-2024 clause 4.1")


def test_a_made_up_partnership_has_agreements_and_a_briefing(tmp_path: Path) -> None:
    simulate(tmp_path / "town", people=60, seed=1)
    here = Partnership.open(tmp_path / "town")
    assert [each.reference for each in read_agreements(here)] == ["BRIEF-2025", "MAOM-2024", "VS-2024"]
    assert (here.root / "briefings/threat.toml").is_file()
