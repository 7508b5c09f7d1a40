"""The Justice Data Lab's form: published programmes come out to the printed digit, and its withheld cells are kept."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from papers.example_results import randomised
from papers.lab_result import Group, lab_result
from whatworks.evaluation.answer.data_lab import compared, lab_row
from whatworks.evaluation.evaluate import evaluate_units
from whatworks.evaluation.question.outcome_spec import OutcomeSpec
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.values.file import read_flat
from whatworks.papers import write_papers
from whatworks.papers.data_lab.clearance import LabRow, PublishedLab
from whatworks.papers.data_lab.section import data_lab_paper, finding
from whatworks.papers.disclosure.audit import publish_data_lab
from whatworks.papers.paper import Paper, Paragraph, Table

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
    lab: PublishedLab = publish_data_lab(result)[0]
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
    estimate = compared(values, treated, np.ones(90))
    assert estimate is not None
    row = lab_row(estimate, OutcomeSpec("n", "Offences", "frequency", "offences"))
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
    assert {row.p for row in publish_data_lab(result)[0].rows} == {
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


LARGE, RARE = Group(300, (24, 60, 36, 0)), Group(300, (4, 66, 40, 0))


def paper_of(ours: Group, theirs: Group, **said: object) -> Paper:
    return data_lab_paper(*publish_data_lab(lab_result(ours, theirs).model_copy(update=said)))


def tables_of(paper: Paper) -> list[Table]:
    outcomes = next(section for section in paper.sections if section.name == "outcomes")
    return [block for block in outcomes.blocks if isinstance(block, Table)]


def words_of(paper: Paper) -> str:
    return " ".join(
        block.text for section in paper.sections for block in section.blocks if isinstance(block, Paragraph)
    )


def test_everybody_and_reoffenders_have_a_table_each_and_a_sheet_each() -> None:
    paper = paper_of(LARGE, Group(300, (40, 60, 50, 0), custody=50))
    everybody, reoffenders = tables_of(paper)
    assert [len(one.rows) for one in (everybody, reoffenders)] == [10, 9]
    assert "Significant" in everybody.columns and "Significant" not in reoffenders.columns
    cells = {row[0]: row[1:] for row in reoffenders.rows}
    # 24 of 120 against 40 of 150: 20% and 27%; both groups' numbers are those of reoffenders
    tier = cells["First reoffence: tier 1, indictable only (%)"]
    assert (tier[0], tier[1][:2], tier[2], tier[3][:2]) == ("120", "20", "150", "27")
    # 30 of 120 once and 6 of them twice: 36 sentences, 0.30 a reoffender
    assert cells["Custodial sentences for reoffending per reoffender"][1].startswith("0.30")
    assert [sheet.name for sheet in paper.sheets] == ["Outcomes", "Reoffenders only"]
    assert "no verdict is drawn from it" in words_of(paper)


def test_reoffenders_figures_give_no_verdict_and_are_never_told_of_100_people() -> None:
    lab, _ = publish_data_lab(lab_result(LARGE, Group(300, (80, 60, 70, 0))))
    assert all(row.verdict is None and row.headline is None for row in lab.rows if row.among_reoffenders)
    assert not any(
        "100 typical people" in sentence for row in lab.rows if row.kind == "days" for sentence in finding(row)
    )


def test_a_withheld_tier_shows_no_figure_in_any_cell_and_says_why_once() -> None:
    paper = paper_of(RARE, LARGE)
    for table in tables_of(paper):
        for row in table.rows:
            if "tier 1" in row[0] or "tier 3" in row[0]:
                assert set(row[1:]) <= {"[c]", "–"}  # nor does "does not apply" tell that a difference was found
            elif "tier 2" in row[0]:
                assert "[c]" not in row
        assert any("[c]" in note for note in table.notes)


def test_a_frequency_s_difference_is_told_of_100_people() -> None:
    """1.00 reoffences a person against 0.56: the interval's ends, each a hundredfold, in whole reoffences."""
    many = Group(300, (24, 60, 36, 0), (20, 90, 70, 0))
    lab, _ = publish_data_lab(lab_result(LARGE, many))
    row = next(one for one in lab.rows if one.name == "frequency_1y")
    assert (str(row.treated.value), str(row.comparison.value), row.verdict) == ("0.56", "1.00", "significant reduction")
    assert row.ci_low is not None and row.ci_high is not None
    far, near = (abs(int(100 * float(end))) for end in (row.ci_low, row.ci_high))
    assert f"The difference is between {near} and {far} fewer: a significant reduction." in " ".join(finding(row))


def test_what_the_protocol_does_not_name_is_marked_and_has_no_verdict() -> None:
    result = lab_result(LARGE, Group(300, (40, 60, 50, 0)))
    rows = tuple(
        row.model_copy(update={"named": False, "verdict": None}) if row.name.startswith("custody") else row
        for row in result.data_lab
    )
    paper = data_lab_paper(*publish_data_lab(result.model_copy(update={"data_lab": rows})))
    everybody, reoffenders = tables_of(paper)
    assert {row[0] for row in everybody.rows if row[0].endswith("*")} == {
        "Custody for reoffending (%)\u00a0*", "Custodial sentences for reoffending per person\u00a0*",
    }  # fmt: skip
    assert not any("*" in row[0] for row in reoffenders.rows)
    assert any(note.startswith("* The protocol does not name") for note in everybody.notes)
    assert "The protocol does not name this outcome, so no verdict is given." in words_of(paper)


def test_a_flat_file_says_what_it_lacks(tmp_path: Path) -> None:
    lab, release = publish_data_lab(result_of(tmp_path, (156, 368), (136, 327)))
    said = words_of(data_lab_paper(lab, release))
    assert "A flat file gives of these what its protocol names, and no more." in said
    paper = data_lab_paper(lab, release)
    assert len(tables_of(paper)) == 1
    assert any("Welch" in note for note in paper.reading) and not any("Custodial" in note for note in paper.reading)


def test_a_description_tests_nothing_and_expects_nothing() -> None:
    result = lab_result(LARGE, Group(300, (40, 60, 50, 0)))
    told = result.protocol.model_copy(update={"causal": False})
    rows = tuple(row.model_copy(update={"verdict": None}) for row in result.data_lab)
    paper = data_lab_paper(*publish_data_lab(result.model_copy(update={"protocol": told, "data_lab": rows})))
    said = words_of(paper)
    # 120 of 300 and 150 of 300; 168 reoffences of 300 people are 0.56 each, 197 are 0.66
    assert "Of 100 people in the scheme group 40 had this outcome, of 100 in the comparison group 50." in said
    assert "For 100 people in the scheme group there were 56 in all, for 100 in the other 66." in said
    assert not any("Welch" in note or "People needed" in note for note in paper.reading)
    assert "would be expected" not in said and "typical" not in said and "no verdict is given" not in said
    for table in tables_of(paper):
        at = table.columns.index("Difference")
        assert {row[at] for row in table.rows} == {row[at + 1] for row in table.rows} == {"[z]"}


def test_a_protocol_without_any_of_its_outcomes_is_written_in_every_form_and_says_so(tmp_path: Path) -> None:
    files = write_papers(randomised(), tmp_path, style="justice-data-lab", forms=["json", "xlsx", "ods"])
    assert all(file.stat().st_size for file in files)
    (sheet,) = data_lab_paper(*publish_data_lab(randomised())).sheets
    assert sheet.rows == (("None of the protocol's outcomes is one that the Data Lab reports.",),)
