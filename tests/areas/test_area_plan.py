"""What a study by area needs before there is any data, from the command, with the arithmetic shown."""

import json
from math import sqrt
from pathlib import Path

import pytest
from scipy.stats import t

from whatworks.cli.app import build
from whatworks.records.refusal import Refused


def run(*words: str) -> None:
    build()(["power", "--comparison", "40%", *words], standalone_mode=False)


def test_needed_numbers_are_areas_on_each_side(capsys: pytest.CaptureFixture[str]) -> None:
    run("--difference", "-5pp", "--people-per-area", "100", "--icc", "0.02", "--json")
    found = json.loads(capsys.readouterr().out)
    total = (0.4 * 0.6 + 0.35 * 0.65) / 2

    def short(areas: int) -> float:
        se = sqrt(2 * (0.02 * total + 0.98 * total / 100) / areas)
        return (t.ppf(0.975, 2 * areas - 2) + t.ppf(0.8, 2 * areas - 2)) * se - 0.05

    assert short(found["needed_areas"]) <= 0 < short(found["needed_areas"] - 1)
    run("--difference", "-5pp", "--people-per-area", "100", "--icc", "0.02")
    assert f"{found['needed_areas']} areas on each side" in capsys.readouterr().out


def test_what_a_number_of_areas_could_tell(capsys: pytest.CaptureFixture[str]) -> None:
    run("--areas", "4", "--people-per-area", "200", "--between", "4pp", "--json")
    found = json.loads(capsys.readouterr().out)
    se = sqrt(2 * (0.04**2 + 0.24 / 200) / 4)
    assert found["smallest_detectable"] == pytest.approx((t.ppf(0.975, 6) + t.ppf(0.8, 6)) * se)
    run("--areas", "3", "--people-per-area", "200", "--between", "4pp")
    assert "can never be significant" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--areas", "4"), "is about areas"),
        (("--areas", "4", "--people-per-area", "90"), "must be said in one way"),
        (("--areas", "4", "--people-per-area", "90", "--icc", "1.2"), "is not a share from 0 up to 1"),
        (("--areas", "0", "--people-per-area", "90", "--icc", "0.1"), "is not a number of areas"),
        (("--treated", "80", "--people-per-area", "90", "--icc", "0.1"), "people do not count where areas do"),
        (("--difference", "-60pp", "--people-per-area", "90", "--icc", "0.1"), "leads beyond 0%"),
        (("--areas", "5", "--people-per-area", "0", "--icc", "0.1"), "is not a number of people"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        run(*words)


def test_a_lock_says_the_smallest_p_before_outcomes_are_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHATWORKS_BOOK", str(tmp_path / "book"))
    rows = [f"{int(place < 3)},A{place},{20 + 3 * j + place},not looked at" for place in range(6) for j in range(12)]
    (tmp_path / "people.csv").write_text("\n".join(["treated,area,age,again", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "p.toml").write_text(
        """
[scheme]
id = "s"
name = "s"
title = "s"
[comparison]
covariates = ["age"]
[outcomes]
primary = "again"
[data]
source = "flat"
file = "people.csv"
treatment = "treated"
area_column = "area"
as_at = 2025-06-30
[data.outcomes.again]
column = "again"
label = "Reoffending"
""",
        encoding="utf-8",
    )
    build()(["protocol", "lock", str(tmp_path / "p.toml")], standalone_mode=False)
    said = capsys.readouterr().out
    assert "3 areas with it and 3 areas without" in said and "in 20 ways" in said
    assert "0.10: above 0.05, so no verdict is possible" in said
