"""A placebo shows groups that were not alike, and decides nothing."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from flat_people import content, evaluated, people, protocol, written

from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.result import Result
from whatworks.evaluation.studied.flat.people import flat_units
from whatworks.evaluation.studied.partnership_sample import check_names
from whatworks.evaluation.values.file import read_flat
from whatworks.papers import build, publish
from whatworks.papers.paper import Bullets, Paper, Table
from whatworks.papers.writing import summary
from whatworks.records.refusal import Refused
from whatworks.statistics.groups.estimate import two_sided_p

BEFORE = {"column": "before", "label": "Arrest in the year before"}
REOFFENDED = {"column": "reoffended", "label": "Reoffending"}


def asked(**placebos: dict[str, Any]) -> dict[str, Any]:
    """Return the sections of a flat protocol with these placebos."""
    return {
        "outcomes": {"primary": "reoffended", "placebo": list(placebos)},
        "data": {"outcomes": {"reoffended": REOFFENDED, **placebos}},
    }


def trial(ours: int = 120, theirs: int = 80) -> pl.DataFrame:
    """Two arms of 200; `ours` and `theirs` had been arrested in the year before."""
    arms = np.arange(400) < 200
    before = np.where(arms, np.arange(400) < ours, np.arange(400) - 200 < theirs)
    return pl.DataFrame(
        {"treated": arms * 1, "age": 20 + np.arange(400) % 40, "sex": ["f", "m"] * 200,
         "reoffended": np.arange(400) % 3 // 2, "before": before * 1}
    )  # fmt: skip


def test_a_difference_before_is_found_by_the_protocol_s_estimator(tmp_path: Path) -> None:
    """120 and 80 of 200: 20 points; pooled share .5, standard error sqrt(.5 x .5 x 2 / 200) = .05, so z = 4."""
    result = evaluated(tmp_path, trial(), comparison={"method": "none"}, **asked(before=BEFORE))
    (one,) = result.placebos
    assert (one.treated.n, one.treated.events, one.comparison.n, one.comparison.events) == (200, 120, 200, 80)
    assert one.difference == pytest.approx(0.2)
    assert one.p == pytest.approx(two_sided_p(4, 1))
    assert one.ci_low is not None and 0 < one.ci_low < 0.2
    assert one.differs is True
    assert one.estimator == result.outcomes[0].estimator
    assert "the scheme cannot have changed" in one.sentence and "The lot" in one.sentence


def test_no_clear_difference_proves_nothing(tmp_path: Path) -> None:
    (one,) = evaluated(tmp_path, trial(100, 99), comparison={"method": "none"}, **asked(before=BEFORE)).placebos
    assert one.differs is False
    assert one.sentence.startswith("No clear difference. That does not prove")
    # 80% power: 2.8016 standard errors; they follow from the interval's width, near sqrt(.25 x 2 / 200) = .05
    assert one.smallest_detectable == pytest.approx(2.8016 * 0.05, rel=0.02)


def unlike(gap: float, n: int = 1_000, seed: int = 3) -> pl.DataFrame:
    """People who are likelier to join for a trait that no column holds; it shows in the year before by `gap`."""
    frame, rng = people(n, seed), np.random.default_rng(seed)
    treated = frame["treated"].to_numpy() == 1
    before = rng.random(n) < 0.3 + gap * treated
    return frame.with_columns(before=pl.Series(before.astype(int)))


def test_matched_groups_that_a_hidden_trait_parts_differ_before(tmp_path: Path) -> None:
    """Planted: 15 points more of those who join had been arrested, whatever their age and sex; and none at all."""
    (one,) = evaluated(tmp_path, unlike(0.15), **asked(before=BEFORE)).placebos
    assert one.ci_low is not None and one.ci_high is not None
    assert 0 < one.ci_low < 0.15 < one.ci_high
    assert one.differs is True and "did not see" in one.sentence
    (none,) = evaluated(tmp_path, unlike(0.0), **asked(before=BEFORE)).placebos
    assert none.ci_low is not None and none.ci_high is not None
    assert none.ci_low < 0 < none.ci_high and none.differs is False


def test_it_alters_nothing_else(tmp_path: Path) -> None:
    sections = asked(before=BEFORE)
    with_it = evaluated(tmp_path, unlike(0.15), **sections)
    sections["outcomes"] = {**sections["outcomes"], "placebo": []}
    without = evaluated(tmp_path, unlike(0.15), **sections)
    assert with_it.placebos and not without.placebos
    apart = {"protocol", "placebos"}
    assert with_it.model_dump(exclude=apart) == without.model_dump(exclude=apart)


def test_it_is_of_exactly_the_matched_people_and_of_those_known(tmp_path: Path) -> None:
    frame = unlike(0.0)
    result = evaluated(tmp_path, frame, **asked(before=BEFORE))
    assert result.placebos[0].treated.n == result.outcomes[0].treated.n == result.n.treated
    half = frame.with_columns(before=pl.when(pl.col("treated") == 1).then(pl.col("before")))
    (one,) = evaluated(tmp_path, half, **asked(before=BEFORE)).placebos
    assert (one.treated.n, one.comparison.n, one.difference, one.differs) == (result.n.treated, 0, None, None)
    assert one.sentence == "It is not known for enough people of both groups."


def test_what_is_the_same_for_everybody_shows_nothing(tmp_path: Path) -> None:
    (one,) = evaluated(tmp_path, unlike(0.0).with_columns(before=1), **asked(before=BEFORE)).placebos
    assert (one.difference, one.p, one.ci_low, one.differs) == (0, None, None, None)
    assert "it can show nothing" in one.sentence


def test_what_covariates_tell_exactly_shows_nothing(tmp_path: Path) -> None:
    """A month's age is twelve times a year's: its difference is what rounding leaves, and a p of it means nothing."""
    frame = unlike(0.0, 500).with_columns(
        before=pl.col("age") * 12 + pl.when(pl.col("sex") == "male").then(5).otherwise(0)
    )
    months = {"column": "before", "label": "Months of age", "kind": "score"}
    (one,) = evaluated(tmp_path, frame, **asked(before=months)).placebos
    assert (one.p, one.ci_low, one.smallest_detectable, one.differs) == (None, None, None, None)
    assert "tells it exactly" in one.sentence
    slips = frame.with_columns(before=pl.col("before") + pl.int_range(pl.len()) % 2)
    (one,) = evaluated(tmp_path, slips, **asked(before=months)).placebos
    assert one.p is not None and one.differs is False


def test_of_a_number_per_person_those_who_have_any_are_counted(tmp_path: Path) -> None:
    """5 of the treated had 40 arrests each: their mean would tell of five people, so it is withheld."""
    frame = trial().with_columns(before=pl.Series([40 if i < 5 or 200 <= i < 300 else 0 for i in range(400)]))
    number = {"column": "before", "label": "Arrests", "kind": "frequency", "unit": "arrests per person"}
    result = evaluated(tmp_path, frame, comparison={"method": "none"}, **asked(before=number))
    assert (result.placebos[0].treated.events, result.placebos[0].comparison.events) == (5, 100)
    (shown,) = publish(result).placebos
    assert shown.withheld and shown.treated.value == "c" and shown.difference == "c" and shown.differs is None


def test_people_whose_pair_is_not_known_are_not_counted(tmp_path: Path) -> None:
    """Every second comparison's number is not known: half of the pairs go, those of the treated with arrests too."""
    rng = np.random.default_rng(1)
    frame = unlike(0.0, 500).with_columns(before=pl.Series(rng.poisson(2, 500).astype(float)))
    lost = (pl.col("treated") == 0) & (pl.int_range(pl.len()) % 2 == 0)
    number = {"column": "before", "label": "Arrests", "kind": "frequency", "unit": "arrests per person"}
    holes = frame.with_columns(before=pl.when(lost).then(None).otherwise(pl.col("before")))
    (one,) = evaluated(tmp_path, holes, **asked(before=number)).placebos
    (whole,) = evaluated(tmp_path, frame, **asked(before=number)).placebos
    assert one.treated.n == one.comparison.n < 0.65 * whole.treated.n
    assert one.treated.events is not None and one.treated.events <= one.treated.n


