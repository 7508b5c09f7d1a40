"""The Data Lab's outcomes from a partnership's records, worked by hand, and what is said where one is lacking."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from whatworks.evaluation.answer.analysis import Analysis
from whatworks.evaluation.answer.data_lab import data_lab, data_lab_notes
from whatworks.evaluation.answer.matched_sample import match_sample
from whatworks.evaluation.question.data_lab_list import OTHER_WINDOW, SOME_WITHOUT_CLASS, WITHOUT_CLASS, check_tiers
from whatworks.evaluation.question.outcome_register import outcome_named
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.result import DataLab
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.records.refusal import Refused

N = 400
REOFFENDERS = (160, 200)
FIRST = ((40, 80, 40), (60, 100, 40))
"""First reoffences of tiers 1, 2 and 3 among 160 of 400 treated and 200 of 400 others."""


def people(without: tuple[int, int] = (0, 0), suffix: str = "1y") -> dict[str, np.ndarray]:
    """Return each outcome; of `without` reoffenders of tier 2 in each group the class is not known."""
    parts: list[dict[str, np.ndarray]] = []
    for reoffended, first, unknown in zip(REOFFENDERS, FIRST, without, strict=True):
        tier = np.repeat([1, 2, 0, 3, -1], [first[0], first[1] - unknown, unknown, first[2], N - reoffended])
        once = tier >= 0
        parts.append(
            {
                "proven_reoffending": once,
                "frequency": 2 * once,  # everybody's second reoffence is summary
                "days_to_first": np.where(once, 100.0 + np.arange(N) % 2, np.nan),
                "first_reoffence_without_class": tier == 0,
                "reoffences_without_class": tier == 0,
                **{f"first_reoffence_{name}": tier == at for at, name in enumerate(TIERS, 1)},
                **{f"{name}_reoffences": 1 * (tier == at) + 1 * (at == 3) * once for at, name in enumerate(TIERS, 1)},
                "custody_for_reoffending": np.arange(N) < reoffended // 4,
                "custody_frequency": 1.5 * (np.arange(N) < reoffended // 4),
            }
        )
    return {f"{name}_{suffix}": np.concatenate([one[name] for one in parts]).astype(float) for name in parts[0]}


TIERS = ("indictable", "either_way", "summary")


def made(
    columns: dict[str, np.ndarray],
    named: tuple[str, ...] = ("proven_reoffending_1y",),
    months: int = 12,
    causal: bool = True,
) -> Analysis:
    asked = check_protocol(
        {
            "scheme": {"id": "s", "name": "s", "title": "s", "causal": causal},
            "comparison": {"covariates": ["age"], "caliper": None, "who": "anyone_else"},
            "outcomes": {"primary": named[0], "others": list(named[1:]), "follow_up_months": months},
        },
        "made-up.toml",
    )
    units = AnalysisSample(
        people=pl.DataFrame(
            {"unit": np.arange(2 * N), "treated": np.repeat([True, False], N), "person": np.arange(2 * N),
             "area": ["x"] * N + ["y"] * N}
        ),
        covariates=pl.DataFrame({"age": np.tile(np.linspace(20, 60, N), 2)}),
        outcomes=pl.DataFrame(columns),
        specs=tuple(outcome_named(name) for name in named),
        as_at=date(2025, 6, 30),
    )  # fmt: skip
    return Analysis(asked, units, match_sample(asked, units))


def rows(analysis: Analysis) -> dict[tuple[str, bool], DataLab]:
    return {(row.name.removesuffix("_1y"), row.among_reoffenders): row for row in data_lab(analysis)}


def test_the_list_is_whole_and_in_the_data_labs_order() -> None:
    named = ("proven_reoffending_1y", "custody_for_reoffending_1y", "first_reoffence_summary_1y", "days_to_first_1y")
    found = rows(made(people(), named))
    tiers = [f"first_reoffence_{tier}" for tier in TIERS] + [f"{tier}_reoffences" for tier in TIERS]
    custody = ["custody_for_reoffending", "custody_frequency"]
    assert list(found) == [
        *((name, False) for name in ["proven_reoffending", "frequency", *tiers, *custody]),
        *((name, True) for name in ["days_to_first", *tiers, *custody]),
    ]
    assert {key for key, row in found.items() if row.verdict} == {
        ("proven_reoffending", False), ("custody_for_reoffending", False), ("first_reoffence_summary", False),
    }  # fmt: skip
    assert all(row.named == (f"{name}_1y" in named) for (name, _), row in found.items())


def test_means_of_everybody_and_of_reoffenders_by_hand() -> None:
    found = rows(made(people()))

    def means(name: str, among: bool) -> tuple[Any, ...]:
        row = found[name, among]
        return row.treated.n, row.comparison.n, row.treated.value, row.comparison.value

    assert means("proven_reoffending", False) == pytest.approx((400, 400, 0.4, 0.5))
    assert means("first_reoffence_indictable", False) == pytest.approx((400, 400, 40 / 400, 60 / 400))
    assert means("first_reoffence_indictable", True) == pytest.approx((160, 200, 40 / 160, 60 / 200))
    assert means("first_reoffence_either_way", True) == pytest.approx((160, 200, 80 / 160, 100 / 200))
    assert means("summary_reoffences", True) == pytest.approx((160, 200, (40 + 160) / 160, (40 + 200) / 200))
    assert means("indictable_reoffences", False) == pytest.approx((400, 400, 40 / 400, 60 / 400))
    assert means("custody_for_reoffending", True) == pytest.approx((160, 200, 0.25, 0.25))
    assert means("custody_frequency", True) == pytest.approx((160, 200, 0.375, 0.375))
    assert means("custody_frequency", False) == pytest.approx((400, 400, 60 / 400, 75 / 400))
    # Welch on 40 of 160 against 60 of 200: variances with n - 1 below, se = sqrt(0.1875/159 + 0.21/199) = 0.047278
    row = found["first_reoffence_indictable", True]
    se = (0.25 * 0.75 / 159 + 0.3 * 0.7 / 199) ** 0.5
    assert row.difference == pytest.approx(-0.05)
    assert (row.ci_high - row.ci_low) / 2 == pytest.approx(1.967 * se, rel=1e-3)  # t with about 350 degrees of freedom


def test_tiers_are_left_out_where_more_than_one_in_twenty_is_of_no_known_class() -> None:
    # 8 of 160 is one in twenty, 9 of 160 more; 10 of 200 is one in twenty, 11 of 200 more
    for without, left_out in (((8, 10), False), ((9, 0), True), ((0, 11), True), ((80, 100), True)):
        analysis = made(people(without))
        tiers = [row for row in data_lab(analysis) if "tier" in row.label]
        assert (tiers == []) is left_out
        assert data_lab_notes(analysis) == ((WITHOUT_CLASS,) if left_out else (SOME_WITHOUT_CLASS,))
    assert "offence_class" in WITHOUT_CLASS and "import again" in WITHOUT_CLASS
    assert data_lab_notes(made(people())) == ()
    # all first reoffences are of a known class, but of the 320 treated reoffences 17 are not (16 are one in twenty)
    for later, left_out in ((16, False), (17, True)):
        columns = people()
        columns["reoffences_without_class_1y"][:later] = 1
        assert data_lab_notes(made(columns)) == ((WITHOUT_CLASS,) if left_out else (SOME_WITHOUT_CLASS,))


def test_a_tier_that_a_protocol_names_is_refused_where_the_records_do_not_say_it() -> None:
    frame = pl.DataFrame(people((9, 11)))
    specs = [outcome_named(name) for name in ("first_reoffence_indictable_1y", "summary_reoffences_1y", "frequency_1y")]
    with pytest.raises(Refused) as refused:
        check_tiers(specs, frame)
    assert [fault.value for fault in refused.value.faults] == ["first_reoffence_indictable_1y", "summary_reoffences_1y"]
    assert all("offence_class" in fault.remedy for fault in refused.value.faults)
    check_tiers(specs, pl.DataFrame(people((8, 10))))
    check_tiers(specs[2:], frame)


def test_two_years_are_said_to_be_two() -> None:
    analysis = made(people(suffix="2y"), ("proven_reoffending_2y",), 24)
    assert {row.name[-2:] for row in data_lab(analysis)} == {"2y"}
    assert data_lab_notes(analysis) == (OTHER_WINDOW.format(length="two years"),)


def test_a_scheme_without_reoffenders_has_no_rows_of_them() -> None:
    columns = people()
    columns = {name: np.where(np.repeat([True, False], N), 0.0, values) for name, values in columns.items()}
    columns["days_to_first_1y"][:N] = np.nan
    assert not any(row.among_reoffenders for row in data_lab(made(columns)))


def test_a_description_is_of_the_whole_groups_whoever_finds_a_match() -> None:
    analysis = made(people(), causal=False)
    weights = analysis.sample.matched.weights.copy()
    weights[:100] = 0
    analysis = replace(
        analysis, sample=replace(analysis.sample, matched=replace(analysis.sample.matched, weights=weights))
    )
    found = {(row.name, row.among_reoffenders): row for row in data_lab(analysis)}
    assert found["proven_reoffending_1y", False].treated.n == N
    assert found["custody_frequency_1y", True].treated.n == REOFFENDERS[0]
    assert all(row.verdict is None for row in found.values())
