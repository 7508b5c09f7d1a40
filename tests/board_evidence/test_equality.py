"""Counts at each stage are right, and what may leave gives no handful of people back."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_evidence import DAY

from whatworks.board.equality.impact import (
    NOT_KNOWN,
    STAGES,
    Breakdown,
    GroupLevel,
    Impact,
    Stage,
    assess,
    disparity,
    log_assessment,
    not_assessed,
    read_assessments,
)
from whatworks.board.equality.people import people_of_file, people_of_scheme
from whatworks.evaluation.values.file import read_flat
from whatworks.papers.board.equality_impact import equality_paper, launch_words
from whatworks.papers.board.stage_counts import clear_counts
from whatworks.records.engine import Store
from whatworks.records.refusal import Refused
from whatworks.records.register.entry import Author

MINIMUM = 10
WITH_OUTCOME = (*STAGES, Stage("known", "Outcome known", 1), Stage("outcome", "Reoffended", 4))


@st.composite
def breakdowns(draw: st.DrawFn) -> Breakdown:
    """Draw levels whose counts fall from stage to stage, often by a handful."""
    levels = []
    for number in range(draw(st.integers(1, 5))):
        counts = [draw(st.integers(0, 60))]
        for stage in WITH_OUTCOME[1:]:
            assert stage.before is not None
            most = counts[stage.before]
            lost = draw(st.one_of(st.just(0), st.integers(0, min(12, most)), st.integers(0, most)))
            counts.append(most - lost)
        levels.append(GroupLevel(f"level {number}", tuple(counts)))
    return Breakdown("group", "Group", tuple(levels))


def given_away(breakdown: Breakdown, minimum: int) -> list[tuple[str, int]]:
    """Return every small count, or small loss at a stage, that follows exactly from what is shown."""
    cleared = clear_counts(breakdown, WITH_OUTCOME, minimum)
    names = [level.name for level in breakdown.levels]
    width = len(WITH_OUTCOME)
    equations = []
    for at in range(width):
        for row, name in enumerate(names):
            if cleared.levels[name][at] != "c":
                equations.append(np.eye(len(names) * width)[row * width + at])
        if cleared.totals[at] != "c":
            total = np.zeros(len(names) * width)
            total[at::width] = 1
            equations.append(total)
    known = np.array(equations) if equations else np.zeros((1, len(names) * width))
    rank = np.linalg.matrix_rank(known)
    truth = {level.name: level.counts for level in breakdown.levels}
    found = []
    for row, name in enumerate(names):
        for at, stage in enumerate(WITH_OUTCOME):
            wanted = np.zeros(len(names) * width)
            wanted[row * width + at] = 1
            targets = [(wanted, truth[name][at])]
            up = stage.before
            while up is not None:
                lost = -wanted.copy()
                lost[row * width + up] = 1
                targets.append((lost, truth[name][up] - truth[name][at]))
                up = WITH_OUTCOME[up].before
            for target, count in targets:
                if 0 < count < minimum and np.linalg.matrix_rank(np.vstack([known, target])) == rank:
                    found.append((name, at))
    return found


@settings(max_examples=150)
@given(breakdowns())
def test_nothing_small_follows_from_what_is_shown(breakdown: Breakdown) -> None:
    assert given_away(breakdown, MINIMUM) == []


def test_what_is_large_everywhere_is_shown() -> None:
    levels = (GroupLevel("women", (100, 60, 40, 20, 50, 25)), GroupLevel("men", (300, 200, 150, 80, 150, 60)))
    cleared = clear_counts(Breakdown("sex", "Sex", levels), WITH_OUTCOME, MINIMUM)
    assert cleared.levels == {level.name: level.counts for level in levels}
    assert cleared.totals == (400, 260, 190, 100, 200, 85)


def test_a_disparity_is_against_everyone_else_with_newcombes_interval() -> None:
    # 156 of 368 against 136 of 327: Newcombe -6.528 to 8.096 points (the methods page, section 5)
    ours, theirs = GroupLevel("a", (368, 156)), GroupLevel("b", (327, 136))
    found = disparity(Breakdown("x", "X", (ours, theirs)), ours, STAGES, 1)
    assert found is not None and not found.beyond_chance
    assert (round(100 * found.difference_low, 3), round(100 * found.difference_high, 3)) == (-6.528, 8.096)
    assert round(100 * found.detectable, 1) == 10.5


def person(store: Store, number: int, sex: str | None, born: date | None, agency: str = "probation") -> None:
    store.change(
        "INSERT INTO person (source_id, source_line, organisation_id, person_id, sex, date_of_birth) "
        "VALUES ('s', ?, ?, ?, ?, ?)",
        [number, agency, str(number), sex, born],
    )


def part(store: Store, number: int, **days: date) -> None:
    names = ", ".join(days)
    marks = ", ".join("?" for _ in days)
    store.change(
        "INSERT INTO participation (source_id, source_line, organisation_id, participation_id, person_id, scheme_id, "
        f"{names}) VALUES ('s', ?, 'probation', ?, ?, 'gate', {marks})",
        [number, str(number), str(number % 10), *days.values()],
    )


def test_people_of_a_scheme_are_counted_once_at_the_latest_stage_they_reached(store: Store) -> None:
    person(store, 1, "female", date(2000, 7, 1))
    person(store, 2, "unknown", None)
    part(store, 1, eligible_on=date(2025, 6, 30))  # one day before her birthday: 24
    part(store, 11, started_on=date(2025, 7, 2))  # the same woman, without a day of referral
    part(store, 2, eligible_on=date(2025, 6, 1))
    people = people_of_scheme(store, "gate", {})
    _, (sex, age) = assess(people, {"sex": "Sex", "age_band": "Age"}, STAGES)
    assert {one.name: one.counts for one in sex.levels} == {"female": (1, 1, 1, 0), NOT_KNOWN: (1, 0, 0, 0)}
    assert [one.name for one in age.levels] == ["18 to 24", NOT_KNOWN]


def test_the_trusted_agency_says_what_somebody_is(store: Store) -> None:
    for agency, sex in (("police", "male"), ("probation", "female")):
        person(store, 1, sex, None, agency)
        store.change(
            "INSERT INTO identity (source_id, source_line, organisation_id, person_id, linked_id, method, probability) "
            "VALUES ('s', 1, ?, '1', 'one', 'shared_number', 1.0)",
            [agency],
        )
    part(store, 1, eligible_on=DAY)
    said = [people_of_scheme(store, "gate", order)["sex"][0] for order in ({}, {"sex": ("probation",)})]
    assert said == ["male", "female"]  # the alphabet, then the partnership's order


def test_an_outcome_is_of_all_who_were_selected_and_not_known_stays_out() -> None:
    people = pl.DataFrame(
        {
            "sex": ["m"] * 4,
            "eligible": [True] * 4,
            "selected": [True, True, True, False],
            "started": [True, False, False, False],
            "completed": [False] * 4,
            "outcome": [True, False, None, True],
        }
    )
    stages, (sex,) = assess(people, {"sex": "Sex"}, STAGES, outcome="Reoffended")
    assert [one.name for one in stages][-2:] == ["known", "outcome"]
    assert sex.totals == (4, 3, 1, 0, 2, 1)


def test_a_flat_file_is_read_or_refused_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sex,e,s,b,c\nf,yes,2025-01-05,,\nm,1,no,,\nm,perhaps,no,,\n", encoding="utf-8")
    columns = ["e", "s", "b", "c"]
    with pytest.raises(Refused) as refused:
        people_of_file(read_flat(path), ["sex"], columns)
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [(4, "e")]
    path.write_text("sex,e,s,b,c\nf,yes,2025-01-05,,\nm,1,no,,\n", encoding="utf-8")
    assert people_of_file(read_flat(path), ["sex"], columns)["selected"].to_list() == [True, False]
    with pytest.raises(Refused, match="is not a column"):
        people_of_file(read_flat(path), ["ethnicity"], columns)


def impact(done: date, launch: date | None) -> Impact:
    levels = (GroupLevel("women", (100, 60, 40, 20)), GroupLevel("men", (300, 200, 150, 7)))
    return Impact("gate", "Gate", None, DAY, done, launch, STAGES, (Breakdown("sex", "Sex", levels),))


def test_an_assessment_after_the_launch_says_so() -> None:
    # the report of 19 June 2008 put its assessment off beyond the launch of 23 June
    assert impact(date(2008, 6, 24), date(2008, 6, 23)).before_launch is False
    assert launch_words(impact(date(2008, 6, 24), date(2008, 6, 23))).startswith("Done before launch: no.")
    assert impact(date(2008, 6, 22), date(2008, 6, 23)).before_launch is True
    assert impact(date(2008, 6, 22), None).before_launch is None


def test_the_paper_and_its_figures_hold_no_withheld_count() -> None:
    paper, summary = equality_paper(impact(DAY, None), minimum=10, prepared_for="The board", item="4")
    assert summary["characteristics"][0]["counts"] == {"women": [100, 60, 40, "c"], "men": [300, 200, 150, "c"]}
    cells = [cell for sheet in paper.sheets if sheet.name == "Counts" for row in sheet.rows for cell in row]
    assert 7 not in cells and "[c]" in cells
    assert {figure.name for figure in paper.figures()} == {"sex-shares"}
    assert "60% (50.2% to 69.1%)" in next(paper.figures()).alternative  # Wilson, 60 of 100


def test_assessments_are_kept_and_schemes_without_one_named(store: Store, officer: Author) -> None:
    store.change(
        "INSERT INTO scheme (source_id, source_line, organisation_id, scheme_id, name, from_date) "
        "VALUES ('s', 1, 'probation', 'gate', 'Gate', DATE '2021-01-01')"
    )
    assert not_assessed(store) == ("gate",)
    log_assessment(store, impact(DAY, date(2021, 1, 1)), "equality", officer)
    assert not_assessed(store) == ()
    assert [(one.name, one.before_launch) for one in read_assessments(store)] == [("gate", False)]
