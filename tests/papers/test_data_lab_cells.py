"""What the Data Lab's form withholds cannot be worked out from the rows, of everybody or of reoffenders, beside it."""

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from papers.attacker import LabAttacker
from papers.lab_result import Group, lab_result
from papers.parts import mean, outcome, rate
from papers.reading import docx_text, html_text, ods_text, xlsx_text
from papers.test_suppression import VOCABULARY, numbers
from whatworks.evaluation.result import Result
from whatworks.papers import publish
from whatworks.papers.data_lab import cells as data_lab_cells
from whatworks.papers.data_lab.clearance import PublishedLab, published_lab
from whatworks.papers.data_lab.section import data_lab_paper
from whatworks.papers.disclosure.audit import publish_data_lab
from whatworks.papers.evaluation.clearance import propose
from whatworks.papers.writing import render

LARGE = Group(300, (24, 60, 36, 0))
SCHEMES: dict[str, tuple[Group, dict[str, int], int]] = {
    "tier 1 is rare": (Group(300, (4, 66, 40, 0), (7, 25, 14, 0)), {"t1_treated": 1}, 4),
    "tier 1 is rare as a reoffence": (Group(300, (4, 66, 40, 0), (2, 25, 14, 0)), {"f1_treated": 1}, 6),
    "hardly anyone reoffends twice": (Group(300, (9, 61, 40, 0), (1, 0, 1, 0)), {"t1_treated": 1}, 9),
    "a few are of no known tier": (Group(300, (24, 60, 23, 3)), {"t0_treated": 1}, 3),
    "a few reoffences are of no known tier": (Group(300, (24, 60, 26, 0), (8, 25, 14, 4)), {"f0_treated": 1}, 4),
    "nearly all went to custody": (Group(300, (24, 60, 26, 0), custody=106), {"R_treated": 1, "c_treated": -1}, 4),
    "nearly all reoffended": (Group(120, (24, 60, 31, 0)), {"N_treated": 1, "R_treated": -1}, 5),
    "few reoffended": (Group(300, (2, 4, 1, 0), (2, 6, 4, 0), custody=3, twice=1), {"R_treated": 1}, 7),
}
"""A group in which some people are few, the sum of counts that says how many, and how many they are."""


@cache
def printed(scheme: str) -> dict[str, Any]:
    found: dict[str, Any] = publish_data_lab(lab_result(SCHEMES[scheme][0], LARGE))[0].model_dump(mode="json")
    return found


def attacked(told: dict[str, Any], scheme: str) -> int:
    """Return how wide the range is to which the attacker narrows the few people; the truth must lie in it."""
    _, terms, truth = SCHEMES[scheme]
    low, high = LabAttacker(told).range(**terms)
    assert low <= truth <= high, "the attacker's model is wrong"
    return high - low


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_solver_cannot_narrow_the_few_people_below_fewer_than_ten(scheme: str) -> None:
    assert attacked(printed(scheme), scheme) >= 8


