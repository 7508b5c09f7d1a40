"""Figures that would puzzle a reader are said in words: shares beyond all, lines that are no records, rounding."""

from decimal import Decimal

import pytest

from papers.lab_result import Group, lab_result
from whatworks.evaluation.result import SourceStamp
from whatworks.papers.data_lab.clearance import published_lab
from whatworks.papers.data_lab.words import finding
from whatworks.papers.disclosure.audit import publish
from whatworks.papers.evaluation.sections.provenance import published_source
from whatworks.papers.evaluation.sections.unknown import Bounds, bounds_lines


@pytest.mark.parametrize(("share", "shown"), [(105, False), (-3, False), (100, True), (0, True), (41, True)])
def test_a_share_that_cannot_be_reached_stands_in_words(share: int, shown: bool) -> None:
    bounds = Bounds(
        not_known_treated=20,
        not_known_comparison=30,
        low=Decimal("-9.1"),
        high=Decimal("-2.0"),
        sentence="",
        tipping_group="treated",
        tipping_share=Decimal(share),
        lee_low=None,
        lee_high=None,
        lee_sentence="",
    )
    [_, row] = bounds_lines("Reoffending", "percentage points", bounds)
    assert row.difference == (Decimal(share) if shown else None)
    assert (row.note == "Nothing that became of them could undo the verdict.") is not shown


def source(quarantined: int, dropped: int) -> SourceStamp:
    kept = 5_000 - quarantined - dropped
    return SourceStamp(
        organisation_id="probation", table="person", name="cases", sha256="0" * 64,
        as_at=None, rows_in=5_000, rows_kept=kept, rows_quarantined=quarantined, rows_excluded=0, rows_dropped=dropped,
    )  # fmt: skip


def test_a_dropped_trailer_line_is_about_nobody() -> None:
    shown = published_source(source(0, 1), 10, people_hidden=False)
    assert (shown.rows_in, shown.rows_kept, shown.rows_dropped) == (5_000, 4_999, 1)
    few = published_source(source(3, 1), 10, people_hidden=False)
    assert (few.rows_kept, few.rows_quarantined, few.rows_dropped) == ("c", "c", 1)


def test_a_difference_that_the_rounded_figures_do_not_give_is_said_to_be_so() -> None:
    result = lab_result(Group(400, (40, 80, 60, 0)), Group(500, (60, 110, 90, 0)))
    row = next(one for one in published_lab(result, publish(result)).rows if one.headline)
    assert row.headline is not None
    ours, theirs, *_ = row.headline
    plain = row.model_copy(update={"headline": (ours, theirs, ours - theirs, *row.headline[3:])})
    off = row.model_copy(update={"headline": (ours, theirs, ours - theirs - 1, *row.headline[3:])})
    assert "taken before rounding" not in " ".join(finding(plain))
    assert "taken before rounding" in " ".join(finding(off))
