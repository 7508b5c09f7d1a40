"""`whatworks simulate` prints one JSON document, and refuses what cannot be."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.refusal import Refused


def test_json_is_one_document_and_the_settings_reach_the_truth(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    command = ["simulate", str(folder), "--people", "400", "--seed", "3", "--effect", "0.5", "--no-typos", "--json"]
    ran = CliRunner().invoke(build(), command, catch_exceptions=False)
    assert ran.exit_code == 0
    answer = json.loads(ran.stdout)
    assert answer["people"] == 400
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert truth["settings"]["effect"] == 0.5
    assert truth["settings"]["typos"] is False
    assert truth["settings"]["gaps"] is True


def test_settings_of_identity_reach_the_truth(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    command = ["simulate", str(folder), "--people", "300", "--hard-to-link", "--link-error", "0.1",
               "--link-error-treated",
               "0.2", "--link-error-of", "female=0.3", "--number-held", "council=0.5", "--json"]  # fmt: skip
    assert CliRunner().invoke(build(), command, catch_exceptions=False).exit_code == 0
    settings = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["settings"]["identity"]
    assert settings["origins"] is True
    assert (settings["link_error"], settings["link_error_treated"]) == (0.1, 0.2)
    assert settings["link_error_of"] == [["female", 0.3]]
    assert dict(settings["number_held"])["council"] == 0.5
    assert dict(settings["number_held"])["police"] == 0.97
    society = pl.read_parquet(folder / "truth" / "society.parquet")
    assert society.height == 300
    assert set(society["link_error"]) == {"none", "unjoined", "another", "split"}


@pytest.mark.parametrize("wrong", [["--effect", "0"], ["--people", "0"], ["--seed", "-1"], ["--lost-share", "2"],
    ["--link-error", "1.5"], ["--link-error-of", "female"], ["--link-error-of", "nobody=0.1"],
    ["--number-held", "council=x"], ["--number-held", "parks=0.1"], ["--link-error-treated", "nan"]])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, wrong: list[str]) -> None:
    with pytest.raises(Refused):
        CliRunner().invoke(build(), ["simulate", str(tmp_path / "p"), *wrong], catch_exceptions=False)
    assert not (tmp_path / "p").exists()
