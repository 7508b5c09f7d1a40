"""The Justice Data Lab's form: published programmes come out to the printed digit, and its withheld cells are kept."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.data_lab import welch
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.flat import flat_units
from whatworks.evaluation.flat_file import read_flat
from whatworks.evaluation.outcome_spec import OutcomeSpec
from whatworks.evaluation.protocol import check_protocol
from whatworks.evaluation.result import Result
from whatworks.papers import write_papers
from whatworks.papers.clear_data_lab import LabRelease, LabRow, clear_data_lab
from whatworks.papers.sections.data_lab import finding

SPEC = OutcomeSpec("reoffended", "Reoffending", "yes_no", "share of people")


def arms(ours: tuple[int, int], theirs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    values = np.repeat([1.0, 0.0, 1.0, 0.0], [ours[0], ours[1] - ours[0], theirs[0], theirs[1] - theirs[0]])
    return values, np.repeat([True, False], [ours[1], theirs[1]])


def result_of(folder: Path, ours: tuple[int, int], theirs: tuple[int, int], **columns: list[float | None]) -> Result:
    values, treated = arms(ours, theirs)
    frame = pl.DataFrame({"treated": treated.astype(int), "reoffended": values.astype(int), **columns})
    frame.write_csv(folder / "arms.csv")
    kinds = {"offences": "frequency", "days": "days"}
    held = {"reoffended": {"column": "reoffended", "label": "Reoffending"}}
    held |= {name: {"column": name, "label": name.title(), "kind": kinds[name]} for name in columns}
    protocol = check_protocol(
        {
            "scheme": {"id": "made-up", "name": "Made up", "title": "A made-up scheme"},
            "comparison": {"method": "none"},
            "outcomes": {"primary": "reoffended", "others": list(columns)},
            "data": {"source": "flat", "treatment": "treated", "as_at": date(2025, 6, 30), "outcomes": held},
        },
        "made-up.toml",
    )
    return evaluate_units(protocol, flat_units(protocol, read_flat(folder / "arms.csv")))


def row_of(result: Result, name: str = "reoffended") -> LabRow:
    lab: LabRelease = clear_data_lab(result)[0]
    return next(row for row in lab.rows if row.name == name)


# Printed by the Data Lab (or the press quoting it): two headline rates, and the interval in whole people of 100.
# The comparison groups were very large; 20,000 people stand for them, which gives the printed ends.
PUBLISHED = {
    "Blue Sky": ((22, 72), (8_500, 20_000), (31, 43), "between 1 and 23 fewer"),
    "Langley House": ((61, 231), (6_900, 20_000), (26, 35), "between 2 and 14 fewer"),
    "Open University": ((145, 805), (4_600, 20_000), (18, 23), "between 2 and 8 fewer"),
    "Prisoners' Education Trust": ((577, 3_085), (5_100, 20_000), (19, 26), "between 5 and 8 fewer"),
}


@pytest.mark.parametrize("programme", PUBLISHED)
def test_published_programmes_come_out_as_printed(programme: str, tmp_path: Path) -> None:
    ours, theirs, rates, words = PUBLISHED[programme]
    row = row_of(result_of(tmp_path, ours, theirs))
    assert row.headline is not None
    assert tuple(int(one) for one in row.headline[:2]) == rates
    assert row.verdict == "significant reduction"
    said = " ".join(finding(row))
    assert f"For 100 typical people in the scheme, {rates[0]} " in said
    assert f"The difference is {words}: a significant reduction." in said


def test_25_and_28_can_be_4_fewer(tmp_path: Path) -> None:
    """24.6% prints 25, 28.4% prints 28; they are 3.8 apart, which prints 4 (Brighton Women's Centre 2024)."""
    row = row_of(result_of(tmp_path, (246, 1_000), (5_680, 20_000)))
    assert row.headline is not None
    assert [int(one) for one in row.headline[:3]] == [25, 28, -4]
    assert (
        "25 had this outcome; for 100 similar people without it, 28 would be expected to: 4 fewer." in finding(row)[1]
    )


def test_diamond_by_welch_is_0_83116_and_more_people_are_needed(tmp_path: Path) -> None:
    result = result_of(tmp_path, (156, 368), (136, 327))
    (lab,) = result.data_lab
    assert round(lab.p, 5) == 0.83116
    row = row_of(result)
    assert (row.p, row.verdict) == ("0.83", "more people needed")
    said = " ".join(finding(row))
    assert "anywhere between 7 fewer and 8 more" in said
    assert "This is not evidence that the programme has no effect" in said
    # 2.8016^2 x 368 x se^2 / 0.00801^2, with Welch's se of 0.03756: the people that so small a difference would need
    assert 60_000 < (lab.n_needed or 0) < 70_000


def test_unweighted_it_is_welch_s_test_of_scipy() -> None:
    from scipy.stats import ttest_ind

    rng = np.random.default_rng(7)
    values, treated = rng.poisson(1.3, 90).astype(float), np.arange(90) < 37
    row = welch(values, treated, np.ones(90), OutcomeSpec("n", "Offences", "frequency", "offences"))
    judge = ttest_ind(values[treated], values[~treated], equal_var=False)
    low, high = judge.confidence_interval()
    assert row is not None
    assert (row.p, row.ci_low, row.ci_high) == pytest.approx((judge.pvalue, low, high), rel=1e-9)


def test_a_rate_with_fewer_than_ten_events_is_withheld_and_so_is_the_time_with_fewer_than_thirty(
    tmp_path: Path,
) -> None:
    few = row_of(result_of(tmp_path, (9, 90), (300, 900)))
    assert few.withheld and few.headline is None and few.p == "c" and few.treated.value == "c"
    days: list[float | None] = [100.0 + i if i < 29 else None for i in range(90)]
    days += [90.0 + i % 50 if i < 300 else None for i in range(900)]
    enough = result_of(tmp_path, (29, 90), (300, 900), days=days)
    timed = row_of(enough, "days")
    assert timed.withheld and "fewer than 30" in (timed.why_withheld or "")
    assert not row_of(enough).withheld


def test_no_p_value_is_adjusted_and_the_report_says_so(tmp_path: Path) -> None:
    offences: list[float | None] = [float(i % 3) for i in range(695)]
    result = result_of(tmp_path, (156, 368), (136, 327), offences=offences)
    paths = write_papers(result, tmp_path / "out", forms=["html", "json"], style="justice-data-lab")
    page = paths[0].read_text("utf-8")
    assert "no p-value is adjusted for the number of outcomes" in page
    assert "--style justice-data-lab" in page
    assert {row.p for row in clear_data_lab(result)[0].rows} == {
        "0.83",
        row_of(result, "offences").p,
    }


def test_every_form_is_written(tmp_path: Path) -> None:
    result = result_of(tmp_path, (156, 368), (136, 327))
    paths = write_papers(result, tmp_path / "out", style="justice-data-lab")
    assert [path.name for path in paths] == [
        "paper.html", "paper.docx", "paper.pdf", "tables.xlsx", "tables.ods", "summary.json"
    ]  # fmt: skip
    assert all(path.stat().st_size for path in paths)
