"""Time to the first event among everybody goes from a file's columns into the paper, deaths counted and kept."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from flat_people import evaluated, protocol, written

from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.papers import build, publish
from whatworks.papers.paper import Paragraph
from whatworks.records.refusal import Refused

TIME = {"column": "days", "label": "Days free", "kind": "days", "event": "reoffended", "died": "died"}


def frame(n: int = 800, seed: int = 5) -> pl.DataFrame:
    """Made-up people watched for 365 days: the treated reoffend at 0.6 times the pace, and about 4% die."""
    rng = np.random.default_rng(seed)
    treated = rng.random(n) < 0.4
    until = rng.exponential(np.where(treated, 500 / 0.6, 500), n).astype(int) + 1
    death = rng.exponential(9_000, n).astype(int) + 1
    return pl.DataFrame(
        {
            "treated": treated,
            "age": rng.integers(20, 60, n),
            "sex": rng.choice(["female", "male"], n),
            "days": np.minimum(np.minimum(until, death), 365),
            "reoffended": ((until <= death) & (until < 365)).astype(int),
            "died": ((death < until) & (death < 365)).astype(int),
        }
    )


def timed(folder: Path, people: pl.DataFrame, **keys: Any) -> Result:
    return evaluated(
        folder,
        people,
        comparison={"method": "none", "covariates": []},
        outcomes={"primary": "free"},
        data={"outcomes": {"free": {**TIME, **keys}}},
    )


def test_the_figures_are_those_of_lifelines(tmp_path: Path) -> None:
    from lifelines import CoxPHFitter

    people = frame()
    outcome = timed(tmp_path, people).outcomes[0]
    days, treated = people["days"].to_numpy(), people["treated"].to_numpy()
    assert outcome.difference == pytest.approx(days[treated].mean() - days[~treated].mean())
    assert outcome.verdict == "significant increase" and outcome.lower_is_better is False
    (hazard,) = outcome.ratios
    cox = CoxPHFitter().fit(
        people.select("days", "reoffended", pl.col("treated").cast(pl.Int64)).to_pandas(),
        "days",
        "reoffended",
        robust=True,
    )
    assert hazard.name == "hazard ratio"
    # lifelines stops its Newton steps at 1e-7 or so.
    assert hazard.value == pytest.approx(float(np.exp(cox.params_["treated"])), rel=1e-5)
    low, high = np.exp(cox.confidence_intervals_.loc["treated"])
    assert (hazard.ci_low, hazard.ci_high) == pytest.approx((low, high), rel=1e-4)
    found = outcome.time_to_first
    assert found is not None
    for group, share in ((treated, found.happened_treated), (~treated, found.happened_comparison)):
        kind = people["reoffended"].to_numpy() + 2 * people["died"].to_numpy()
        # Nobody leaves before the end, so the cumulative incidence is the plain share; one minus Kaplan-Meier is more.
        assert share == pytest.approx((kind[group] == 1).mean())


def test_the_dead_are_counted_and_stay_in(tmp_path: Path) -> None:
    people = frame()
    result = timed(tmp_path, people)
    dead = people.group_by("treated").agg(pl.col("died").sum()).sort("treated")["died"].to_list()
    assert result.deaths is not None
    assert (result.deaths.comparison, result.deaths.treated) == tuple(dead)
    assert result.n.treated + result.n.comparison == people.height
    paper = build(publish(result))
    words = " ".join(
        block.text for section in paper.sections for block in section.blocks if isinstance(block, Paragraph)
    )
    assert "A death ends being at risk" in words and "By the end of follow-up" in words
    rows = [row for table in paper.sheets for row in table.rows if "died during follow-up" in str(row[0])]
    assert len(rows) == 1 and rows[0][4] == dead[0]


def test_without_deaths_on_record_the_paper_says_so(tmp_path: Path) -> None:
    people = frame().with_columns(
        pl.when(pl.col("died") == 1).then(365).otherwise("days").alias("days"), died=pl.lit(0)
    )
    result = timed(tmp_path, people)
    found = result.outcomes[0].time_to_first
    assert result.deaths is None
    assert found is not None and "No death is on record" in found.sentence


def test_few_who_had_the_event_withhold_the_time_too(tmp_path: Path) -> None:
    people = frame(200)
    first = people.with_row_index().filter(pl.col("reoffended") == 1, pl.col("treated"))["index"].to_list()[9:]
    few = people.with_row_index().with_columns(
        reoffended=pl.when(pl.col("index").is_in(first)).then(0).otherwise("reoffended"),
        days=pl.when(pl.col("index").is_in(first)).then(365).otherwise("days"),
    )
    result = timed(tmp_path, few.drop("index"))
    assert result.outcomes[0].treated.events == 9
    shown = publish(result).outcomes[0]
    assert shown.withheld and shown.ratios[0].value == "c" and shown.time_to_first is not None
    assert shown.time_to_first.happened_treated == "c" and shown.time_to_first.sentence == ""


def test_matching_serves_time_too(tmp_path: Path) -> None:
    people = frame(1_200)
    result = evaluated(tmp_path, people, outcomes={"primary": "free"}, data={"outcomes": {"free": TIME}})
    outcome = result.outcomes[0]
    assert outcome.estimator.startswith("regression") and outcome.smallest_detectable is not None
    assert outcome.ratios[0].value is not None and 0.4 < outcome.ratios[0].value < 0.85


@pytest.mark.parametrize(
    ("keys", "change", "said"),
    [
        ({"kind": "yes_no"}, None, 'event goes with kind = "days"'),
        ({"event": None}, None, "died and horizon go with event"),
        ({"died": "dead"}, None, "is not a column of the file"),
        ({}, pl.when(pl.int_range(pl.len()) == 3).then(-1).otherwise("days").alias("days"), "is a time below zero"),
        ({}, pl.when(pl.col("reoffended") == 0).then(200).otherwise("days").alias("days"), "ends before the horizon"),
        ({}, pl.lit(2).alias("reoffended"), "holds texts that mean neither yes nor no: 2 "),
    ],
)
def test_times_that_say_nothing_are_refused(tmp_path: Path, keys: Any, change: Any, said: str) -> None:
    people = frame(60) if change is None else frame(60).with_columns(change)
    path = written(tmp_path, people)
    with pytest.raises(Refused) as refused:
        asked = protocol(
            outcomes={"primary": "free"},
            data={"outcomes": {"free": {name: value for name, value in {**TIME, **keys}.items() if value}}},
        )
        flat_units(asked, read_flat(path))
    assert said in str(refused.value)