def unaudited(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = published_lab(result, propose(result)).model_dump(mode="json")
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_solver_does_find_them_where_every_row_is_shown(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whatworks.papers.data_lab.clearance.withheld_rows", lambda result: {})
    told = unaudited(lab_result(SCHEMES[scheme][0], LARGE))
    assert attacked(told, scheme) < 3


def test_the_solver_finds_a_tier_that_is_withheld_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_lab_cells, "widen", lambda few, sizes, least: few)
    told = unaudited(lab_result(SCHEMES["tier 1 is rare"][0], LARGE))
    assert attacked(told, "tier 1 is rare") < 5


def test_reoffenders_do_not_tell_how_many_people_are_withheld() -> None:
    """A description of 307 people, of whom 300 found a match: 307 is withheld, and 120 of 39% would give it back."""
    ours = replace(LARGE, people=307)
    result = lab_result(ours, LARGE)
    n = result.n.model_copy(update={"treated": 300})
    told = publish_data_lab(result.model_copy(update={"n": n}))[0].model_dump(mode="json")
    assert {row["treated"]["n"] for row in told["rows"]} == {"c"}
    low, high = LabAttacker(told).range(N_treated=1)
    assert low <= 307 <= high and high - low >= 8
    for row in told["rows"]:
        row["treated"]["n"] = 120 if row["among_reoffenders"] else "c"
    low, high = LabAttacker(told).range(N_treated=1)
    assert high - low < 9


def test_nor_do_they_in_the_board_s_paper() -> None:
    result = lab_result(LARGE, LARGE)
    n = result.n.model_copy(update={"treated": 300})
    outcomes = (
        outcome("proven_reoffending_1y", "Proven reoffending", treated=rate(120, 307), comparison=rate(120, 300)),
        outcome("days_to_first_1y", "Days", kind="days", design="descriptive", treated=mean(120, 90.0, 8.0),
                comparison=mean(120, 95.0, 8.0)),
    )  # fmt: skip
    first, days = publish(result.model_copy(update={"n": n, "outcomes": outcomes, "data_lab": ()})).outcomes
    assert (first.treated.n, days.treated.n) == ("c", "c")
    assert first.comparison and days.comparison and (first.comparison.n, days.comparison.n) == (300, 120)


def lab(ours: Group, theirs: Group = LARGE) -> PublishedLab:
    return publish_data_lab(lab_result(ours, theirs))[0]


def hidden(found: PublishedLab) -> set[tuple[str, bool]]:
    return {(row.name.removesuffix("_1y"), row.among_reoffenders) for row in found.rows if row.withheld}


def test_nothing_is_withheld_where_nobody_is_few() -> None:
    assert hidden(lab(LARGE)) == set()
    assert len(lab(LARGE).rows) == 10 + 9


def test_a_rare_tier_takes_another_with_it_as_rate_and_frequency_and_of_both_populations() -> None:
    found = hidden(lab(Group(300, (4, 66, 40, 0))))
    assert found == {
        (name, among)
        for name in (
            "first_reoffence_indictable",
            "indictable_reoffences",
            "first_reoffence_summary",
            "summary_reoffences",
        )
        for among in (False, True)
    }


def test_figures_of_reoffenders_need_thirty_in_each_group() -> None:
    twenty_nine = Group(300, (10, 10, 9, 0), custody=12)
    found = hidden(lab(twenty_nine))
    assert {name for name, among in found if among} == {
        row.name.removesuffix("_1y") for row in lab(LARGE).rows if row.among_reoffenders
    }
    assert ("proven_reoffending", False) not in found
    assert {name for name, among in hidden(lab(Group(300, (10, 10, 10, 0), custody=12))) if among} == set()


def test_a_reason_does_not_tell_which_tier_is_the_rare_one() -> None:
    reasons = {row.why_withheld for row in lab(SCHEMES["tier 1 is rare"][0]).rows if row.withheld}
    assert len(reasons) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_form_prints_a_figure_that_the_summary_does_not_hold(scheme: str) -> None:
    ours = replace(SCHEMES[scheme][0])
    told, release = publish_data_lab(lab_result(ours, LARGE))
    paper = data_lab_paper(told, release)
    paper = replace(paper, sections=tuple(one for one in paper.sections if one.name in ("findings", "outcomes")))
    held = numbers(json.dumps([told.model_dump(mode="json")])) | VOCABULARY | {Decimal(30), Decimal(60)}
    held |= {100 * number for number in held} | {abs(number) for number in held}
    for form, read in {"html": html_text, "docx": docx_text, "xlsx": xlsx_text, "ods": ods_text}.items():
        found = numbers(read(render(form, None, paper, {}))) - held - {Decimal(n) for n in (4, 6)}  # type: ignore[arg-type]
        assert not found, f"{form}: {sorted(found)}"
