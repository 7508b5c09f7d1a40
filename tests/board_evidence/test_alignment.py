"""Objectives and projects meet only while both hold; orphans, empty claims and claims of everything are named."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.alignment import Alignment, coverage, load_alignment
from whatworks.cli.app import build, explain
from whatworks.papers.board.alignment_matrix import asked
from whatworks.records.refusal import Refused


def made_up(**changes: Any) -> Alignment:
    """Four objectives: a, b and c hold, d is over by 2023; x serves a and b, y serves nothing."""
    content: dict[str, Any] = {
        "title": "Made up",
        "objective": [
            *({"id": name, "text": f"Objective {name}", "from": date(2020, 1, 1)} for name in "abc"),
            {"id": "d", "text": "Objective d", "until": date(2022, 12, 31)},
        ],
        "project": [{"id": "x", "name": "Project x"}, {"id": "y", "name": "Project y"}],
        "link": [
            {"project": "x", "objective": "a", "claim": "addresses", "mechanism": "a worker at the gate"},
            {"project": "x", "objective": "b", "claim": "contributes"},
            {"project": "x", "objective": "d", "claim": "addresses", "mechanism": "the same"},
        ],
    }
    return Alignment.model_validate({**content, **changes})


def test_orphans_on_both_sides_and_what_is_only_contributed_to() -> None:
    found = coverage(made_up(), date(2024, 5, 1))
    assert [one.id for one in found.objectives] == ["a", "b", "c"]
    assert (found.objectives_alone, found.projects_alone, found.only_contributed) == (("c",), ("y",), ("b",))
    assert found.claims == {("x", "a"): "addresses", ("x", "b"): "contributes"}
    assert (found.without_mechanism, found.lapsed) == ((("x", "b"),), (("x", "d"),))
    said = " ".join(asked(found))
    assert "Nobody serves c" in said and "Project y serves no objective" in said and "no project addresses it" in said


def test_an_objective_counts_while_it_holds() -> None:
    then = coverage(made_up(), date(2022, 12, 31))
    assert ("x", "d") in then.claims and not then.lapsed
    assert coverage(made_up(), date(2019, 12, 31)).objectives_alone == ()


def test_a_project_that_claims_everything_is_asked_which() -> None:
    links = [{"project": "y", "objective": name, "claim": "addresses", "mechanism": "m"} for name in "abcd"]
    found = coverage(made_up(link=links), date(2022, 6, 1))
    assert found.claims_all == ("y",)
    assert "which does it really serve" in " ".join(asked(found))
    assert coverage(made_up(link=links[:3]), date(2022, 6, 1)).claims_all == ()


def test_the_command_writes_its_paper_and_refuses_what_leads_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "good.toml"
    good.write_text(
        'title = "T"\n[[objective]]\nid = "a"\ntext = "Fewer thefts"\n[[project]]\nid = "x"\nname = "Locks"\n'
        '[[link]]\nproject = "x"\nobjective = "a"\nclaim = "addresses"\n'
    )
    build()(
        ["board", "alignment", "show", str(good), "--on", "2024-05-01", "--out", str(tmp_path / "out")],
        standalone_mode=False,
    )
    assert "addresses: Locks" in capsys.readouterr().out
    assert "Fewer thefts" in (tmp_path / "out/paper.html").read_text("utf-8")
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text().replace('objective = "a"\nclaim', 'objective = "b"\nclaim'))
    with pytest.raises(Refused, match="link 1 names objective b, which is not there") as refused:
        load_alignment(bad)
    assert explain(refused.value) == 2
