"""Where no verdict can be nothing is estimated: people of a trial beside a survey of everybody, as LaLonde had them."""

import json
from pathlib import Path

import numpy as np
import pytest

from whatworks.cli.app import build

PROTOCOL = """
[scheme]
id = "training"
name = "Training"
title = "Training"

[data]
source = "flat"
file = "people.csv"
as_at = 2025-06-30
treatment = "treated"

[data.outcomes.earnings]
column = "earnings"
kind = "score"
label = "Earnings a year later"

[comparison]
covariates = ["age", "before"]
method = "nearest"
loss_worth_reporting = 0.05

[outcomes]
primary = "earnings"
"""


def people(folder: Path) -> None:
    """185 young people who earned next to nothing before, beside 2,490 of a survey who are older and earned a wage."""
    rng = np.random.default_rng(20)
    young, old = rng.normal(25, 4, 185), rng.normal(42, 8, 2490)
    poor, paid = np.abs(rng.normal(1500, 900, 185)), np.abs(rng.normal(19000, 8500, 2490))
    rows = [(1, a, b, 6000 + b / 2) for a, b in zip(young, poor, strict=True)]
    rows += [(0, a, b, 1000 + b) for a, b in zip(old, paid, strict=True)]
    lines = [f"{t},{a:.1f},{b:.0f},{e + rng.normal(0, 3000):.0f}" for t, a, b, e in rows]
    (folder / "people.csv").write_text("\n".join(["treated,age,before,earnings", *lines]) + "\n", encoding="utf-8")
    (folder / "p.toml").write_text(PROTOCOL, encoding="utf-8")


@pytest.mark.parametrize("style", ["board", "justice-data-lab"])
def test_without_overlap_nothing_is_estimated_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    people(tmp_path)
    monkeypatch.chdir(tmp_path)
    build()(["evaluate", "p.toml", "--forms", "html,json", "--out", "paper", "--style", style], standalone_mode=False)
    (path,) = tmp_path.rglob("result.json")
    result = json.loads(path.read_text(encoding="utf-8"))
    (outcome,) = result["outcomes"]
    assert result["scores"]["failed"]
    assert [outcome[name] for name in ("difference", "ci_low", "p", "verdict", "ruled_out")] == [None] * 5
    assert "no like-for-like comparison" in outcome["reason_no_verdict"]
    assert not any(outcome[name] for name in ("beside", "ratios", "bounds"))
    assert not any(result[name] for name in ("subgroups", "sensitivity", "specifications", "hidden_bias", "data_lab"))
    html = (tmp_path / "paper" / "paper.html").read_text(encoding="utf-8")
    assert "Ruled out" not in html
    assert "fewer in every 100" not in html
