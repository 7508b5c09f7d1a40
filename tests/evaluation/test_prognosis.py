"""What the records alone would have made of the outcome: the gap before and after matching, by arithmetic."""

from pathlib import Path

import polars as pl
import pytest
from flat_people import evaluated, people

from whatworks.papers import build, publish

SCORED = {
    "outcomes": {"primary": "points"},
    "data": {
        "source": "flat",
        "treatment": "treated",
        "as_at": "2025-06-30",
        "outcomes": {"points": {"column": "points", "label": "Points", "kind": "score", "unit": "points"}},
    },
}


def scored(frame: pl.DataFrame) -> pl.DataFrame:
    """Points follow age and sex exactly, but for the scheme, which takes ten off whoever is in it."""
    line = 100 - 0.5 * pl.col("age") + 4 * (pl.col("sex") == "male").cast(pl.Int64)
    return frame.with_columns(points=line - 10 * pl.col("treated"))


def test_the_gap_is_the_covariates_own_gap_weighed_by_their_slopes(tmp_path: Path) -> None:
    frame = scored(people())
    result = evaluated(tmp_path, frame, comparison={"caliper": 0.2}, **SCORED)
    found = result.prognosis
    assert found is not None and found.unit == "points"
    by = frame.group_by("treated").agg(age=pl.mean("age"), men=(pl.col("sex") == "male").mean()).sort("treated")
    (age_0, age_1), (men_0, men_1) = by["age"], by["men"]
    # The scheme's ten points are no part of it: only -0.5 for each year and +4 for each share of men.
    assert found.gap_before == pytest.approx(-0.5 * (age_1 - age_0) + 4 * (men_1 - men_0), abs=1e-9)
    rows = {(row.covariate, row.level): row.means for row in result.balance}
    age, men = rows["Age", None], rows["Sex", "male"]
    assert age.treated_after is not None and age.comparison_after is not None
    assert men.treated_after is not None and men.comparison_after is not None
    after = -0.5 * (age.treated_after - age.comparison_after) + 4 * (men.treated_after - men.comparison_after)
    assert found.gap_after == pytest.approx(after, abs=1e-9)
    assert abs(found.gap_after) < abs(found.gap_before) / 4
    # The covariates explain all of it, so the raw difference is the scheme's ten points and this gap.
    raw = frame.filter(treated=1)["points"].mean() - frame.filter(treated=0)["points"].mean()  # type: ignore[operator]
    assert raw == pytest.approx(-10 + found.gap_before, abs=1e-9)


def test_the_paper_and_the_sheet_say_it_in_the_outcome_s_unit(tmp_path: Path) -> None:
    result = evaluated(tmp_path, scored(people()), comparison={"caliper": 0.2}, **SCORED)
    release = publish(result)
    assert release.prognosis is not None and result.prognosis is not None
    paper = build(release)
    section = next(one for one in paper.sections if one.name == "like-for-like")
    words = next(block.text for block in section.blocks if "prognostic score" in getattr(block, "text", ""))
    shown = f"{abs(result.prognosis.gap_after):.1f} after matching"
    assert words.startswith("Points: taken together") and shown in words
    sheet = next(table for table in paper.sheets if table.name == "Balance")
    assert sheet.rows[-1][0] == "Prognostic score: Points"


def test_where_few_were_dropped_the_gap_before_is_withheld_since_they_are_what_it_adds(tmp_path: Path) -> None:
    result = evaluated(tmp_path, scored(people()), comparison={"caliper": 0.2}, **SCORED)
    few = result.model_copy(update={"estimand": result.estimand.model_copy(update={"treated_dropped": 3})})
    shown = publish(few).prognosis
    assert shown is not None and shown.gap_before == "c" and shown.smd_before == "c" and shown.gap_after != "c"


def test_a_lot_needs_no_such_score_and_too_few_comparisons_give_none(tmp_path: Path) -> None:
    assert evaluated(tmp_path, people(), comparison={"method": "none", "covariates": []}).prognosis is None
    frame = people()
    known = pl.when(pl.int_range(pl.len()) % 20 == 0).then(pl.col("reoffended"))
    few = frame.with_columns(reoffended=pl.when(treated=1).then("reoffended").otherwise(known))
    assert evaluated(tmp_path, few).prognosis is None
