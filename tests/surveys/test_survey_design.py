"""Estimates agree with R's `survey` 4.1 on its own data, digit for digit.

`apistrat` (200 schools in three strata) and `apiclus1` (183 schools in 15 districts) are the columns used here of the
data set `api` of Debian's r-cran-survey 4.1-1 (California Department of Education; Lumley 2004). The R commands stand
beside the figures.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from whatworks.records.refusal import Refused
from whatworks.statistics.survey_design import SurveyDesign, kish, widened

DATA = Path(__file__).parent / "data"
STRATIFIED, CLUSTERED = (pl.read_csv(DATA / f"{name}.csv") for name in ("apistrat", "apiclus1"))


def stratified(rows: pl.DataFrame = STRATIFIED, fpc: bool = True) -> SurveyDesign:
    return SurveyDesign.of(rows["pw"], rows["stype"], fpc=rows["fpc"] if fpc else None)


def clustered(fpc: bool = True) -> SurveyDesign:
    return SurveyDesign.of(CLUSTERED["pw"], clusters=CLUSTERED["dnum"], fpc=CLUSTERED["fpc"] if fpc else None)


def test_stratified_mean_total_and_share() -> None:
    """svydesign(id=~1, strata=~stype, weights=~pw, fpc=~fpc); svymean, svytotal, svyciprop; intervals on degf(d)."""
    design = stratified()
    mean = design.mean(STRATIFIED["api00"])
    assert f"{mean.value:.4f} {mean.se:.4f} {mean.df}" == "662.2874 9.4089 197"
    assert f"{mean.ci_low:.4f} {mean.ci_high:.4f}" == "643.7322 680.8425"
    total = design.total(STRATIFIED["enroll"])
    assert f"{total.value:.0f} {total.se:.0f}" == "3687178 114642"
    share = design.share(STRATIFIED["sch.wide"] == "Yes")
    assert (
        f"{share.value:.6f} {share.se:.4f} {share.ci_low:.6f} {share.ci_high:.6f}"
        == "0.827948 0.0243 0.774540 0.870815"
    )
    assert f"{kish(design.weights):.2f}" == "168.58"


@pytest.mark.parametrize(
    ("kind", "value", "se"), [("E", 674.43, 12.38247979), ("H", 625.82, 14.93712919), ("M", 636.60, 16.21470731)]
)
def test_domains_that_are_strata(kind: str, value: float, se: float) -> None:
    """svyby(~api00, ~stype, d, svymean)"""
    found = stratified().mean(STRATIFIED["api00"], (STRATIFIED["stype"] == kind).to_numpy())
    assert (found.value, found.se) == pytest.approx((value, se), abs=1e-8)


def test_clusters_with_and_without_the_correction_for_a_finite_population() -> None:
    """k <- svydesign(id=~dnum, weights=~pw, fpc=~fpc); svymean(~api00, k, deff="replace"); confint(., df=degf(k))"""
    found = clustered().mean(CLUSTERED["api00"])
    assert f"{found.value:.3f} {found.se:.3f} {found.design_effect:.4f} {found.df}" == "644.169 23.542 9.0697 14"
    assert (found.ci_low, found.ci_high) == pytest.approx((593.6763145, 694.6624834), abs=1e-7)
    assert clustered(fpc=False).mean(CLUSTERED["api00"]).se == pytest.approx(23.77901072, abs=1e-8)
    share = clustered().share(CLUSTERED["sch.wide"] == "Yes")
    assert (share.ci_low, share.ci_high) == pytest.approx((0.8237988924, 0.9119000770), abs=1e-9)


def test_domains_across_clusters_and_their_difference() -> None:
    """svyby(~api00, ~sch.wide, k, svymean); late <- seq_len(183) %% 2 == 0; svycontrast of svyby(., covmat=TRUE)"""
    design, yes = clustered(), (CLUSTERED["sch.wide"] == "Yes").to_numpy()
    scores = CLUSTERED["api00"].to_numpy().astype(float)
    for within, value, se in ((~yes, 608.0434783, 28.98768854), (yes, 649.3625, 23.42657040)):
        found = design.mean(scores, within)
        assert (found.value, found.se) == pytest.approx((value, se), abs=1e-7)
    late = np.arange(1, 184) % 2 == 0
    (after, after_scores), (before, before_scores) = design.scores(scores, late), design.scores(scores, ~late)
    change = design.from_scores(after - before, after_scores - before_scores)
    assert (change.value, change.se) == pytest.approx((4.2096273, 8.39549), abs=1e-5)


def test_a_stratum_of_one_is_centred_on_the_grand_mean() -> None:
    """options(survey.lonely.psu="adjust"); the first 40 E, 1 H, 20 M of apistrat; no fpc"""
    few = pl.concat(STRATIFIED.filter(stype=kind).head(rows) for kind, rows in (("E", 40), ("H", 1), ("M", 20)))
    design = stratified(few, fpc=False)
    found = design.mean(few["api00"])
    assert design.lonely == 1
    assert (found.value, found.se) == pytest.approx((677.28561595, 17.35313197), abs=1e-7)


def test_a_share_that_nobody_has_gets_the_exact_upper_limit() -> None:
    """Of 20 people none: 1 - 0.025^(1/20) = .1684 (Clopper and Pearson)."""
    found = SurveyDesign.of([3.0] * 20).share([False] * 20)
    assert (found.value, found.ci_low, round(found.ci_high, 4)) == (0.0, 0.0, 0.1684)


def test_a_stated_design_effect_widens_by_its_root() -> None:
    """Design effect 2.25: one and a half times as wide, and 100 people say as much as 44.4."""
    found = SurveyDesign.of([1.0] * 100).mean([0.0, 1.0] * 50)
    wide = widened(found, 2.25)
    assert wide.ci_high - wide.ci_low == pytest.approx(1.5 * (found.ci_high - found.ci_low))
    assert round(wide.kish, 1) == 44.4


@pytest.mark.parametrize("effect", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_design_effect_is_refused(effect: float) -> None:
    with pytest.raises(Refused, match="is not a number above zero"):
        widened(SurveyDesign.of([1.0, 1.0]).mean([0.0, 1.0]), effect)


def test_weights_and_corrections_that_cannot_be_are_refused_all_at_once() -> None:
    with pytest.raises(Refused, match=r"1 of 4 weights are missing") as refused:
        SurveyDesign.of([1.0, 0.0, -2.0, float("nan")])
    assert "2 of 4 weights are zero or negative" in str(refused.value)
    with pytest.raises(Refused, match="is less than the units drawn in 1 of 2 strata"):
        SurveyDesign.of([1.0] * 4, ["a", "a", "b", "b"], fpc=[1.0, 1.0, 9.0, 9.0])
    with pytest.raises(Refused, match="differs in 1 of 2 strata"):
        SurveyDesign.of([1.0] * 4, ["a", "a", "b", "b"], fpc=[5.0, 6.0, 9.0, 9.0])
    with pytest.raises(Refused, match="there is no respondent"):
        SurveyDesign.of([])
