"""Two papers on money, or one and an evaluation's, give no small count back by subtraction."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.evaluation import write_result
from whatworks.papers.evaluation.sample import sample_result
from whatworks.papers.money.other_papers import people_of

AREA = ["contract", "settle", "financial-incentive-model-youth", "--set", "payment.share=half",
        "--set", 'payees=["Lambeth", "Croydon"]']  # fmt: skip
METRICS = ("convictions-and-orders", "long-sentences", "other-convictions")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settle(out: str | None, lambeth: int = 880, croydon: int = 700, *more: str) -> dict[str, Any]:
    """Return `summary.json` of a settlement of two areas; without a folder, nothing is written."""
    rows = ["payee,metric,period,count"]
    for payee, year in (("Lambeth", lambeth), ("Croydon", croydon)):
        for metric in METRICS:
            rows += [f"{payee},{metric},baseline,1000", f"{payee},{metric},year-1,{year}"]
    Path("counts.csv").write_text("\n".join(rows))
    asked = [*AREA, "--outcomes", "counts.csv", *more, *(["--out", out] if out else [])]
    found = CliRunner().invoke(build(), asked)
    assert found.exit_code == 0, found.output
    return json.loads((Path(out) / "summary.json").read_text()) if out else {"screen": found.stdout}


def test_a_count_that_was_corrected_by_a_few_is_withheld_in_the_second_paper() -> None:
    assert settle("first")["withheld"] == []
    second = settle("second", 877)
    assert second["withheld"] == ["Lambeth"] and second["total"] == "c"
    told = json.dumps(second)
    assert "877" not in told and "97" not in [one["net"][:2] for one in second["payees"] if one["payee"] == "Lambeth"]
    assert "Lambeth: withheld" in settle(None, 877)["screen"]


def test_the_same_counts_again_and_counts_far_apart_are_told() -> None:
    assert settle("first")["withheld"] == []
    assert settle("again")["withheld"] == []
    assert settle("far", 820)["withheld"] == []
    assert settle("near the last", 825)["withheld"] == ["Lambeth"]


def test_what_is_only_looked_at_on_the_screen_or_withheld_is_not_remembered() -> None:
    settle(None, 883)
    assert settle("first")["withheld"] == []
    assert settle("second", 880, 5)["withheld"] == ["Croydon"]
    assert settle("third", 880, 11)["withheld"] == []


def test_the_exact_payments_stand_in_the_working_all_the_same() -> None:
    settle("first")
    settle("second", 877, 700, "--working", "inside/exact.json")
    exact = json.loads(Path("inside/exact.json").read_text())
    # 12.3% of 1,000 x (540 + 650 + 480) pounds, half of it
    assert exact["payees"][0] == {"payee": "Lambeth", "net": "102705.00"}


@pytest.mark.parametrize(("more", "withheld"), [(0, False), (4, True), (-9, True), (10, False)])
def test_a_cohort_is_held_against_the_evaluation_of_the_same_people(more: int, withheld: bool) -> None:
    result = sample_result()
    write_result(result, Path("result.json"))
    people = sorted(people_of(result))[-1] + more
    rows = ["payee,metric,period,group,count,people"]
    for metric in ("reoffenders", "offences"):
        events = 100 if metric == "reoffenders" else 300
        for group in ("payee", "comparison"):
            rows.append(f"Company,{metric},cohort-1,{group},{events},{people if group == 'payee' else 2000}")
    Path("counts.csv").write_text("\n".join(rows))
    figures = Path(__file__).parents[2] / "src/whatworks/examples/contracts/figures/transforming-rehabilitation.toml"
    asked = ["contract", "settle", "transforming-rehabilitation", "--figures", str(figures), "--set",
             'payees=["Company"]', "--set", 'counterfactual.kind="matched comparison"', "--outcomes", "counts.csv",
             "--evaluation", "result.json", "--out", "paper"]  # fmt: skip
    found = CliRunner().invoke(build(), asked)
    assert found.exit_code == 0, found.output
    told = json.loads(Path("paper/summary.json").read_text())
    assert told["withheld"] == (["Company"] if withheld else [])