def refusal(sections: dict[str, Any], tmp_path: Path | None = None, frame: pl.DataFrame | None = None) -> str:
    with pytest.raises(Refused) as refused:
        made = check_protocol(content(**sections), "p.toml")
        if tmp_path is None or frame is None:
            check_names(made)
        else:
            flat_units(made, read_flat(written(tmp_path, frame)))
    return str(refused.value)


def records(**outcomes: Any) -> dict[str, Any]:
    return {"data": {"source": "partnership", "outcomes": {}}, "outcomes": {"primary": "frequency_1y", **outcomes}}


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ({"placebo": ["frequency_1y_befor"]}, "did you mean frequency_1y_before?"),
        ({"placebo": ["previous_offences_2y"]}, "is a covariate, on which groups are made alike"),
        ({"placebo": ["frequency_1y"]}, "is outcome frequency_1y as well"),
        ({"placebo": ["frequency_1y_before"] * 2}, "is named twice"),
        ({"placebo": ["frequency_2y_before"]}, "covers 24 months, and follow_up_months is 12"),
        ({"placebo": ["frequency_1y_before"], "run_in_months": 5}, "set run_in_months = 6 or more"),
        ({"placebo": ["frequency_1y_before"], "others": ["reconvictedd_1y"]}, "did you mean reconvicted_1y?"),
    ],
)
def test_names_that_cannot_be_placebos_of_records_are_refused(outcomes: dict[str, Any], said: str) -> None:
    assert said in refusal(records(**outcomes))


