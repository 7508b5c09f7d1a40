"""The whole method, once: a made-up partnership from its records to a paper, against the truth it was made with."""

import tomllib
from pathlib import Path

import polars as pl
import pytest

from whatworks.evaluation.question.protocol import Protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.whole import evaluate_partnership
from whatworks.papers import write_papers
from whatworks.records import DuckDBStore, load_frames
from whatworks.records.partnership import PartnershipConfig
from whatworks.simulation import SimulationSettings, World, world
from whatworks.simulation.agencies.records_kept import frames
from whatworks.simulation.folder_text import partnership_text, protocol_text
from whatworks.statistics.verdict import finds_effect

SETTINGS = SimulationSettings(effect=0.6)


@pytest.fixture(scope="module")
def made_up() -> World:
    return world(12_000, 3, SETTINGS)


@pytest.fixture(scope="module")
def result(made_up: World) -> Result:
    protocol = Protocol.model_validate(tomllib.loads(protocol_text(SETTINGS)))
    config = PartnershipConfig.model_validate(tomllib.loads(partnership_text(SETTINGS)))
    with DuckDBStore(None) as store:
        load_frames(store, frames(made_up), as_at=SETTINGS.as_at)
        return evaluate_partnership(store, protocol, config)


def test_the_interval_holds_the_truth_that_the_naive_comparison_misses(made_up: World, result: Result) -> None:
    truth = made_up.effect("proven_reoffending_1y")["effect"]
    primary = next(outcome for outcome in result.outcomes if outcome.primary)
    assert primary.ci_low is not None and primary.ci_high is not None
    assert primary.ci_low <= truth <= primary.ci_high < 0
    everyone = made_up.truth.group_by("participant").agg(pl.col("y_proven_reoffending_1y").mean())
    rate = dict(everyone.iter_rows())
    assert rate[True] - rate[False] > primary.ci_high


def test_nothing_that_lies_before_the_index_date_was_changed(result: Result) -> None:
    assert [one.name.removesuffix("_1y_before") for one in result.placebos] == [
        "proven_reoffending", "frequency", "custody_nights",
    ]  # fmt: skip
    for one in result.placebos:
        assert one.ci_low is not None and one.ci_high is not None
        assert one.ci_low < 0 < one.ci_high, one.name


def test_people_are_accounted_for_from_submitted_to_analysed(made_up: World, result: Result) -> None:
    assert result.attrition[0].treated == made_up.truth["participant"].sum()
    left = [step.treated for step in result.attrition]
    assert left == sorted(left, reverse=True)
    assert left[-1] == result.n.treated


def test_the_paper_says_what_the_result_holds(result: Result, tmp_path: Path) -> None:
    written = {path.name: path for path in write_papers(result, tmp_path)}
    assert set(written) == {
        "paper.html", "paper.docx", "paper.pdf", "tables.xlsx", "tables.ods", "summary.json",
    }  # fmt: skip
    page = written["paper.html"].read_text("utf-8")
    assert result.paper.title in page
    assert "lower than we would expect without the scheme" in page
    assert finds_effect(result.outcomes[0].verdict, "reduction")
    assert result.protocol.sha256 in page
