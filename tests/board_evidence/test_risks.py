"""A risk changes by the number it watches and keeps how it stood; what nobody said is missing, never made up."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_up_evidence import DAY

from whatworks.board.register.ledger import history
from whatworks.board.risks.number import Ground, needed_for_watch, project
from whatworks.board.risks.register import (
    add_message,
    add_risk,
    approve,
    change_risk,
    link_proof,
    publish,
    read_messages,
    read_risks,
    take_from_papers,
)
from whatworks.board.risks.risk import Watch
from whatworks.board.risks.watching import add_watch, end_watch, look, state_of
from whatworks.papers.board.risk_register import risk_paper
from whatworks.papers.evaluation.sample import sample_result
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author

SHARED = Path(os.environ.get("WHATWORKS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TOLD = {"kind": "risk", "text": "Too few to tell"}


def figures(folder: Path, *rows: str) -> None:
    text = "\n".join(["figure,as_at,value", *rows])
    (folder / "figures.csv").write_text(f"{text}\n", encoding="utf-8")


def watched(store: Store, officer: Author, **values: Any) -> int:
    number = add_risk(store, officer, **TOLD)
    told = {"number": "figure", "place": "figures.csv", "name": "starts", "worse": "below"} | values
    add_watch(store, number, told, officer)
    return number


def test_a_risk_follows_its_number_and_keeps_how_it_stood(store: Store, officer: Author, tmp_path: Path) -> None:
    number = watched(store, officer, amber=400.0, red=350.0)
    figures(tmp_path, "starts,2025-05-01,420", "starts,2025-06-01,380", "starts,2025-07-01,300", "other,2025-06-01,1")
    for day, state in ((date(2025, 5, 2), "green"), (date(2025, 6, 2), "amber"), (date(2025, 7, 2), "red")):
        (changed,) = look(store, Ground(store, tmp_path, day))
        assert changed.after == state
    (risk,) = read_risks(store)
    assert [(one.value, one.state) for one in risk.readings] == [(420, "green"), (380, "amber"), (300, "red")]
    states = [row["after"] for row in history(store, "risk", number) if row["field"] == "state"]
    assert states == ["green", "amber", "red"]


def test_a_decimal_comma_is_no_other_number(store: Store, officer: Author, tmp_path: Path) -> None:
    watched(store, officer, red=5.0)
    for text, value in (("1,5", None), ("1,500", 1500), ("1.5", 1.5)):
        figures(tmp_path, f'starts,2025-05-01,"{text}"')
        look(store, Ground(store, tmp_path, DAY))
        (risk,) = read_risks(store)
        assert risk.readings[-1].value == value


def test_looking_again_at_the_same_number_changes_nothing(store: Store, officer: Author, tmp_path: Path) -> None:
    watched(store, officer, red=350.0)
    figures(tmp_path, "starts,2025-05-01,420")
    ground = Ground(store, tmp_path, DAY)
    assert look(store, ground) and not look(store, ground)
    assert len(read_risks(store)[0].readings) == 1


def test_a_number_that_cannot_be_had_is_never_green(store: Store, officer: Author, tmp_path: Path) -> None:
    watched(store, officer, red=350.0)
    figures(tmp_path, "starts,2025-05-01,420")
    look(store, Ground(store, tmp_path, DAY))
    (tmp_path / "figures.csv").unlink()
    (changed,) = look(store, Ground(store, tmp_path, DAY))
    assert (changed.before, changed.after) == ("green", "not known")


def test_the_worst_of_several_numbers_decides(store: Store, officer: Author, tmp_path: Path) -> None:
    number = watched(store, officer, red=350.0)
    add_watch(
        store, number,
        {"number": "figure", "place": "figures.csv", "name": "spend", "worse": "above", "red": 100.0}, officer,
    )  # fmt: skip
    figures(tmp_path, "starts,2025-05-01,420", "spend,2025-05-01,120")
    look(store, Ground(store, tmp_path, DAY))
    assert read_risks(store)[0].state == "red"
    end_watch(store, 2, officer)
    look(store, Ground(store, tmp_path, DAY))
    assert read_risks(store)[0].state == "green"


def test_results_and_imports_can_be_watched(store: Store, officer: Author, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(sample_result().model_dump_json(), encoding="utf-8")
    store.change(
        "INSERT INTO source VALUES ('s', 'police', 'person', 'persons', 'x', NULL, DATE '2025-06-30', "
        "DATE '2025-06-30', 200, 190, 10, 0, 0)"
    )
    size = {"number": "sample_size", "place": "result.json", "red": 217.0, "name": None}  # Rossi: 216 with aid
    watched(store, officer, **size)
    watched(store, officer, number="quarantined_share", place="persons", name=None, worse="above", red=0.04)
    look(store, Ground(store, tmp_path, DAY))
    sample, quality = read_risks(store)
    assert (sample.readings[0].value, sample.state) == (216, "red")
    assert (quality.readings[0].value, quality.state) == (0.05, "red")  # 10 of 200


def test_enough_offenders_is_red_when_fewer_are_projected_than_the_study_needs(
    store: Store, officer: Author, tmp_path: Path
) -> None:
    watch = Watch(1, 1, "projected_people", "S", None, "below", None, None, 0.40, -0.05)
    # 2.8016^2 x (0.35 x 0.65 + 0.40 x 0.60) / 0.05^2 = 7.8489 x 0.4675 / 0.0025 = 1,467.7
    assert needed_for_watch(watch) == 1468
    number = add_risk(store, officer, kind="dependency", text="Enough people")
    told = {"number": "projected_people", "place": "figures.csv", "name": "projected", "worse": "below",
            "comparison_share": 0.40, "smallest_effect": -0.05}  # fmt: skip
    add_watch(store, number, told, officer)
    for people, state in ((1468, "green"), (1467, "red")):
        figures(tmp_path, f"projected,2025-06-30,{people}")
        look(store, Ground(store, tmp_path, DAY))
        assert read_risks(store, "dependency")[0].state == state


def test_starts_are_projected_at_the_rate_so_far() -> None:
    # 50 starts in 50 days of 100
    assert project(50, date(2025, 1, 1), date(2025, 2, 19), date(2025, 4, 10)) == 100
    assert project(50, date(2025, 1, 1), date(2025, 12, 31), date(2025, 4, 10)) == 50


def test_nothing_is_watched_without_limits_or_against_sense(store: Store, officer: Author) -> None:
    for wrong in ({}, {"amber": 300.0, "red": 350.0}, {"red": 1.0, "place": None}, {"red": 1.0, "name": None}):
        with pytest.raises(Refused):
            watched(store, officer, **wrong)
    assert state_of(None, "above", None, 1.0) == "not known"


def test_what_nobody_said_is_missing_and_a_response_needs_evidence(store: Store, officer: Author) -> None:
    number = add_risk(store, officer, **TOLD, response="Mapping completed")
    (risk,) = read_risks(store)
    assert set(risk.missing) == {"owner", "day raised", "next review", "likelihood", "severity"}
    assert (risk.score, risk.mitigation, risk.state) == (None, "claimed, no evidence linked", "not known")
    link_proof(store, number, "the map", "minute 4.2", officer)
    assert read_risks(store)[0].mitigation == "evidence linked"
    with pytest.raises(Refused):
        link_proof(store, number, " ", "minute 4.2", officer)
    with pytest.raises(Refused):
        change_risk(store, number, officer, likelihood=6)


def read_report(store: Store, parsed: dict[str, Any]) -> None:
    store.change(
        "INSERT INTO board_document (source_id, sha256, name, kind, dated, read_on, read_by, partial, parsed) "
        "VALUES ('abc', 'abc', 'report.txt', 'report', DATE '2008-06-19', DATE '2025-06-30', 'Officer', false, ?)",
        [json.dumps(parsed)],
    )


def test_a_reports_risks_are_taken_once_with_their_lines(store: Store, officer: Author) -> None:
    read_report(
        store,
        {
            "risks": [{"text": "Too few sites", "response": "Initial mapping completed", "lines": [70, 71]}],
            "dependencies": [{"text": "Enough people", "lines": [40, 41]}],
        },
    )
    assert len(take_from_papers(store, officer)) == 2
    assert take_from_papers(store, officer) == []
    risk, dependency = read_risks(store)
    assert (risk.source_id, risk.source_line, risk.last_line) == ("abc", 70, 71)
    assert (risk.owner, risk.likelihood, risk.raised_on) == (None, None, None)
    assert risk.mitigation == "claimed, no evidence linked"
    assert dependency.kind == "dependency"


@pytest.mark.real_data
def test_the_report_of_2008_gives_five_risks_and_six_dependencies(store: Store, officer: Author) -> None:
    path = SHARED / "board-papers" / "mpa-report-diamond-2008-06-19.txt"
    if not path.is_file():
        pytest.skip("the board's papers are not beside the project")
    from whatworks.board.reading import read_paper
    from whatworks.board.reading.paper import as_json
    from whatworks.records.documents import read_document

    parsed = as_json(read_paper(read_document(path)))
    read_report(store, json.loads(json.dumps(parsed, default=str)))
    take_from_papers(store, officer)
    found = read_risks(store)
    assert [sum(one.kind == kind for one in found) for kind in ("risk", "dependency")] == [5, 6]
    assert all(one.owner is None and one.score is None and one.raised_on is None for one in found)
    assert all(one.mitigation == "claimed, no evidence linked" for one in found if one.kind == "risk")
    assert sum("sufficient sample size" in one.text for one in found) == 1


def test_nothing_is_published_before_it_was_approved(store: Store, officer: Author) -> None:
    add_message(store, officer, text="Why these wards", audience="residents")
    with pytest.raises(Refused, match="was not approved"):
        publish(store, 1, officer)
    approve(store, 1, Author("The chair", date(2025, 7, 1)))
    with pytest.raises(Refused):  # on the day before the approval
        publish(store, 1, officer)
    publish(store, 1, Author("Press office", date(2025, 7, 2)))
    assert read_messages(store)[0].published_on == date(2025, 7, 2)


def test_the_paper_shows_no_handful_of_people(store: Store, officer: Author, tmp_path: Path) -> None:
    watched(store, officer, number="sample_size", place="result.json", name=None, red=350.0)
    small = sample_result()
    small = small.model_copy(update={"n": small.n.model_copy(update={"treated": 7})})
    (tmp_path / "result.json").write_text(small.model_dump_json(), encoding="utf-8")
    look(store, Ground(store, tmp_path, DAY))
    paper, summary = risk_paper(read_risks(store), (), as_at=DAY, minimum=10, prepared_for="The board", item="4")
    assert "group: 7" not in json.dumps(summary) and "group: 7" not in repr(paper)
    assert "Fewer than 10 people." in json.dumps(summary)