def test_faults_of_outcomes_and_placebos_come_at_once() -> None:
    said = refusal(records(placebo=["frequency_1y_befor", "seriousness_2y_before"], others=["reconvictedd_1y"]))
    for part in ("frequency_1y_before?", "covers 24 months", "reconvicted_1y?"):
        assert part in said


def test_sentences_and_custody_need_no_time_for_proof() -> None:
    named = ["custody_nights_1y_before", "short_sentences_1y_before"]
    check_names(check_protocol(content(**records(placebo=named, run_in_months=0)), "p.toml"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"comparison": {"covariates": ["age", "before"]}}, "before is placebo before: groups are made alike"),
        ({"comparison": {"exact": ["before"]}}, "before is placebo before: groups are made alike"),
        ({"subgroups": {"planned": ["before"]}}, "before is placebo before: groups are made alike"),
    ],
)
def test_what_is_matched_on_is_no_placebo_of_a_flat_file(more: dict[str, Any], said: str) -> None:
    assert said in refusal({**asked(before=BEFORE), **more})


def test_what_the_scheme_may_have_changed_is_no_placebo_of_a_flat_file(tmp_path: Path) -> None:
    frame = unlike(0.0)
    again = {"column": "reoffended", "label": "Again"}
    assert (
        "placebo" in (said := refusal(asked(again=again), tmp_path, frame)) and "is outcome reoffended as well" in said
    )
    unknown = asked(before=BEFORE)
    unknown["outcomes"] = {"primary": "reoffended", "placebo": ["befor"]}
    assert "did you mean before?" in refusal(unknown, tmp_path, frame)
    copied = frame.with_columns(before=pl.when(pl.col("sex") == "male").then(1).otherwise(0))
    assert "sex: only repeats placebo before; name another placebo" in refusal(asked(before=BEFORE), tmp_path, copied)


def test_the_protocol_s_hash_is_the_same_where_none_is_named() -> None:
    assert protocol().sha256() == check_protocol(content(), "other.toml").sha256()
    assert protocol().sha256() != protocol(**asked(before=BEFORE)).sha256()
    assert "placebo" not in protocol().model_dump(exclude_unset=True)["outcomes"]


def doubts(result: Result) -> tuple[Paper, list[str]]:
    paper = build(publish(result))
    section = next(one for one in paper.sections if one.name == "doubts")
    return paper, [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]


def test_it_stands_in_the_paper_the_sheets_and_the_summary(tmp_path: Path) -> None:
    result = evaluated(tmp_path, unlike(0.15), **asked(before=BEFORE))
    paper, said = doubts(result)
    assert any(item.startswith("Arrest in the year before: The groups differ in arrest") for item in said)
    tables = [block for section in paper.sections for block in section.blocks if isinstance(block, Table)]
    table = next(block for block in tables if block.name == "placebos")
    shown = summary(publish(result))["placebos"][0]
    assert table.rows[0][0] == "Arrest in the year before"
    assert table.rows[0][1] == f"{result.placebos[0].treated.n:,}"
    assert shown["differs"] is True and shown["difference"] == pytest.approx(
        100 * (result.placebos[0].difference or 0), abs=0.05
    )
    sheet = next(one for one in paper.sheets if one.name == "Placebos")
    assert "Yes" in sheet.rows[0]
    warned = next(section for section in paper.sections if section.name == "caveats").blocks[0]
    assert isinstance(warned, Bullets)
    assert any("cannot have changed (arrest in the year before)" in item for item in warned.items)


def test_without_a_difference_nothing_is_warned_of(tmp_path: Path) -> None:
    paper, said = doubts(evaluated(tmp_path, unlike(0.0), **asked(before=BEFORE)))
    assert any("does not prove that the groups were alike" in item for item in said)
    words = [block for section in paper.sections if section.name == "caveats" for block in section.blocks]
    assert not any(
        "cannot have changed" in item for block in words if isinstance(block, Bullets) for item in block.items
    )


def test_a_descriptive_paper_sets_no_groups_against_each_other(tmp_path: Path) -> None:
    result = evaluated(tmp_path, unlike(0.15), scheme={"causal": False}, **asked(before=BEFORE))
    assert result.placebos == ()
